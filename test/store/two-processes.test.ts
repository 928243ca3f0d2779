/** A reader and a writer, or two writers, at once; and writers that are killed at known points. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { makeRandom, MODEL, randomUnit } from '../contract/make-document.js';
import { database, failure, makeFolders, makeIndex, putFiles, read, readAll, write } from './index-folder.js';

const folders = makeFolders();
const query = randomUnit(makeRandom(2), MODEL.dimension);
const children: ChildProcess[] = [];

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  folders.clean();
});

/** Starts publish-and-die.ts and waits until it has come as far as told. */
async function startWriter(folder: string, until: 'opened' | 'put' | 'committed'): Promise<ChildProcess> {
  const script = join(import.meta.dirname, 'publish-and-die.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', script, folder, until], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  await once(child.stdout, 'data');
  return child;
}

async function kill(child: ChildProcess): Promise<void> {
  child.kill('SIGKILL');
  await once(child, 'exit');
}

test('a second writer is refused while the first lives, and let in when it died', async () => {
  const folder = folders.make();
  await makeIndex(folder, ['a.txt']);
  const child = await startWriter(folder, 'opened');
  const { code, message } = failure(() => write(folder));
  expect(code).toBe('index-locked');
  expect(message).toContain(folder);
  await kill(child);
  const store = write(folder);
  expect(failure(() => write(folder)).code).toBe('index-locked');
  store.close();
  write(folder).close();
});

test('a writer killed before publish() leaves the generation before, whole', async () => {
  const folder = folders.make();
  await makeIndex(folder, ['a.txt', 'b.txt']);
  const reader = read(folder);
  const before = readAll(reader, query);
  const child = await startWriter(folder, 'put');
  expect(reader.refresh()).toBe(false);
  await kill(child);
  expect(reader.refresh()).toBe(false);
  expect(readAll(reader, query)).toEqual(before);
  reader.close();
  for (const open of [read, write]) {
    const again = open(folder);
    expect(readAll(again, query)).toEqual(before);
    expect(again.verify()).toEqual([]);
    again.close();
  }
});

test('a writer killed between commit and graph leaves the new generation, and the next writer makes the graph', async () => {
  const folder = folders.make();
  await makeIndex(folder, ['a.txt', 'b.txt']);
  await kill(await startWriter(folder, 'committed'));
  const reader = read(folder);
  expect(reader.status().generation).toBe(2);
  expect(reader.files().map(({ path }) => path)).toEqual(['b.txt', 'new.txt']);
  expect(reader.verify().map(({ code }) => code)).toEqual(['graph-out-of-step', 'tokens-out-of-step']);
  reader.close();
  const store = write(folder);
  await store.publish();
  expect(store.status().generation).toBe(2);
  expect(store.verify()).toEqual([]);
  store.close();
});

test('a reader stays with its generation until it refreshes', async () => {
  const folder = folders.make();
  await makeIndex(folder, ['a.txt', 'b.txt']);
  const reader = read(folder);
  const before = readAll(reader, query);
  const store = write(folder);
  store.removeFile('a.txt');
  putFiles(store, ['b.txt', 'c.txt'], 9);
  await store.publish();
  expect(readAll(reader, query)).toEqual(before);
  expect(reader.refresh()).toBe(true);
  expect(readAll(reader, query)).toEqual(readAll(store, query));
  expect(reader.refresh()).toBe(false);
  store.close();
  reader.close();
});

test('a reader finds an index that was deleted and made anew', async () => {
  const folder = folders.make();
  await makeIndex(folder, ['a.txt']);
  const reader = read(folder);
  rmSync(folder, { recursive: true });
  expect(reader.refresh()).toBe(false);
  expect(reader.files().map(({ path }) => path)).toEqual(['a.txt']);
  await makeIndex(folder, ['b.txt']);
  expect(reader.refresh()).toBe(true);
  expect(reader.files().map(({ path }) => path)).toEqual(['b.txt']);
  reader.close();
});

test('an index that was copied while nobody wrote is an index', async () => {
  const folder = folders.make();
  await makeIndex(folder, ['a.txt']);
  const copy = folders.make();
  copyFileSync(database(folder), database(copy));
  const reader = read(copy);
  expect(reader.verify().map(({ code }) => code)).toEqual(['graph-out-of-step']);
  reader.close();
});
