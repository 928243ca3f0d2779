/** The vectors of a large index are scanned, and late interaction is done, by several threads: with the same answers, and none of them is left when the store is closed. */
import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, expect, test, vi } from 'vitest';
import { openEmbeddedStore } from '../../src/store/embedded/embedded-store.js';
import { prepareQuery } from '../../src/kernel/interaction.js';
import { Worth } from '../../src/kernel/worth.js';
import { makeRandom, MODEL, randomUnit } from '../contract/make-document.js';
import { makeFolders, putFiles, readAll } from './index-folder.js';

// However small the work is.
vi.spyOn(Worth.prototype, 'ask').mockReturnValue(true);

const folders = makeFolders();
afterEach(() => {
  folders.clean();
});

const random = makeRandom(2);
const queries = Array.from({ length: 3 }, () => randomUnit(random, MODEL.dimension));
const late = [3, 9].map((tokens) =>
  prepareQuery(
    Int8Array.from({ length: tokens * MODEL.tokenDimension! }, () => Math.floor(random() * 255) - 127),
    MODEL.tokenDimension!,
  ),
);

async function makeIndex(files: readonly string[] = ['a.txt', 'b.txt', 'c.txt']): Promise<string> {
  const folder = folders.make();
  const store = openEmbeddedStore(folder, { mode: 'write', roundAbove: 0, tokensAbove: 0 });
  putFiles(store, files, 400);
  await store.publish();
  store.close();
  return folder;
}

const open = (folder: string, shareAbove: number, mode: 'read' | 'write' = 'read') =>
  openEmbeddedStore(folder, { mode, roundAbove: 0, tokensAbove: 0, shareAbove });

test('with the same answers, also of the next generation', async () => {
  const folder = await makeIndex();
  const [alone, shared] = [open(folder, Infinity), open(folder, 0)];
  const compare = () => {
    expect(shared.scanAll(queries)).toEqual(alone.scanAll(queries));
    expect(readAll(shared, queries[0]!)).toEqual(readAll(alone, queries[0]!));
  };
  compare();
  const writer = open(folder, 0, 'write');
  writer.scanAll(queries);
  putFiles(writer, ['d.txt'], 300);
  await writer.publish();
  for (const store of [alone, shared]) expect(store.refresh()).toBe(true);
  compare();
  expect(writer.scanAll(queries)).toEqual(alone.scanAll(queries));
  for (const store of [alone, shared, writer]) store.close();
});

test('with the same late interaction, of whichever clauses, and once no checksum is looked at any more', async () => {
  const folder = await makeIndex();
  const [alone, shared] = [open(folder, Infinity), open(folder, 0)];
  const plain = openEmbeddedStore(folder, { mode: 'read', tokensAbove: Infinity });
  // The threads come with the vectors.
  shared.scanAll(queries);
  const keys = Int32Array.from({ length: alone.status().clauses }, (_, key) => key);
  const some = [keys, keys.filter((key) => key % 3 !== 1), keys.slice(100), Int32Array.of(), keys];
  for (const asked of some) {
    const which = Uint8Array.from(asked, (key) => key % 4);
    const expected = plain.interact(late, asked, which);
    expect(alone.interact(late, asked, which)).toEqual(expected);
    expect(shared.interact(late, asked, which)).toEqual(expected);
  }
  for (const store of [alone, shared, plain]) store.close();
});

test.runIf(process.platform === 'linux')('and no thread is left of a store that was closed', async () => {
  const folder = await makeIndex(['a.txt']);
  const threads = () => readdirSync('/proc/self/task').length;
  const before = threads();
  for (let turn = 0; turn < 20; turn++) {
    const store = open(folder, 0);
    store.scanAll(queries);
    store.interact(late, Int32Array.of(1, 2, 3, 70, 80, 90, 100), new Uint8Array(7).fill(3));
    store.close();
  }
  // A few may be Node's own, begun meanwhile.
  await vi.waitFor(() => expect(threads()).toBeLessThan(before + 8), { timeout: 10_000 });
});

test.each(['closed', 'left open'])('and the process ends by itself, %s', async (how) => {
  const folder = await makeIndex(['a.txt']);
  const script = join(import.meta.dirname, 'scan-and-end.ts');
  const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', script, folder, how]);
  expect(stdout).toBe('scanned\n');
});
