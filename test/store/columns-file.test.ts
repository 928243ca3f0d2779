/** columns.bin beside the database of a large index: believed only as far as it agrees, and answers are the same with it and without. */
import { copyFileSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, describe, expect, test } from 'vitest';
import { setAsideDatabase } from '../../src/store/embedded/backup.js';
import { openEmbeddedStore } from '../../src/store/embedded/embedded-store.js';
import { makeDocument, makeFile, makeRandom, MODEL, randomUnit } from '../contract/make-document.js';
import { makeFolders, putFiles, readAll } from './index-folder.js';

const folders = makeFolders();
afterEach(() => {
  folders.clean();
});

const query = randomUnit(makeRandom(3), MODEL.dimension);
const file = (folder: string) => join(folder, 'columns.bin');
const write = (folder: string) => openEmbeddedStore(folder, { mode: 'write', roundAbove: 0 });
const read = (folder: string) => openEmbeddedStore(folder, { mode: 'read', roundAbove: 0 });

async function makeLarge(folder: string, paths = ['a.txt', 'b.txt', 'c.txt']): Promise<void> {
  const store = write(folder);
  putFiles(store, paths, 30);
  // A document without passages, whose rows would begin where those of the next do.
  store.putFile(makeFile('bare.txt'), [makeDocument({ id: 'bare', file: 'bare.txt', clauses: [] })], MODEL);
  await store.publish();
  store.close();
}

/** All that a reader says, and what check finds. */
function look(folder: string) {
  const store = read(folder);
  const found = { all: readAll(store, query), codes: store.verify().map(({ code }) => code) };
  store.close();
  return found;
}

function flip(path: string, at: (size: number) => number): void {
  const bytes = readFileSync(path);
  bytes[at(bytes.length)]! ^= 4;
  writeFileSync(path, bytes);
}

/** Ways to spoil the file of a published index of which only the database is right. */
const SPOILED: Record<string, (folder: string) => void> = {
  missing: (folder) => {
    rmSync(file(folder));
  },
  empty: (folder) => {
    writeFileSync(file(folder), '');
  },
  'cut short': (folder) => {
    writeFileSync(file(folder), readFileSync(file(folder)).subarray(0, 1000));
  },
  'cut off in front': (folder) => {
    writeFileSync(file(folder), readFileSync(file(folder)).subarray(1));
  },
  'flipped in the first block': (folder) => {
    flip(file(folder), () => 0);
  },
  'flipped in the middle': (folder) => {
    flip(file(folder), (size) => size >> 1);
  },
  'flipped in the contents': (folder) => {
    flip(file(folder), (size) => size - 40);
  },
  'flipped in the length of the contents': (folder) => {
    flip(file(folder), (size) => size - 13);
  },
  'flipped at the end': (folder) => {
    flip(file(folder), (size) => size - 1);
  },
};

describe.each(Object.entries(SPOILED))('%s', (_, spoil) => {
  test('a reader answers the same, check tells, and the next publication makes it again', async () => {
    const folder = folders.make();
    await makeLarge(folder);
    const before = look(folder);
    expect(before.codes).toEqual([]);
    const whole = readFileSync(file(folder));
    spoil(folder);
    expect(look(folder)).toEqual({ all: before.all, codes: ['columns-out-of-step'] });
    const store = write(folder);
    await store.publish();
    expect(store.verify()).toEqual([]);
    store.close();
    expect(readFileSync(file(folder)).equals(whole)).toBe(true);
    expect(look(folder)).toEqual(before);
  });
});

test('it holds what the tables hold, and spares reading them', async () => {
  const folder = folders.make();
  await makeLarge(folder);
  const held = read(folder);
  const exact = openEmbeddedStore(folder, { mode: 'read', roundAbove: Infinity });
  for (let key = 0; key < held.status().passages; key++)
    expect(held.passage(key)).toEqual(exact.passage(key));
  expect(held.nearest(query, 20)).toEqual(exact.nearest(query, 20));
  held.close();
  exact.close();
  const before = look(folder);
  const raw = new Database(join(folder, 'tiaowen.sqlite'));
  raw.exec('UPDATE document_vectors SET vectors = zeroblob(length(vectors))');
  raw.close();
  const store = read(folder);
  expect(store.scan(query)).toEqual((before.all as { scores: unknown }).scores);
  store.close();
});

test('what did not change is taken over, in a new place too, and gives the file that is made from nothing', async () => {
  const folder = folders.make();
  await makeLarge(folder);
  const store = write(folder);
  store.removeFile('a.txt');
  putFiles(store, ['0.txt', 'b.txt'], 12);
  await store.publish();
  const taken = readFileSync(file(folder));
  expect(store.verify()).toEqual([]);
  rmSync(file(folder));
  await store.publish();
  store.close();
  expect(readFileSync(file(folder)).equals(taken)).toBe(true);
});

test('an older file serves for the documents that are still the same, and only for those', async () => {
  const folder = folders.make();
  await makeLarge(folder);
  copyFileSync(file(folder), `${file(folder)}.old`);
  const store = write(folder);
  putFiles(store, ['b.txt', 'd.txt'], 20);
  await store.publish();
  const now = readAll(store, query);
  store.close();
  copyFileSync(`${file(folder)}.old`, file(folder));
  expect(look(folder)).toEqual({ all: now, codes: ['columns-out-of-step'] });
});

test('published without deriving, it is left to a later call', async () => {
  const folder = folders.make();
  const store = write(folder);
  putFiles(store, ['a.txt'], 10);
  await store.publish({ derive: false });
  expect(existsSync(file(folder))).toBe(false);
  const before = readAll(store, query);
  await store.publish();
  expect(existsSync(file(folder))).toBe(true);
  expect(readAll(store, query)).toEqual(before);
  store.close();
  expect(look(folder).all).toEqual(before);
});

test('one that is not wanted is not kept', async () => {
  const folder = folders.make();
  await makeLarge(folder);
  const store = openEmbeddedStore(folder, { mode: 'write' });
  await store.publish();
  store.close();
  expect(existsSync(file(folder))).toBe(false);
  await makeLarge(folder);
  setAsideDatabase(folder);
  expect(existsSync(file(folder))).toBe(false);
});

test('closing or publishing again while it is written leaves no file out of step, and no draft', async () => {
  const folder = folders.make();
  const store = write(folder);
  putFiles(store, ['a.txt'], 100);
  const first = store.publish();
  putFiles(store, ['b.txt'], 100);
  await Promise.all([first, store.publish()]);
  expect(store.verify()).toEqual([]);
  const whole = readFileSync(file(folder));
  store.removeFile('a.txt');
  const last = store.publish();
  store.close();
  await last;
  expect(readFileSync(file(folder)).equals(whole)).toBe(true);
  expect(readdirSync(folder).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  const again = write(folder);
  await again.publish();
  expect(again.verify()).toEqual([]);
  again.close();
});
