import { describe, expect, it } from 'vitest';
import { interact, type LateScores } from '../../src/search/late-interaction.js';
import { prepareQuery } from '../../src/kernel/interaction.js';
import { createMemoryStore } from '../../src/store/memory.js';
import type { IndexReader } from '../../src/store/store.js';
import { makeDocument, makeFile, makeRandom, MODEL, randomClauses } from '../contract/make-document.js';

const SCALE = 127 * 127;
const DIMENSION = MODEL.tokenDimension!;

/** The definition, in doubles and plain loops. */
function reference(reader: IndexReader, query: Int8Array, clauseKey: number): LateScores | null {
  const { first, count } = reader.passagesOf(clauseKey);
  const rows: { key: number; best: number[] }[] = [];
  for (let key = first; key < first + count; key++) {
    const passage = reader.tokenVectors(key);
    if (passage === null || passage.length === 0) continue;
    const best: number[] = [];
    for (let q = 0; q < query.length; q += DIMENSION) {
      let most = -SCALE;
      for (let p = 0; p < passage.length; p += DIMENSION) {
        let product = 0;
        for (let i = 0; i < DIMENSION; i++) product += query[q + i]! * passage[p + i]!;
        most = Math.max(most, product);
      }
      best.push(most);
    }
    rows.push({ key, best });
  }
  if (rows.length === 0) return null;
  const mean = (best: number[]) => best.reduce((sum, value) => sum + value, 0) / (best.length * SCALE);
  const join = (a: number[], b: number[]) => a.map((value, i) => Math.max(value, b[i]!));
  const sentence = Math.max(...rows.map(({ best }) => mean(best)));
  const whole = rows.map(({ best }) => best).reduce(join);
  return {
    sentence,
    sentenceKey: rows.find(({ best }) => mean(best) === sentence)!.key,
    window: Math.max(...rows.map(({ best }, i) => mean(i === 0 ? best : join(best, rows[i - 1]!.best)))),
    clause: mean(whole),
    weakest: mean([...whole].sort((a, b) => a - b).slice(0, Math.max(1, Math.floor(whole.length / 3)))),
  };
}

async function makeStore() {
  const random = makeRandom(11);
  const store = createMemoryStore();
  for (const [file, withTokens] of [
    ['a.txt', true],
    ['b.txt', false],
    ['c.txt', true],
  ] as const) {
    const clauses = randomClauses(random, 12);
    store.putFile(makeFile(file), [makeDocument({ id: file, file, clauses, random, withTokens })], MODEL);
  }
  await store.publish();
  const ranges = store.documents().map((entry) => ({ entry, offset: entry.firstClause }));
  const vectorsOf = (tokens: number) =>
    Int8Array.from({ length: tokens * DIMENSION }, () => Math.floor(random() * 255) - 127);
  return { store, ranges, vectorsOf, clauses: store.status().clauses };
}

describe('interact', () => {
  it('is its definition to the last bit, and null without token vectors', async () => {
    const { store, ranges, vectorsOf, clauses } = await makeStore();
    const candidates = ranges.map((range) => ({
      range,
      chosen: Array.from({ length: range.entry.clauses }, (_, i) => range.offset + i),
    }));
    let scored = 0;
    for (const tokens of [1, 3, 4, 9]) {
      const query = vectorsOf(tokens);
      const [late] = interact(store, [{ query: prepareQuery(query, DIMENSION), candidates }], clauses);
      for (let key = 0; key < clauses; key++) {
        const expected = reference(store, query, key);
        expect(late!.scores(key)).toEqual(expected);
        if (expected !== null) scored++;
      }
    }
    expect(scored).toBe(4 * 24);
  });

  it('reads a clause once for all queries that want it, and tells each of them about its own', async () => {
    const { store, ranges, vectorsOf, clauses } = await makeStore();
    const read: number[] = [];
    const reader: Pick<IndexReader, 'interact'> = {
      interact: (queries, keys, asked) => {
        read.push(...keys);
        return store.interact(queries, keys, asked);
      },
    };
    const wanted = [
      [0, 3, 4, 30],
      [4, 5, 13, 35],
      [1, 2, 3, 4, 5],
    ];
    const vectors = [2, 7, 4].map(vectorsOf);
    const queries = wanted.map((keys, i) => ({
      query: prepareQuery(vectors[i]!, DIMENSION),
      candidates: ranges.flatMap((range) => {
        const { offset, entry } = range;
        const chosen = keys.filter((key) => key >= offset && key < offset + entry.clauses);
        return chosen.length === 0 ? [] : [{ range, chosen }];
      }),
    }));
    const late = interact(reader, queries, clauses);
    wanted.forEach((keys, i) => {
      expect(late[i]!.candidates).toBe(queries[i]!.candidates);
      keys.forEach((key, place) => {
        expect(late[i]!.scores(place)).toEqual(reference(store, vectors[i]!, key));
      });
    });
    expect(read).toEqual([0, 1, 2, 3, 4, 5, 13, 30, 35]);
  });

  it('asks nothing of an index for no query', () => {
    const reader = { interact: () => expect.fail() };
    expect(interact(reader, [], 3)).toEqual([]);
  });
});
