/** Others at work on the same index: a server that answers while it is written, two ingests at once, a folder that cannot be written. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isOfDerived } from '../contract/derived-findings.js';
import { createKnowledgeBase } from '../../src/create-knowledge-base.js';
import { findDivision } from '../../src/parse/jurisdiction/divisions.js';
import { buildApp } from '../../src/server/app.js';
import { backupDatabase } from '../../src/store/embedded/backup.js';
import { failure } from '../store/index-folder.js';
import {
  answersIn,
  answersOf,
  CHANGES,
  embedder,
  ingestInto,
  openToRead,
  openToWrite,
  SOURCES,
  writeCorpus,
} from './small-index.js';

const SCRIPT = join(import.meta.dirname, 'ingest-once.ts');
const ASKED = `/api/compare?q=${encodeURIComponent('教师轮岗交流')}&q=${encodeURIComponent('课后服务')}`;

let root: string;
/** Corpora, each with one change more. */
let corpora: string[];

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'tiaowen-live-'));
  let files = SOURCES;
  corpora = [{}, ...CHANGES].map((changes, i) => {
    const corpus = join(root, `corpus-${i}`);
    files = { ...files, ...changes };
    writeCorpus(corpus, files);
    return corpus;
  });
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** The exit code of an ingest in a process of its own, and what it said of its failure. */
async function ingestElsewhere(corpus: string, index: string): Promise<{ code: number | null; err: string }> {
  const child = spawn(process.execPath, ['--import', 'tsx', SCRIPT, corpus, index], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let err = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, err };
}

/** Ingests the changed corpora one after the other, each in a process of its own. `ended` rejects when one fails. */
function ingestChanges(index: string): { running: boolean; ended: Promise<void> } {
  const writer = { running: true, ended: Promise.resolve() };
  writer.ended = (async () => {
    for (const corpus of corpora.slice(1)) expect((await ingestElsewhere(corpus, index)).code).toBe(0);
    writer.running = false;
  })();
  return writer;
}

/** A server over an index, as the program builds it but for the model; `ask` gives status and body. */
async function serve(index: string) {
  const store = openToRead(index);
  const knowledgeBase = createKnowledgeBase({
    store,
    embedder: () => Promise.resolve(embedder),
    findDivision,
    thesaurus: null,
  });
  const app = await buildApp({ knowledgeBase });
  return {
    ask: async () => {
      const { statusCode, body } = await app.inject(ASKED);
      return { statusCode, body };
    },
    close: async () => {
      await app.close();
      await knowledgeBase.close();
    },
  };
}

test(
  'a server answers every question while ingests write, from one generation each, and ends with the last',
  { timeout: 300_000 },
  async () => {
    const expected: string[] = [];
    for (const [i, corpus] of corpora.entries()) {
      const index = join(root, `alone-${i}`);
      await ingestInto(index, corpus);
      const alone = await serve(index);
      expected.push((await alone.ask()).body);
      await alone.close();
    }
    expect(new Set(expected).size).toBe(expected.length);

    const index = join(root, 'served');
    await ingestInto(index, corpora[0]!);
    const server = await serve(index);
    const writer = ingestChanges(index);
    const seen: number[] = [];
    while (writer.running) {
      const { statusCode, body } = await server.ask();
      expect(statusCode).toBe(200);
      const generation = expected.indexOf(body);
      expect(generation).toBeGreaterThanOrEqual(seen.at(-1) ?? 0);
      if (generation !== seen.at(-1)) seen.push(generation);
      await new Promise(setImmediate);
    }
    await writer.ended;
    expect((await server.ask()).body).toBe(expected.at(-1));
    expect(seen.length).toBeGreaterThan(1);
    await server.close();
  },
);

test(
  'backups made while it is served and written are each one generation, whole, and their answers are those of it',
  { timeout: 300_000 },
  async () => {
    const expected: string[] = [];
    for (const [i, corpus] of corpora.entries()) {
      const index = join(root, `kept-${i}`);
      await ingestInto(index, corpus);
      expected.push(await answersIn(index));
    }
    const index = join(root, 'backed-up');
    await ingestInto(index, corpora[0]!);
    const server = await serve(index);
    const writer = ingestChanges(index);
    const seen = new Set<number>();
    for (let n = 0; writer.running || n === 0; n++) {
      const copy = join(root, `backup-${n}`);
      mkdirSync(copy);
      const [answer] = await Promise.all([server.ask(), backupDatabase(index, join(copy, 'tiaowen.sqlite'))]);
      expect(answer.statusCode).toBe(200);
      const store = openToRead(copy);
      // A graph is derived, and is no part of a backup.
      expect(store.verify().filter(({ code }) => !isOfDerived(code))).toEqual([]);
      seen.add(expected.indexOf(await answersOf(store)));
      store.close();
      rmSync(copy, { recursive: true });
    }
    await writer.ended;
    expect(seen).not.toContain(-1);
    await server.close();
    const last = join(root, 'backup-last');
    mkdirSync(last);
    await backupDatabase(index, join(last, 'tiaowen.sqlite'));
    expect(await answersIn(last)).toBe(expected.at(-1));
  },
);

test(
  'of two ingests at once one is refused by name, and the other finishes',
  { timeout: 300_000 },
  async () => {
    const index = join(root, 'contended');
    await ingestInto(index, corpora[0]!);
    // One that holds the lock for as long as it lives.
    const holder = openToWrite(index);
    const refused = await ingestElsewhere(corpora[1]!, index);
    expect(refused.code).not.toBe(0);
    expect(refused.err).toContain('index-locked');
    holder.close();

    const both = await Promise.all([1, 1].map((i) => ingestElsewhere(corpora[i]!, index)));
    const failed = both.filter(({ code }) => code !== 0);
    expect(failed.length).toBeLessThan(2);
    for (const { err } of failed) expect(err).toContain('index-locked');
    const alone = join(root, 'uncontended');
    await ingestInto(alone, corpora[1]!);
    expect(await answersIn(index)).toBe(await answersIn(alone));
    const store = openToRead(index);
    expect(store.verify()).toEqual([]);
    store.close();
  },
);

// A right taken away stops no superuser; a file system that is read-only does.
test('in a read-only folder the index is read, and a writer is refused by name', async ({ skip }) => {
  const disk = mkdtempSync(join(tmpdir(), 'tiaowen-disk-'));
  const mount = (...options: string[]) =>
    spawnSync('mount', ['-t', 'tmpfs', '-o', options.join(','), 'tmpfs', disk], { encoding: 'utf8' });
  const { status, stderr, error } = mount('size=32m');
  try {
    if (status !== 0) return skip(`mount: ${error?.message ?? stderr}`);
    const made = join(root, 'for-read-only');
    await ingestInto(made, corpora[0]!);
    const index = join(disk, 'index');
    cpSync(made, index, { recursive: true });
    expect(mount('remount', 'ro').status).toBe(0);
    expect(await answersIn(index)).toBe(await answersIn(made));
    const store = openToRead(index);
    expect(store.verify()).toEqual([]);
    store.close();
    expect(failure(() => openToWrite(index)).code).toBe('index-unwritable');
  } finally {
    spawnSync('umount', [disk]);
    rmSync(disk, { recursive: true, force: true });
  }
});
