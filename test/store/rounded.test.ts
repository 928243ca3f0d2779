/** A large index keeps its vectors as int8: nearest() is exact all the same, and scan() ranks as the exact one does. */
import { afterEach, expect, test } from 'vitest';
import { openEmbeddedStore } from '../../src/store/embedded/embedded-store.js';
import type { ClauseScores, Store } from '../../src/store/store.js';
import {
  makeDocument,
  makeFile,
  makeRandom,
  MODEL,
  randomClauses,
  randomUnit,
} from '../contract/make-document.js';
import { makeFolders } from './index-folder.js';

const folders = makeFolders();
afterEach(() => {
  folders.clean();
});

const model = { ...MODEL, dimension: 512 };

async function makeStores(): Promise<{ exact: Store; rounded: Store }> {
  const folder = folders.make();
  const writer = openEmbeddedStore(folder, { mode: 'write' });
  const random = makeRandom(5);
  for (const file of ['a.txt', 'b.txt', 'c.txt', 'd.txt']) {
    const clauses = randomClauses(random, 120);
    writer.putFile(makeFile(file), [makeDocument({ id: file, file, clauses, model, random })], model);
  }
  await writer.publish();
  writer.close();
  return {
    exact: openEmbeddedStore(folder, { mode: 'read', roundAbove: Infinity }),
    rounded: openEmbeddedStore(folder, { mode: 'read', roundAbove: 0 }),
  };
}

/** Keys of the ten best clauses of each document. */
function bestOfEach(store: Store, { sentence }: ClauseScores): Set<number>[] {
  return store.documents().map(({ firstClause, clauses }) => {
    const keys = Array.from({ length: clauses }, (_, i) => firstClause + i);
    return new Set(keys.sort((a, b) => sentence[b]! - sentence[a]! || a - b).slice(0, 10));
  });
}

test('neighbours are the exact ones, and of ten clauses of a document 9.9 are right', async () => {
  const { exact, rounded } = await makeStores();
  const random = makeRandom(6);
  let right = 0;
  let asked = 0;
  for (let run = 0; run < 25; run++) {
    const query = randomUnit(random, 512);
    for (const k of [0, 1, 10, 5000]) expect(rounded.nearest(query, k)).toEqual(exact.nearest(query, k));
    const truth = exact.scan(query);
    const found = rounded.scan(query);
    truth.sentence.forEach((score, key) =>
      expect(Math.abs(score - found.sentence[key]!)).toBeLessThan(0.002),
    );
    truth.window.forEach((score, key) => expect(Math.abs(score - found.window[key]!)).toBeLessThan(0.002));
    const expected = bestOfEach(exact, truth);
    bestOfEach(rounded, found).forEach((keys, document) => {
      asked += keys.size;
      for (const key of keys) if (expected[document]!.has(key)) right++;
    });
  }
  expect(asked).toBe(1000);
  expect(right / asked).toBeGreaterThanOrEqual(0.99);
  expect(() => rounded.scan(new Float32Array(511))).toThrow(RangeError);
  exact.close();
  rounded.close();
});

test('equal questions have equal answers, also after another opening', async () => {
  const { exact, rounded } = await makeStores();
  const query = randomUnit(makeRandom(9), 512);
  expect(rounded.scan(query)).toEqual(rounded.scan(query));
  exact.close();
  rounded.close();
});
