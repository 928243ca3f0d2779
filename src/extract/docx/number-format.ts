/** A number as Word prints it in one of its formats: ECMA-376 Part 1, 17.18.59 (ST_NumberFormat). */

const DIGITS = '〇一二三四五六七八九';
const STEMS = '甲乙丙丁戊己庚辛壬癸';
const BRANCHES = '子丑寅卯辰巳午未申酉戌亥';
const LEGAL_SIMPLIFIED = '零壹贰叁肆伍陆柒捌玖';
const LEGAL_TRADITIONAL = '零壹貳參肆伍陸柒捌玖';

/** Units of one writing of numbers. `bare`: ten is 十, not 一十. */
interface Writing {
  readonly digits: string;
  readonly units: readonly [string, string, string, string];
  readonly bare: boolean;
}

const COUNTING: Writing = { digits: '零一二三四五六七八九', units: ['十', '百', '千', '万'], bare: true };
const LEGAL: Writing = { digits: LEGAL_SIMPLIFIED, units: ['拾', '佰', '仟', '万'], bare: false };
const LEGAL_OLD: Writing = { digits: LEGAL_TRADITIONAL, units: ['拾', '佰', '仟', '萬'], bare: false };

type Format = (number: number) => string;

const FORMATS: Readonly<Record<string, Format>> = {
  decimal: String,
  decimalHalfWidth: String,
  decimalZero: (number) => String(number).padStart(2, '0'),
  decimalFullWidth: fullWidth,
  decimalFullWidth2: fullWidth,
  decimalEnclosedCircle: (number) => enclosed(number, 0x2460, 20),
  decimalEnclosedCircleChinese: (number) => enclosed(number, 0x2460, 20),
  decimalEnclosedParen: (number) => enclosed(number, 0x2474, 20),
  decimalEnclosedFullstop: (number) => enclosed(number, 0x2488, 20),
  ideographEnclosedCircle: (number) => enclosed(number, 0x3220, 10),
  numberInDash: (number) => `- ${number} -`,
  // Above 99 the short counting writes digit by digit.
  chineseCounting: (number) => (number < 100 ? count(number, COUNTING) : byDigit(number)),
  taiwaneseCounting: (number) => (number < 100 ? count(number, COUNTING) : byDigit(number)),
  chineseCountingThousand: (number) => count(number, COUNTING),
  taiwaneseCountingThousand: (number) => count(number, COUNTING),
  // Chinese editions of Word write this for 一、 more often than any Chinese format.
  japaneseCounting: (number) => count(number, COUNTING),
  koreanCounting: (number) => count(number, COUNTING),
  ideographDigital: byDigit,
  taiwaneseDigital: byDigit,
  japaneseDigitalTenThousand: byDigit,
  koreanDigital2: byDigit,
  chineseLegalSimplified: (number) => count(number, LEGAL),
  japaneseLegal: (number) => count(number, LEGAL_OLD),
  ideographLegalTraditional: (number) => count(number, LEGAL_OLD),
  ideographTraditional: (number) => STEMS[number - 1] ?? String(number),
  ideographZodiac: (number) => BRANCHES[number - 1] ?? String(number),
  ideographZodiacTraditional: (number) =>
    number >= 1 && number <= 60
      ? `${STEMS[(number - 1) % STEMS.length]!}${BRANCHES[(number - 1) % BRANCHES.length]!}`
      : String(number),
  lowerLetter: (number) => letters(number, 97),
  upperLetter: (number) => letters(number, 65),
  lowerRoman: (number) => roman(number),
  upperRoman: (number) => roman(number).toUpperCase(),
  none: () => '',
  bullet: () => '',
};

/** `pattern`: the w:format of a custom format, such as "001, 002, 003, ...". An unknown format is printed in figures, as Word does. */
export function formatNumber(number: number, format: string, pattern: string | null = null): string {
  if (format === 'custom' && pattern !== null) {
    const width = /^0{0,20}1(?=,)/.exec(pattern)?.[0].length ?? 1;
    return String(number).padStart(width, '0');
  }
  return (Object.hasOwn(FORMATS, format) ? FORMATS[format]! : String)(number);
}

function fullWidth(number: number): string {
  return String(number).replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0));
}

/** ① and its kin end somewhere: beyond that Word prints figures. */
function enclosed(number: number, first: number, last: number): string {
  return number >= 1 && number <= last ? String.fromCharCode(first + number - 1) : String(number);
}

function byDigit(number: number): string {
  return String(number).replace(/\d/g, (digit) => DIGITS[Number(digit)]!);
}

function count(number: number, writing: Writing): string {
  if (number < 0 || number > 99_999_999) return String(number);
  if (number === 0) return writing.digits[0]!;
  const high = Math.floor(number / 10_000);
  const low = number % 10_000;
  if (high === 0) return belowTenThousand(low, writing, writing.bare);
  const gap = low > 0 && low < 1_000 ? writing.digits[0]! : '';
  const rest = low === 0 ? '' : belowTenThousand(low, writing, false);
  return belowTenThousand(high, writing, writing.bare) + writing.units[3] + gap + rest;
}

/** `bare`: a leading 一十 is written 十. */
function belowTenThousand(number: number, { digits, units }: Writing, bare: boolean): string {
  let text = '';
  let gap = false;
  for (let place = 3; place >= 0; place--) {
    const digit = Math.floor(number / 10 ** place) % 10;
    if (digit === 0) {
      gap = text !== '';
      continue;
    }
    if (gap) text += digits[0]!;
    gap = false;
    if (!(bare && text === '' && place === 1 && digit === 1)) text += digits[digit]!;
    if (place > 0) text += units[place - 1]!;
  }
  return text;
}

/** a … z, aa, bb …: Word repeats the letter. */
function letters(number: number, first: number): string {
  if (number < 1 || number > 780) return String(number);
  return String.fromCharCode(first + ((number - 1) % 26)).repeat(Math.ceil(number / 26));
}

const ROMAN: readonly (readonly [number, string])[] = [
  [1000, 'm'],
  [900, 'cm'],
  [500, 'd'],
  [400, 'cd'],
  [100, 'c'],
  [90, 'xc'],
  [50, 'l'],
  [40, 'xl'],
  [10, 'x'],
  [9, 'ix'],
  [5, 'v'],
  [4, 'iv'],
  [1, 'i'],
];

function roman(number: number): string {
  if (number < 1 || number > 3999) return String(number);
  let rest = number;
  let text = '';
  for (const [value, sign] of ROMAN)
    while (rest >= value) {
      text += sign;
      rest -= value;
    }
  return text;
}
