/** The graph beside the database: found whole or not used, and nearly as good as exact. */
import { copyFileSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { openEmbeddedStore } from '../../src/store/embedded/embedded-store.js';
import { makeRandom, MODEL, randomUnit } from '../contract/make-document.js';
import { makeFolders, makeIndex, putFiles } from './index-folder.js';

const folders = makeFolders();
afterEach(() => {
  folders.clean();
});

const query = randomUnit(makeRandom(3), MODEL.dimension);
const graph = (folder: string) => join(folder, 'graph.hnsw');
const stamp = (folder: string) => join(folder, 'graph.json');

/** Ways to spoil a graph of a published index of which only the database is right. */
const SPOILED: Record<string, (folder: string) => void> = {
  'missing graph': (folder) => {
    rmSync(graph(folder));
  },
  'missing stamp': (folder) => {
    rmSync(stamp(folder));
  },
  'flipped byte': (folder) => {
    const bytes = readFileSync(graph(folder));
    bytes[bytes.length >> 1]! ^= 1;
    writeFileSync(graph(folder), bytes);
  },
  'cut short': (folder) => {
    writeFileSync(graph(folder), readFileSync(graph(folder)).subarray(0, 1000));
  },
  'stamp of another generation': (folder) => {
    const made = JSON.parse(readFileSync(stamp(folder), 'utf8')) as object;
    writeFileSync(stamp(folder), JSON.stringify({ ...made, generation: 7 }));
  },
  'stamp that is no JSON': (folder) => {
    writeFileSync(stamp(folder), '{');
  },
  'stamp that is null': (folder) => {
    writeFileSync(stamp(folder), 'null');
  },
};

/** The passages nearest to the query by the exact scan. */
function exactly(folder: string, k: number) {
  const store = openEmbeddedStore(folder, { mode: 'read' });
  const found = store.nearest(query, k);
  store.close();
  return found;
}

describe.each(Object.entries(SPOILED))('%s', (_, spoil) => {
  test('a reader answers exactly, and verify() tells', async () => {
    const folder = folders.make();
    await makeIndex(folder, ['a.txt', 'b.txt'], 30);
    spoil(folder);
    const store = openEmbeddedStore(folder, { mode: 'read', exactLimit: 0 });
    expect(store.nearest(query, 10)).toEqual(exactly(folder, 10));
    expect(store.verify().map(({ code }) => code)).toEqual(['graph-out-of-step']);
    store.close();
  });

  test('a writer makes it again, when asked for neighbours or when publishing', async () => {
    for (const publish of [true, false]) {
      const folder = folders.make();
      await makeIndex(folder, ['a.txt', 'b.txt'], 30);
      spoil(folder);
      const store = openEmbeddedStore(folder, { mode: 'write', exactLimit: 0 });
      if (publish) await store.publish();
      expect(store.nearest(query, 10)).toEqual(exactly(folder, 10));
      expect(store.verify()).toEqual([]);
      expect(store.status().generation).toBe(1);
      store.close();
    }
  });
});

test('the graph of an older generation is not used', async () => {
  const folder = folders.make();
  await makeIndex(folder, ['a.txt'], 30);
  copyFileSync(graph(folder), `${graph(folder)}.old`);
  copyFileSync(stamp(folder), `${stamp(folder)}.old`);
  const store = openEmbeddedStore(folder, { mode: 'write', exactLimit: 0 });
  putFiles(store, ['0.txt'], 30);
  await store.publish();
  store.close();
  copyFileSync(`${graph(folder)}.old`, graph(folder));
  copyFileSync(`${stamp(folder)}.old`, stamp(folder));
  const reader = openEmbeddedStore(folder, { mode: 'read', exactLimit: 0 });
  expect(reader.nearest(query, 5)).toEqual(exactly(folder, 5));
  reader.close();
});

test('the graph is the same whatever the order of putting', async () => {
  const one = folders.make();
  const other = folders.make();
  await makeIndex(one, ['a.txt', 'b.txt', 'c.txt'], 40);
  await makeIndex(other, ['c.txt', 'a.txt', 'b.txt'], 40);
  expect(readFileSync(graph(one)).equals(readFileSync(graph(other)))).toBe(true);
});

test('an index without passages needs no graph', async () => {
  const folder = folders.make();
  await makeIndex(folder, ['a.txt'], 0);
  const store = openEmbeddedStore(folder, { mode: 'read', exactLimit: 0 });
  expect(store.nearest(query, 5)).toEqual([]);
  expect(store.verify()).toEqual([]);
  store.close();
});

test('a graph that is not wanted is neither missed nor kept', async () => {
  const folder = folders.make();
  await makeIndex(folder, ['a.txt'], 30);
  expect(existsSync(graph(folder))).toBe(true);
  const store = openEmbeddedStore(folder, { mode: 'write' });
  putFiles(store, ['b.txt'], 30);
  await store.publish();
  expect(existsSync(graph(folder))).toBe(false);
  expect(existsSync(stamp(folder))).toBe(false);
  expect(store.verify()).toEqual([]);
  store.close();
});

test('closing or publishing again while the graph is made leaves no graph out of step', async () => {
  const folder = folders.make();
  const store = openEmbeddedStore(folder, { mode: 'write', exactLimit: 0 });
  putFiles(store, ['a.txt'], 400);
  const first = store.publish();
  putFiles(store, ['b.txt'], 400);
  const second = store.publish();
  await Promise.all([first, second]);
  expect(store.verify()).toEqual([]);
  store.removeFile('a.txt');
  const third = store.publish();
  store.close();
  await third;
  expect(existsSync(`${graph(folder)}.tmp`)).toBe(false);
  const reader = openEmbeddedStore(folder, { mode: 'read', exactLimit: 0 });
  expect(reader.nearest(query, 5)).toEqual(exactly(folder, 5));
  reader.close();
});

test('the graph finds at least 99 of 100 true neighbours', async () => {
  const folder = folders.make();
  await makeIndex(folder, ['a.txt'], 1500);
  const exact = openEmbeddedStore(folder, { mode: 'read' });
  const approximate = openEmbeddedStore(folder, { mode: 'read', exactLimit: 0 });
  const random = makeRandom(11);
  let found = 0;
  for (let run = 0; run < 50; run++) {
    const vector = randomUnit(random, MODEL.dimension);
    const truth = new Set(exact.nearest(vector, 10).map(({ passageKey }) => passageKey));
    const given = approximate.nearest(vector, 10);
    found += given.filter(({ passageKey }) => truth.has(passageKey)).length;
    expect(given).toEqual([...given].sort((a, b) => b.score - a.score || a.passageKey - b.passageKey));
  }
  expect(found / 500).toBeGreaterThanOrEqual(0.99);
  exact.close();
  approximate.close();
});
