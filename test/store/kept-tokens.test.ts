/** Token vectors beside the database of a large index: believed only as far as they agree, and answers are the same with them and without. */
import {
  appendFileSync,
  copyFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { repair } from '../../src/ingest/repair.js';
import { setAsideDatabase } from '../../src/store/embedded/backup.js';
import { openEmbeddedStore } from '../../src/store/embedded/embedded-store.js';
import { KeptTokens } from '../../src/store/embedded/kept-tokens.js';
import type { Store } from '../../src/store/store.js';
import { makeDocument, makeFile, makeRandom, MODEL, randomUnit } from '../contract/make-document.js';
import { failure, makeFolders, putFiles, readAll } from './index-folder.js';

const folders = makeFolders();
afterEach(() => {
  folders.clean();
});

const query = randomUnit(makeRandom(3), MODEL.dimension);
const contents = (folder: string) => join(folder, 'tokens.json');
const data = (folder: string) => join(folder, 'tokens-1.bin');
const write = (folder: string) => openEmbeddedStore(folder, { mode: 'write', tokensAbove: 0 });
const read = (folder: string) => openEmbeddedStore(folder, { mode: 'read', tokensAbove: 0 });
const kept = (folder: string) => readdirSync(folder).filter((name) => name.startsWith('tokens'));

async function makeLarge(folder: string, paths = ['a.txt', 'b.txt', 'c.txt']): Promise<void> {
  const store = write(folder);
  putFiles(store, paths, 30);
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

function tokensIn(store: Store): readonly (readonly number[])[] {
  return Array.from({ length: store.status().clauses }, (_, key) =>
    store.clauseTokens(key).flatMap(({ passageKey, vectors }) => [passageKey, ...vectors]),
  );
}

function flip(path: string, at: (size: number) => number): void {
  const bytes = readFileSync(path);
  bytes[at(bytes.length)]! ^= 4;
  writeFileSync(path, bytes);
}

/** Makes the tables say something else, so that what still agrees was read from beside them. */
function spoilTables(folder: string): void {
  const raw = new Database(join(folder, 'tiaowen.sqlite'));
  raw.exec('UPDATE token_vectors SET vectors = zeroblob(length(vectors))');
  raw.close();
}

/** Ways to spoil what is kept of a published index of which only the database is right. */
const SPOILED: Record<string, (folder: string) => void> = {
  'contents missing': (folder) => {
    rmSync(contents(folder));
  },
  'contents empty': (folder) => {
    writeFileSync(contents(folder), '');
  },
  'contents flipped': (folder) => {
    flip(contents(folder), (size) => size >> 1);
  },
  'contents of another version': (folder) => {
    writeFileSync(contents(folder), readFileSync(contents(folder), 'utf8').replace(/^tokens 1/, 'tokens 2'));
  },
  'data missing': (folder) => {
    rmSync(data(folder));
  },
  'data cut short': (folder) => {
    writeFileSync(data(folder), readFileSync(data(folder)).subarray(0, 1000));
  },
  'flipped in the first table': (folder) => {
    flip(data(folder), () => 1);
  },
  'flipped in the middle': (folder) => {
    flip(data(folder), (size) => size >> 1);
  },
  'flipped at the end': (folder) => {
    flip(data(folder), (size) => size - 1);
  },
};

describe.each(Object.entries(SPOILED))('%s', (_, spoil) => {
  test('a reader answers the same, check tells, and a repair makes it again', async () => {
    const folder = folders.make();
    await makeLarge(folder);
    const before = look(folder);
    expect(before.codes).toEqual([]);
    const whole = readFileSync(data(folder));
    spoil(folder);
    expect(look(folder)).toEqual({ all: before.all, codes: ['tokens-out-of-step'] });
    const store = write(folder);
    await repair(store, store.verify());
    expect(store.verify()).toEqual([]);
    store.close();
    expect(kept(folder)).toHaveLength(2);
    const [name] = kept(folder).filter((file) => file.endsWith('.bin'));
    expect(readFileSync(join(folder, name!)).equals(whole)).toBe(true);
    expect(look(folder)).toEqual(before);
  });
});

test('it holds what the tables hold, and spares reading them', async () => {
  const folder = folders.make();
  await makeLarge(folder);
  const plain = openEmbeddedStore(folder, { mode: 'read', tokensAbove: Infinity });
  const expected = tokensIn(plain);
  expect(expected.flat().length).toBeGreaterThan(1000);
  plain.close();
  spoilTables(folder);
  const spoiled = openEmbeddedStore(folder, { mode: 'read', tokensAbove: Infinity });
  expect(failure(() => tokensIn(spoiled)).code).toBe('index-damaged');
  spoiled.close();
  const store = read(folder);
  expect(tokensIn(store)).toEqual(expected);
  // Once more, when nothing is summed up again.
  expect(tokensIn(store)).toEqual(expected);
  store.close();
});

test('what is new is appended; when half of it is of documents that are no more all is written anew', async () => {
  const folder = folders.make();
  await makeLarge(folder);
  const before = readFileSync(data(folder));
  const store = write(folder);
  store.removeFile('a.txt');
  putFiles(store, ['0.txt'], 12);
  await store.publish();
  expect(kept(folder)).toEqual(['tokens-1.bin', 'tokens.json']);
  const after = readFileSync(data(folder));
  expect(after.length).toBeGreaterThan(before.length);
  expect(after.subarray(0, before.length).equals(before)).toBe(true);
  expect(store.verify()).toEqual([]);
  store.removeFile('b.txt');
  store.removeFile('c.txt');
  await store.publish();
  expect(kept(folder)).toEqual(['tokens-2.bin', 'tokens.json']);
  const appended = after.subarray(before.length);
  const anew = readFileSync(join(folder, 'tokens-2.bin'));
  expect(anew.subarray(0, appended.length).equals(appended)).toBe(true);
  expect(anew.length).toBeLessThan(before.length / 2);
  expect(store.verify()).toEqual([]);
  store.close();
});

test('what a process that died left behind the end is written over', async () => {
  const folder = folders.make();
  await makeLarge(folder);
  appendFileSync(data(folder), Buffer.alloc(100_000, 1));
  expect(look(folder).codes).toEqual([]);
  const store = write(folder);
  putFiles(store, ['d.txt'], 12);
  await store.publish();
  expect(store.verify()).toEqual([]);
  store.close();
  expect(readFileSync(data(folder)).includes(Buffer.alloc(1000, 1))).toBe(false);
});

test('an older one serves for the documents that are still the same, and only for those', async () => {
  const folder = folders.make();
  await makeLarge(folder);
  copyFileSync(contents(folder), `${contents(folder)}.old`);
  const store = write(folder);
  putFiles(store, ['b.txt', 'd.txt'], 20);
  await store.publish();
  const now = readAll(store, query);
  store.close();
  copyFileSync(`${contents(folder)}.old`, contents(folder));
  expect(look(folder)).toEqual({ all: now, codes: ['tokens-out-of-step'] });
});

test('a reader that was there before it finds it when it looks for a new generation', async () => {
  const folder = folders.make();
  const store = write(folder);
  putFiles(store, ['a.txt', 'b.txt'], 10);
  await store.publish({ derive: false });
  expect(kept(folder)).toEqual([]);
  const reader = read(folder);
  const expected = tokensIn(reader);
  await store.publish();
  store.close();
  const opened = vi.spyOn(KeptTokens, 'open');
  expect(reader.refresh()).toBe(false);
  expect(opened).toHaveBeenCalledTimes(1);
  expect(tokensIn(reader)).toEqual(expected);
  // It has all now: there is nothing to look for any more.
  expect(reader.refresh()).toBe(false);
  expect(opened).toHaveBeenCalledTimes(1);
  opened.mockRestore();
  reader.close();
});

test('one that is not wanted is not kept', async () => {
  const folder = folders.make();
  await makeLarge(folder);
  const store = openEmbeddedStore(folder, { mode: 'write' });
  await store.publish();
  store.close();
  expect(kept(folder)).toEqual([]);
  await makeLarge(folder);
  setAsideDatabase(folder);
  expect(kept(folder)).toEqual([]);
});

test('closing or publishing again while it is written leaves nothing out of step, and no draft', async () => {
  const folder = folders.make();
  const store = write(folder);
  putFiles(store, ['a.txt'], 100);
  const first = store.publish();
  putFiles(store, ['b.txt'], 100);
  await Promise.all([first, store.publish()]);
  expect(store.verify()).toEqual([]);
  putFiles(store, ['c.txt'], 100);
  const last = store.publish();
  store.close();
  await last;
  expect(kept(folder)).toEqual(['tokens-1.bin', 'tokens.json']);
  const again = write(folder);
  await again.publish();
  expect(again.verify()).toEqual([]);
  again.close();
});

test('a document whose vectors are damaged is left out, and told by its own name', async () => {
  const folder = folders.make();
  await makeLarge(folder);
  const raw = new Database(join(folder, 'tiaowen.sqlite'));
  raw.exec('UPDATE token_vectors SET vectors = zeroblob(length(vectors)) WHERE passage = 1');
  raw.close();
  for (const name of kept(folder)) rmSync(join(folder, name));
  const store = write(folder);
  await store.publish();
  expect(existsSync(contents(folder))).toBe(true);
  expect(store.verify().map(({ code }) => code)).toEqual(['token-vectors-damaged', 'tokens-out-of-step']);
  store.close();
});
