/** Chinese and Arabic numerals as markers print them. */

const DIGITS: Readonly<Record<string, number>> = {
  〇: 0,
  零: 0,
  '○': 0,
  一: 1,
  二: 2,
  两: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
};
const UNITS: Readonly<Record<string, number>> = { 十: 10, 百: 100, 千: 1000 };

/** The value of "十二", "一百零三", "12" or "１２"; null when it is no numeral. */
export function numeralValue(numeral: string): number | null {
  const ascii = toAsciiDigits(numeral);
  if (/^[0-9]/.test(ascii)) return /^[0-9]{1,6}$/.test(ascii) ? Number(ascii) : null;
  let total = 0;
  let digit: number | null = null;
  let positional = 0;
  let hasUnit = false;
  for (const char of ascii) {
    const unit = UNITS[char];
    const value = DIGITS[char];
    if (unit !== undefined) {
      total += (digit ?? 1) * unit;
      digit = null;
      hasUnit = true;
    } else if (value !== undefined) {
      positional = positional * 10 + value;
      digit = value;
    } else {
      return null;
    }
  }
  if (ascii === '') return null;
  return hasUnit ? total + (digit ?? 0) : positional;
}

/** Full-width digits as ASCII ones. */
export function toAsciiDigits(text: string): string {
  if (!/[０-９]/.test(text)) return text;
  return text.replace(/[０-９]/g, (char) => String.fromCharCode(char.charCodeAt(0) - 0xfee0));
}

const CHINESE = '〇一二三四五六七八九';

/** 12 → 十二, 103 → 一百零三: as statutes number their articles. For integers of 1–9999. */
export function chineseNumeral(value: number): string {
  let text = '';
  for (const [unit, name] of [
    [1000, '千'],
    [100, '百'],
    [10, '十'],
    [1, ''],
  ] as const) {
    const digit = Math.floor(value / unit) % 10;
    if (digit > 0) text += CHINESE[digit]! + name;
    else if (text !== '' && !text.endsWith('零') && value % unit > 0) text += '零';
  }
  return text.replace(/^一十/, '十');
}
