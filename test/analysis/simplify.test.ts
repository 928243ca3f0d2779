/** Traditional and simplified text give the same terms, and nothing that is shown is changed. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Converter } from 'opencc-js/cn2t';
import { describe, expect, it } from 'vitest';
import { analyze } from '../../src/analysis/analyze.js';
import { normalize } from '../../src/analysis/normalize.js';
import { toSimplified } from '../../src/analysis/simplify.js';
import { readOperators } from '../../src/search/query/operators.js';
import { parseQuery } from '../../src/search/query/parse-query.js';

const corpus = resolve(import.meta.dirname, '../../corpus');
const texts = readdirSync(corpus)
  .filter((name) => name.endsWith('.txt'))
  .map((name) => readFileSync(join(corpus, name), 'utf8'));
const toTraditional = Converter({ from: 'cn', to: 't' });

describe('simplified form', () => {
  it.each([
    ['學校應當提供課後服務，每週五天。', '学校应当提供课后服务，每周五天。'],
    ['乾坤、著作、皇后、干部', '乾坤、著作、皇后、干部'],
    ['瞭解資訊安全與隱私權', '了解资讯安全与隐私权'],
    ['群衆爲主，裏外覆蓋', '群众为主，里外覆盖'],
  ])('of %s', (text, expected) => {
    expect(toSimplified(text)).toBe(expected);
  });

  // Text without a character that is changed anywhere is not converted: this says that none is forgotten.
  it.each(['TSPhrases', 'TSCharacters'])('of each entry of %s is what the table says', async (name) => {
    const { default: table } = (await import(`opencc-js/dict/${name}`)) as { default: string };
    const entries = table.split('|').map((entry) => entry.split(' '));
    expect(entries.length).toBeGreaterThan(200);
    expect(entries.filter(([from, to]) => toSimplified(from!) !== to)).toEqual([]);
  });

  it('is that of the whole text, also where only a phrase changes it', () => {
    expect(['沈', '沈默', '批覆', '覆盖', '甦醒', '英哩'].map(toSimplified)).toEqual([
      '沈',
      '沉默',
      '批复',
      '覆盖',
      '苏醒',
      '英里',
    ]);
  });

  it('of simplified documents is what they are', () => {
    for (const text of texts) expect(toSimplified(text)).toBe(text);
  });

  it('gives a document the same terms in both scripts', () => {
    const lines = texts.join('\n').split('\n');
    const differing = lines.filter(
      (line) => JSON.stringify(analyze(toTraditional(line))) !== JSON.stringify(analyze(line)),
    );
    // 熏陶 is 薰陶 there, and 薰 is a simplified character too.
    expect(differing.filter((line) => !line.includes('熏'))).toEqual([]);
    expect(lines.filter((line) => toTraditional(line) !== line).length).toBeGreaterThan(200);
  });

  it('comes after the width and case of letters', () => {
    expect(normalize('ＡＩ與５Ｇ')).toBe('ai与5g');
  });
});

describe('a query in traditional characters', () => {
  it('has the terms, the function words and the phrases of the simplified one', () => {
    const [traditional, simplified] = [parseQuery('課後服務怎麼規定'), parseQuery('课后服务怎么规定')];
    expect(traditional).toEqual({ ...simplified, typed: '課後服務怎麼規定' });
    expect(parseQuery('"課後服務" -收費').operators).toEqual(parseQuery('"课后服务" -收费').operators);
  });

  it('has the fields of the simplified one', () => {
    const { operators } = parseQuery('標題:教育 機關:教育局 同句(教師 交流)');
    expect(operators).toEqual(parseQuery('标题:教育 机关:教育局 同句(教师 交流)').operators);
    expect(operators.fields.map(({ field }) => field)).toEqual(['title', 'issuer']);
    expect(readOperators('標題:教育').fields).toEqual([]);
  });
});
