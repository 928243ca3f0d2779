/** w:sym: a sign of a symbol font as a character of Unicode. */

/** Wingdings as forms use it, by its code in the private use area. */
const WINGDINGS: Readonly<Record<string, string>> = {
  f06c: '●',
  f06d: '○',
  f06e: '■',
  f06f: '□',
  f070: '□',
  f071: '□',
  f072: '□',
  f075: '◆',
  f0a1: '○',
  f0a3: '□',
  f0a8: '□',
  f0d8: '•',
  f0fc: '✓',
  f0fe: '☑',
  f0fd: '☒',
  f052: '☑',
  f02a: '□',
};

/** Wingdings 2: the boxes to tick. */
const WINGDINGS_2: Readonly<Record<string, string>> = {
  f02a: '□',
  f030: '□',
  f050: '✓',
  f052: '☑',
  f053: '☒',
  f0a3: '□',
};

/** `code` is hexadecimal. A sign that no table knows is a box: that something stands there is seen. */
export function symbol(code: string, font: string): string {
  if (!/^[\da-f]{1,6}$/i.test(code)) return '';
  const value = parseInt(code, 16);
  if (value > 0x10ffff || value === 0 || (value >= 0xd800 && value < 0xe000)) return '';
  const table = /wingdings 2/i.test(font) ? WINGDINGS_2 : WINGDINGS;
  const known = /wingdings/i.test(font) ? table[(value | 0xf000).toString(16)] : undefined;
  if (known !== undefined) return known;
  if (value < 0xe000 || value > 0xf8ff)
    return /wingdings|symbol|webdings/i.test(font) ? '□' : String.fromCodePoint(value);
  return '□';
}
