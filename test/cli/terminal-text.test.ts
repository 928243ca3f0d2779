/** Text for a terminal: columns of Chinese, and nothing that could steer it. */
import { describe, expect, it } from 'vitest';
import { indent, oneLine, padEnd, safe, shorten, table } from '../../src/cli/format/terminal-text.js';

it('aligns columns by the width of Chinese characters', () => {
  const text = table(
    [
      { title: '文件', most: 9 },
      { title: '条款', align: 'right' },
    ],
    [
      ['武清区规划纲要', '7'],
      ['a', '1234567'],
    ],
  );
  expect(text).toBe(
    ['文件          条款', '─────────  ───────', '武清区规…        7', 'a          1234567', ''].join('\n'),
  );
});

it('shortens to columns, never within a character', () => {
  expect(shorten('武清区', 6)).toBe('武清区');
  expect(shorten('武清区', 5)).toBe('武清…');
  expect(shorten('武清区', 4)).toBe('武…');
  expect(shorten('𠮷𠮷𠮷', 5)).toBe('𠮷𠮷…');
  expect(padEnd('武', 4)).toBe('武  ');
});

describe('safe', () => {
  it('shows what could steer a terminal or reorder text', () => {
    expect(safe('a\x1b[31mb\x07\x9bc\u202ed\u2066\r')).toBe('a\ufffd[31mb\ufffd\ufffdc\ufffdd\ufffd\ufffd');
  });
  it('leaves text, line breaks, tabs and markup alone', () => {
    const text = '第一条\n\t<b>“教师”</b>　《意见》';
    expect(safe(text)).toBe(text);
  });
});

it('folds and indents', () => {
  expect(oneLine(' a\n\n　b ')).toBe('a b');
  expect(indent('a\nb', '  ')).toBe('  a\n  b');
});
