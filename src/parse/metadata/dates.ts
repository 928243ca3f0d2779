/** Dates as Chinese documents print them, and those that a scraper broke. */

/** [start, end) of the text; `iso` is YYYY-MM-DD or YYYY-MM, null for a day that the calendar does not have. */
export interface DateMatch {
  readonly start: number;
  readonly end: number;
  readonly iso: string | null;
}

const SEPARATED =
  /(?<![0-9])((?:19|20)[0-9]{2})[ \t　]{0,3}(?:年[ \t　]{0,3}([0-9]{1,2})[ \t　]{0,3}月(?:[ \t　]{0,3}([0-9]{1,2})[ \t　]{0,3}[日号])?|([-./．/－—])[ ]?([0-9]{1,2})\4[ ]?([0-9]{1,2}))(?![0-9])/g;
// 〇 is typed as ○, O, 0, 零 and others.
const ZERO = '〇○◯ΟОＯO0零Oo';
const CHINESE = new RegExp(
  `([一二][ 　]?[九${ZERO}][ 　]?[一二三四五六七八九${ZERO}][ 　]?[一二三四五六七八九${ZERO}])[ 　]?年[ 　]?([一二三四五六七八九十元]{1,2})[ 　]?月(?:[ 　]?([一二三四五六七八九十廿卅]{1,3})[ 　]?日)?`,
  'g',
);

/** All dates of the text in order. */
export function findDates(text: string): DateMatch[] {
  const plain = asciiDigits(text);
  const found: DateMatch[] = [];
  for (const match of plain.matchAll(SEPARATED)) {
    const [whole, year, month, day, , month2, day2] = match;
    found.push(made(match.index, whole, Number(year), Number(month ?? month2), day ?? day2));
  }
  for (const match of plain.matchAll(CHINESE)) {
    const [whole, year, month, day] = match;
    found.push(
      made(
        match.index,
        whole,
        chineseYear(year!),
        chineseNumber(month!),
        day === undefined ? undefined : String(chineseNumber(day)),
      ),
    );
  }
  return found.sort((a, b) => a.start - b.start);
}

/** The date that a value is: "2021-06-30", "2021年6月30日 10:20", "20210630". */
export function readDate(value: string): DateMatch | null {
  const [first] = findDates(value);
  if (first !== undefined) return first;
  // 日 alone was lost; of one figure the second may be lost too.
  const cut = /((?:19|20)[0-9]{2})年([0-9]{1,2})月([0-9]{2})\s*$/.exec(asciiDigits(value));
  if (cut !== null) return made(cut.index, cut[0], Number(cut[1]), Number(cut[2]), cut[3]);
  const compact = /(?<![0-9])((?:19|20)[0-9]{2})([01][0-9])([0-3][0-9])(?![0-9])/.exec(asciiDigits(value));
  if (compact === null) return null;
  return made(compact.index, compact[0], Number(compact[1]), Number(compact[2]), compact[3]);
}

/**
 * A date whose 年月日 was lost: "2021729" is 29 July or no date at all. Only where the digits stand alone on their line.
 * Null when the line is something else.
 */
export function garbledDate(line: string): { start: number; end: number } | null {
  const match =
    /^[ \t　]*((?:19|20)[0-9]{2}[ \t　年.．-]{0,2}[0-9]{0,4}[ \t　月.．-]{0,2}[0-9]{0,2}日?)[ \t　]*$/.exec(
      asciiDigits(line),
    );
  if (match === null || match[1]!.replace(/[^0-9]/g, '').length < 5 || readDate(line)?.iso != null)
    return null;
  const start = line.indexOf(line.trim());
  return { start, end: start + line.trim().length };
}

/** Full-width digits as ASCII, one unit each, so that offsets stay. */
export function asciiDigits(text: string): string {
  return /[０-９]/.test(text)
    ? text.replace(/[０-９]/g, (char) => String.fromCharCode(char.charCodeAt(0) - 0xfee0))
    : text;
}

/** 二〇二一 → 2021; NaN when it is no year. */
export function chineseYear(text: string): number {
  let year = 0;
  for (const char of text.replace(/[ 　]/g, '')) {
    const digit = ZERO.includes(char) ? 0 : '一二三四五六七八九'.indexOf(char) + 1;
    if (digit === 0 && !ZERO.includes(char)) return NaN;
    year = year * 10 + digit;
  }
  return year;
}

/** 十二, 二十, 廿一, 卅, 元 → a number. */
export function chineseNumber(text: string): number {
  if (text === '元') return 1;
  const spelled = text.replace('廿', '二十').replace('卅', '三十');
  const ten = spelled.indexOf('十');
  const digit = (char: string | undefined): number =>
    char === undefined || char === '' ? 0 : '一二三四五六七八九'.indexOf(char) + 1;
  if (ten < 0) return spelled.length === 1 ? digit(spelled) : NaN;
  return (ten === 0 ? 1 : digit(spelled[ten - 1])) * 10 + digit(spelled[ten + 1]);
}

function made(start: number, whole: string, year: number, month: number, day: string | undefined): DateMatch {
  const end = start + whole.length;
  const inYear = Number.isInteger(year) && month >= 1 && month <= 12;
  if (!inYear) return { start, end, iso: null };
  const monthOf = `${year}-${String(month).padStart(2, '0')}`;
  if (day === undefined) return { start, end, iso: monthOf };
  const number = Number(day);
  const days = new Date(Date.UTC(year, month, 0)).getUTCDate();
  return { start, end, iso: number >= 1 && number <= days ? `${monthOf}-${day.padStart(2, '0')}` : null };
}
