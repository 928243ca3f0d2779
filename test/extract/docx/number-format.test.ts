/** Numbers as Word prints them; the Chinese ones were compared with the text export of LibreOffice. */
import { expect, it } from 'vitest';
import { formatNumber } from '../../../src/extract/docx/number-format.js';

it.each([
  ['chineseCounting', [1, 10, 11, 20, 99, 100], '一 十 十一 二十 九十九 一〇〇'],
  [
    'chineseCountingThousand',
    [10, 19, 100, 101, 110, 1010, 10010],
    '十 十九 一百 一百零一 一百一十 一千零一十 一万零一十',
  ],
  ['japaneseCounting', [3, 12, 30], '三 十二 三十'],
  ['chineseLegalSimplified', [1, 10, 21, 105], '壹 壹拾 贰拾壹 壹佰零伍'],
  ['ideographDigital', [9, 10, 12], '九 一〇 一二'],
  ['ideographTraditional', [1, 10, 11], '甲 癸 11'],
  ['ideographZodiacTraditional', [1, 13, 60], '甲子 丙子 癸亥'],
  ['decimalZero', [1, 12], '01 12'],
  ['decimalEnclosedCircleChinese', [1, 20, 21], '① ⑳ 21'],
  ['decimalEnclosedParen', [1, 20], '⑴ ⒇'],
  ['decimalFullWidth', [1, 10], '１ １０'],
  ['lowerLetter', [1, 26, 27], 'a z aa'],
  ['upperRoman', [4, 9, 14, 1999], 'IV IX XIV MCMXCIX'],
  ['none', [1], ''],
  ['constructor', [7], '7'],
])('%s', (format, numbers, expected) => {
  expect(numbers.map((number) => formatNumber(number, format)).join(' ')).toBe(expected);
});

it('a custom format pads with zeros', () => {
  expect(formatNumber(7, 'custom', '001, 002, 003, ...')).toBe('007');
});
