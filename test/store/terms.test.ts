/** Every term is exactly one token of FTS5, and different terms are different tokens. */
import Database from 'better-sqlite3';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { encodeTerm, encodeTerms, matchAny, TOKENIZER } from '../../src/store/embedded/terms.js';
import { anyTerm } from '../contract/arbitrary-document.js';

const database = new Database(':memory:');
database.exec(`
  CREATE VIRTUAL TABLE terms USING fts5(text, tokenize = "${TOKENIZER.replaceAll('"', '""')}");
  CREATE VIRTUAL TABLE tokens USING fts5vocab(terms, 'instance');
`);

/** The tokens that FTS5 makes of a column value, in order. */
function tokensOf(text: string): unknown[] {
  database.exec('DELETE FROM terms');
  database.prepare('INSERT INTO terms (rowid, text) VALUES (1, ?)').run(text);
  return database.prepare('SELECT term FROM tokens ORDER BY "offset"').pluck().all();
}

function matches(term: string): boolean {
  return database.prepare('SELECT 1 FROM terms WHERE terms MATCH ?').get(matchAny([term])) !== undefined;
}

test.each([
  '教师',
  '师轮',
  '5g',
  '3.5%',
  '12.4万',
  'a/b',
  "o'neill",
  '"',
  '-',
  '^',
  '*',
  'AND',
  'Ａ',
  'é',
  '2021—2025',
])('one token: %s', (term) => {
  expect(tokensOf(encodeTerm(term))).toHaveLength(1);
  expect(matches(term)).toBe(true);
});

test('ordinary terms stand in the database as they are', () => {
  for (const term of ['教师', '5g', '3.5%', '〔2018〕', 'covid-19']) expect(encodeTerm(term)).toBe(term);
});

test('any terms: as many tokens as terms, in order, each found', () => {
  fc.assert(
    fc.property(fc.array(anyTerm, { maxLength: 8 }), (terms) => {
      const present = terms.filter((term) => term !== '');
      expect(tokensOf(encodeTerms(terms))).toEqual(present.map(encodeTerm));
      for (const term of present) expect(matches(term)).toBe(true);
    }),
    { numRuns: 300 },
  );
});

test('different terms never meet', () => {
  fc.assert(
    fc.property(anyTerm, anyTerm, (a, b) => {
      fc.pre(a !== b && a !== '' && b !== '');
      tokensOf(encodeTerm(a));
      expect(matches(b)).toBe(false);
    }),
    { numRuns: 300 },
  );
});

test('a term too long for FTS5 is still told from its like', () => {
  const long = '长'.repeat(20_000);
  expect(tokensOf(encodeTerm(`${long}甲`))).toHaveLength(1);
  expect(matches(`${long}甲`)).toBe(true);
  expect(matches(`${long}乙`)).toBe(false);
});

test('thousands of terms make one query', () => {
  tokensOf(encodeTerm('教师'));
  const terms = Array.from({ length: 5000 }, (_, i) => `词${i}`);
  expect(
    database.prepare('SELECT 1 FROM terms WHERE terms MATCH ?').get(matchAny([...terms, '教师'])),
  ).toBeDefined();
});
