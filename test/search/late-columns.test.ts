import { describe, expect, it } from 'vitest';
import { prepareQuery } from '../../src/kernel/interaction.js';
import { chooseCandidates, type LateLimits } from '../../src/search/candidates.js';
import { addLate } from '../../src/search/late-columns.js';
import { interact } from '../../src/search/late-interaction.js';
import type { SignalTable } from '../../src/search/signals.js';
import { createMemoryStore } from '../../src/store/memory.js';
import { makeDocument, makeFile, makeRandom, MODEL, randomClauses } from '../contract/make-document.js';

const DIMENSION = MODEL.tokenDimension!;
const COLUMNS = ['sentence', 'window', 'clause', 'weakest'] as const;

/** Eight documents, two of them without token vectors. */
async function makeStore() {
  const random = makeRandom(3);
  const store = createMemoryStore();
  for (let i = 0; i < 8; i++) {
    const file = `${i}.txt`;
    const clauses = randomClauses(random, 3 + i);
    store.putFile(
      makeFile(file),
      [makeDocument({ id: file, file, clauses, random, withTokens: i % 4 !== 1 })],
      MODEL,
    );
  }
  await store.publish();
  return store;
}

describe('addLate', () => {
  it.each<[string, LateLimits]>([
    ['all documents', { mostPerDocument: 2, leastPerDocument: 1, budget: 16, mostDocuments: 8 }],
    ['whole documents', { mostPerDocument: 99, leastPerDocument: 99, budget: 9999, mostDocuments: 8 }],
    ['four documents', { mostPerDocument: 2, leastPerDocument: 2, budget: 8, mostDocuments: 4 }],
  ])('says of every clause what its definition does: %s are read', async (_, limits) => {
    const store = await makeStore();
    const random = makeRandom(5);
    const size = store.status().clauses;
    let offset = 0;
    const ranges = store.documents().map((entry) => {
      const range = { entry, offset };
      offset += entry.clauses;
      return range;
    });
    const column = () => Float32Array.from({ length: size }, random);
    const blank = () => new Float32Array(size);
    const flags = () => new Uint8Array(size);
    const columns = {
      ...{ sentence: column(), window: column(), words: column(), headings: column() },
      ...{
        lateSentence: blank(),
        lateWindow: blank(),
        lateClause: blank(),
        bigrams: blank(),
        lookup: blank(),
      },
    };
    const grounds = { weakest: blank(), rarest: flags(), read: flags() };
    const bestSentence = new Int32Array(size).fill(-7);
    const table: SignalTable = { ranges, size, columns, late: true, grounds, bestSentence };
    const query = prepareQuery(
      Int8Array.from({ length: 4 * DIMENSION }, () => Math.floor(random() * 255) - 127),
      DIMENSION,
    );
    const candidates = chooseCandidates(table, limits);
    const [late] = interact(store, [{ query, candidates }], size);
    addLate(late!, table);

    let place = 0;
    const read = candidates.flatMap(({ range, chosen }) => {
      const scored = chosen.flatMap((index) => {
        const scores = late!.scores(place++);
        return scores === null ? [] : [{ index, late: { ...scores } }];
      });
      return scored.length === 0 ? [] : [{ range, scored }];
    });
    const asked = candidates.map(({ range }) => range);
    const passedOver = ranges.filter((range) => !asked.includes(range));
    const filled = [columns.lateSentence, columns.lateWindow, columns.lateClause, grounds.weakest];
    const keys = new Int32Array(size).fill(-7);
    const isRead = new Uint8Array(size);
    // Cosines: at most 1, which these random numbers are not.
    COLUMNS.forEach((name, which) => {
      const expected = new Float32Array(size);
      const least = read.map(({ scored }) => Math.min(1, ...scored.map(({ late }) => late[name])));
      const mean = least.reduce((sum, one) => sum + one, 0) / least.length;
      for (const { offset, entry } of passedOver) expected.fill(mean, offset, offset + entry.clauses);
      read.forEach(({ range, scored }, i) => {
        expected.fill(least[i]!, range.offset, range.offset + range.entry.clauses);
        isRead.fill(1, range.offset, range.offset + range.entry.clauses);
        for (const { index, late } of scored) {
          expected[index] = late[name];
          keys[index] = late.sentenceKey;
        }
      });
      expect(filled[which]).toEqual(expected);
    });
    expect(grounds.read).toEqual(isRead);
    expect(bestSentence).toEqual(keys);
    expect(read.length).toBeGreaterThan(1);
    expect(passedOver.length > 0).toBe(limits.mostDocuments < 8);
  });
});
