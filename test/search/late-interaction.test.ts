import { describe, expect, it } from 'vitest';
import { lateScorer, type LateScores } from '../../src/search/late-interaction.js';
import { prepareQuery } from '../../src/kernel/max-sim.js';
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

describe('lateScorer', () => {
  it('is its definition to the last bit, and null without token vectors', async () => {
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
    let scored = 0;
    for (const tokens of [1, 3, 4, 9]) {
      const query = Int8Array.from({ length: tokens * DIMENSION }, () => Math.floor(random() * 255) - 127);
      const score = lateScorer(store, prepareQuery(query, DIMENSION));
      for (let key = 0; key < store.status().clauses; key++) {
        const expected = reference(store, query, key);
        expect(score(key)).toEqual(expected);
        if (expected !== null) scored++;
      }
    }
    expect(scored).toBe(4 * 24);
  });
});
