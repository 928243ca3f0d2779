/** What comes back from an index on disk, and what is refused by name. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, describe, expect, test } from 'vitest';
import { TiaowenError } from '../../src/model/errors.js';
import { openCopy } from '../../src/store/embedded/connect.js';
import { openEmbeddedStore } from '../../src/store/embedded/embedded-store.js';
import { FORMAT_VERSION } from '../../src/store/store.js';
import { makeRandom, MODEL, randomUnit } from '../contract/make-document.js';
import { database, failure, makeFolders, makeIndex, putFiles, read, readAll, write } from './index-folder.js';

const folders = makeFolders();
const query = randomUnit(makeRandom(2), MODEL.dimension);
const children: ChildProcess[] = [];

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  folders.clean();
});

describe('reopening', () => {
  test('everything is there again, for readers and for the next writer', async () => {
    const folder = folders.make();
    const store = write(folder);
    putFiles(store, ['b.txt', 'a.txt']);
    await store.publish();
    const before = readAll(store, query);
    store.close();
    for (const mode of ['read', 'write'] as const) {
      const again = openEmbeddedStore(folder, { mode });
      expect(readAll(again, query)).toEqual(before);
      expect(again.verify()).toEqual([]);
      again.close();
    }
  });

  test('what was not published is gone', async () => {
    const folder = folders.make();
    await makeIndex(folder, ['a.txt']);
    const store = write(folder);
    putFiles(store, ['b.txt']);
    store.close();
    const again = read(folder);
    expect(again.files().map(({ path }) => path)).toEqual(['a.txt']);
    again.close();
  });

  test('the folder need not exist before the first write', async () => {
    const folder = join(folders.make(), 'deep', '索引 一');
    await makeIndex(folder, ['a.txt']);
    const store = read(folder);
    expect(store.status().files).toBe(1);
    store.close();
  });

  test('a database in WAL mode can be read from a copy in memory', async () => {
    const folder = folders.make();
    await makeIndex(folder, ['a.txt']);
    const copy = openCopy(database(folder));
    expect(copy.prepare('SELECT count(*) FROM documents').pluck().get()).toBe(1);
    copy.close();
  });
});

describe('refusals', () => {
  test('a missing index names the command that makes one', () => {
    const folder = join(folders.make(), 'none');
    const { code, message } = failure(() => read(folder));
    expect(code).toBe('index-missing');
    expect(message).toContain(database(folder));
    expect(message).toContain('tiaowen ingest');
  });

  test('a database that a writer died in before it had tables is a missing index, and can be written', async () => {
    const folder = folders.make();
    writeFileSync(database(folder), '');
    expect(failure(() => read(folder)).code).toBe('index-missing');
    await makeIndex(folder, ['a.txt']);
    const store = read(folder);
    expect(store.status().files).toBe(1);
    store.close();
  });

  test.each([0, FORMAT_VERSION + 1, 99])('format version %i is refused', async (version) => {
    const folder = folders.make();
    await makeIndex(folder, ['a.txt']);
    const raw = new Database(database(folder));
    raw.pragma(`user_version = ${version}`);
    raw.close();
    for (const open of [read, write]) {
      const { code, message } = failure(() => open(folder));
      expect(code).toBe('index-format');
      expect(message).toContain(database(folder));
      expect(message).toContain(String(version));
    }
  });

  test('a file that is no database is damaged', () => {
    const folder = folders.make();
    writeFileSync(database(folder), '不是数据库'.repeat(1000));
    for (const open of [read, write]) {
      const { code, message } = failure(() => open(folder));
      expect(code).toBe('index-damaged');
      expect(message).toContain(database(folder));
    }
  });

  test('a database that was cut short is damaged, and the lock is let go', async () => {
    const folder = folders.make();
    await makeIndex(folder, ['a.txt', 'b.txt'], 50);
    truncateSync(database(folder), 3 * 8192);
    for (const open of [read, write, write]) {
      const { code } = failure(() => {
        const store = open(folder);
        try {
          readAll(store, query);
        } finally {
          store.close();
        }
      });
      expect(code).toBe('index-damaged');
    }
  });

  test('any flipped byte leaves answers or a named error, and verify() never throws', async () => {
    const folder = folders.make();
    await makeIndex(folder, ['a.txt', 'b.txt'], 12);
    const whole = readFileSync(database(folder));
    const random = makeRandom(5);
    const broken = folders.make();
    const codes = new Set<string>();
    for (let run = 0; run < 150; run++) {
      const bytes = Buffer.from(whole);
      // Half of them where it hurts most: headers of pages.
      const page = Math.floor(random() * (whole.length / 8192)) * 8192;
      const at = run % 2 === 0 ? page + Math.floor(random() * 64) : Math.floor(random() * whole.length);
      bytes[at]! ^= 1 + Math.floor(random() * 255);
      rmSync(broken, { recursive: true });
      mkdirSync(broken);
      writeFileSync(database(broken), bytes);
      try {
        const store = read(broken);
        try {
          expect(Array.isArray(store.verify())).toBe(true);
          readAll(store, query);
        } finally {
          store.close();
        }
      } catch (error) {
        if (!(error instanceof TiaowenError)) throw new Error(`byte ${at}`, { cause: error });
        codes.add(error.code);
      }
    }
    expect(codes).toContain('index-damaged');
  });

  test('a folder that cannot be made is unwritable', () => {
    const file = join(folders.make(), 'file');
    writeFileSync(file, '');
    const { code, message } = failure(() => write(join(file, 'index')));
    expect(code).toBe('index-unwritable');
    expect(message).toContain(file);
  });

  test('a store opened for reading does not write', async () => {
    const folder = folders.make();
    await makeIndex(folder, ['a.txt']);
    const store = read(folder);
    expect(() => store.removeFile('a.txt')).toThrow(TypeError);
    await expect(store.publish()).rejects.toThrow(TypeError);
    store.close();
  });

  // A limit on the size of files stands for a full disk. Few files fail when they are committed, many when they are put.
  test.skipIf(process.platform === 'win32').each([
    [40, { put: 'all', published: 'index-unwritable' }],
    [400, { put: 'index-unwritable', published: 'index-unwritable' }],
  ])('a batch of %i files for which there is no room is refused as a whole', async (files, outcome) => {
    const folder = folders.make();
    await makeIndex(folder, ['a.txt']);
    const before = readAll(read(folder), query);
    const script = join(import.meta.dirname, 'fill-the-disk.ts');
    const command = `ulimit -f 4096; exec '${process.execPath}' --import tsx '${script}' '${folder}' ${files}`;
    const child = spawn('sh', ['-c', command], { stdio: ['ignore', 'pipe', 'inherit'] });
    children.push(child);
    const [said] = (await once(child.stdout, 'data')) as [Buffer];
    await once(child, 'exit');
    expect(JSON.parse(said.toString())).toEqual(outcome);
    const again = write(folder);
    expect(readAll(again, query)).toEqual(before);
    putFiles(again, ['b.txt']);
    await again.publish();
    expect(again.verify()).toEqual([]);
    again.close();
  });
});
