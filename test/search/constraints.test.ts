import { describe, expect, it, vi } from 'vitest';
import { admissionOf, clausesThatMayHold } from '../../src/search/constraints.js';
import { compact, readOperators } from '../../src/search/query/operators.js';
import { createMemoryStore } from '../../src/store/memory.js';
import { makeDocument, makeFile, makeRandom, MODEL, randomClauses } from '../contract/make-document.js';

async function makeStore() {
  const random = makeRandom(7);
  const store = createMemoryStore();
  for (const file of ['a.txt', 'b.txt', 'c.txt'])
    store.putFile(
      makeFile(file),
      [makeDocument({ id: file, file, clauses: randomClauses(random, 60), random })],
      MODEL,
    );
  await store.publish();
  const ranges = store.documents().map((entry) => ({ entry, offset: entry.firstClause }));
  return { store, ranges, keys: [...Array(store.status().clauses).keys()] };
}

describe('admissionOf', () => {
  it.each([
    '"教师轮岗"',
    '-教师',
    '-"轮岗，教师" 交流',
    '"交流" -轮岗 -教师',
    '同段(教师 交流)',
    '同句(教师 交流) -轮岗',
    '"师" -岗',
    '标题:没有 "教师"',
  ])('%s lets through what holds it, read in any order', async (typed) => {
    const { store, ranges, keys } = await makeStore();
    const operators = readOperators(typed);
    const { clause } = admissionOf(store, operators, ranges);
    const { phrases, excluded, together, fields } = operators;
    const expected = (key: number) => {
      const { text, span } = store.clauseByKey(key);
      const { first, count } = store.passagesOf(key);
      const sentences = Array.from({ length: count }, (_, i) => store.passage(first + i))
        .filter(({ kind }) => kind === 'sentence')
        .map((one) => text.slice(one.span.start - span.start, one.span.end - span.start));
      return (
        fields.length === 0 &&
        phrases.every((phrase) => compact(text).includes(phrase)) &&
        !excluded.some((phrase) => compact(text).includes(phrase)) &&
        together.every(({ scope, words }) =>
          (scope === 'sentence' ? sentences : text.split('\n')).some((part) =>
            words.every((word) => compact(part).includes(word)),
          ),
        )
      );
    };
    for (const key of [...keys].reverse()) expect(clause!(key)).toBe(expected(key));
    for (const key of keys) expect(clause!(key)).toBe(expected(key));
  });

  it('rules nothing out without operators', async () => {
    const { store, ranges } = await makeStore();
    expect(admissionOf(store, readOperators('教师轮岗'), ranges).clause).toBe(null);
  });

  it('reads a clause when it is asked for, once, and none that the postings tell', async () => {
    const { store, ranges, keys } = await makeStore();
    const read = vi.spyOn(store, 'clauseText');
    const { clause } = admissionOf(store, readOperators('交流 -教师'), ranges);
    expect(read).not.toHaveBeenCalled();
    const suspects = clausesThatMayHold(store, '教师')!;
    const free = keys.filter((key) => suspects[key] === 0);
    expect(free.length).toBeGreaterThan(0);
    expect(free.every((key) => clause!(key))).toBe(true);
    expect(read).not.toHaveBeenCalled();
    for (let turn = 0; turn < 2; turn++) for (const key of keys) clause!(key);
    expect(read).toHaveBeenCalledTimes(keys.length - free.length);
  });
});

describe('clausesThatMayHold', () => {
  it('marks those with all terms of a phrase, and says where there is none to go by', async () => {
    const { store, keys } = await makeStore();
    const held = clausesThatMayHold(store, '教师轮岗')!;
    const terms = ['教师', '师轮', '轮岗'].map((term) => new Set(store.clausesWith('bigrams', term)));
    expect([...held]).toEqual(keys.map((key) => (terms.every((has) => has.has(key)) ? 1 : 0)));
    expect(clausesThatMayHold(store, '师')).toBe(null);
  });
});
