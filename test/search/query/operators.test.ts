import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readOperators } from '../../../src/search/query/operators.js';

const none = { phrases: [], excluded: [], together: [], fields: [] };

describe('readOperators', () => {
  it.each([
    ['教师轮岗', { ...none, rest: '教师轮岗' }],
    ['"教师 轮岗" 比例', { ...none, rest: '教师 轮岗 比例', phrases: ['教师轮岗'] }],
    ['“轮岗”“交流”', { ...none, rest: '轮岗 交流', phrases: ['轮岗', '交流'] }],
    ['「集团化」办学', { ...none, rest: '集团化 办学', phrases: ['集团化'] }],
    ['教师 -民办', { ...none, rest: '教师', excluded: ['民办'] }],
    ['教师 －“民办 学校” 交流', { ...none, rest: '教师 交流', excluded: ['民办学校'] }],
    ['5-6岁 2021-2025年', { ...none, rest: '5-6岁 2021-2025年' }],
    [
      '同句(教师 交流)',
      { ...none, rest: '教师 交流', together: [{ scope: 'sentence', words: ['教师', '交流'] }] },
    ],
    [
      '比例 同段（教师、轮岗，年限）',
      {
        ...none,
        rest: '比例 教师 轮岗 年限',
        together: [{ scope: 'paragraph', words: ['教师', '轮岗', '年限'] }],
      },
    ],
    [
      '标题:十四五 文号：“津政 办发” 经费',
      {
        ...none,
        rest: '经费',
        fields: [
          { field: 'title', value: '十四五' },
          { field: 'number', value: '津政 办发' },
        ],
      },
    ],
  ])('%s', (typed, expected) => {
    expect(readOperators(typed)).toEqual(expected);
  });

  it.each(['一个引号"在此', '同句(只有一个)', '同句(没有闭合 的', '要求:如何', '标题：', '-', '“”'])(
    '%s: no whole operator is text',
    (typed) => {
      expect(readOperators(typed)).toMatchObject({ phrases: [], excluded: [], together: [] });
    },
  );

  it('never throws, and loses no word that no operator took', () => {
    const piece = fc.constantFrom(
      '教师',
      '"',
      '“',
      '”',
      '-',
      ' ',
      '同句(',
      '同段（',
      ')',
      '）',
      '标题:',
      '年份：2021',
      '、',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const { rest, phrases, excluded, together, fields } = readOperators(pieces.join(''));
        const kept = [
          rest,
          ...phrases,
          ...excluded,
          ...together.flatMap(({ words }) => words),
          ...fields.map(({ value }) => value),
        ];
        if (pieces.includes('教师')) expect(kept.join('')).toContain('教师');
      }),
    );
  });
});
