import { describe, expect, it } from 'vitest';
import { TiaowenError } from '../../../src/model/errors.js';
import { MAX_QUERY_LENGTH, parseQuery } from '../../../src/search/query/parse-query.js';

const codeOf = (typed: string) => {
  try {
    parseQuery(typed);
    return null;
  } catch (error) {
    return error instanceof TiaowenError ? error.code : 'other';
  }
};

describe('parseQuery', () => {
  it('keeps topic words and drops the frame of a question', () => {
    const { words } = parseQuery('各地对教师轮岗交流有什么要求？');
    expect(words).toEqual(expect.arrayContaining(['教师', '轮岗', '交流']));
    for (const frame of ['各地', '对', '有', '什么', '要求']) expect(words).not.toContain(frame);
  });

  it('keeps the words of a query that is all frame', () => {
    expect(parseQuery('有什么要求').words.length).toBeGreaterThan(0);
  });

  it('finds full-width and upper-case Latin under one form', () => {
    expect(parseQuery('５Ｇ基站').words).toContain('5g');
  });

  it.each(['', '   ', '　', '？！', '…'])('refuses %j as empty', (typed) => {
    expect(codeOf(typed)).toBe('query-empty');
  });

  it('refuses what is too long, at the limit', () => {
    expect(codeOf('教'.repeat(MAX_QUERY_LENGTH))).toBeNull();
    expect(codeOf('教'.repeat(MAX_QUERY_LENGTH + 1))).toBe('query-too-long');
    expect(codeOf('教师'.repeat(5000))).toBe('query-too-long');
  });
});
