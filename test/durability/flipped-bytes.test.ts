/**
 * One byte flipped, at many places of every file of an index: it is harmless (the answers are those of a published generation), or named by
 * an error or a finding of check. What is quoted is never wrong.
 */
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { EmbeddingJournal, withJournal } from '../../src/embed/embedding-journal.js';
import { ingest } from '../../src/ingest.js';
import { TiaowenError } from '../../src/model/errors.js';
import { repairInPlace } from '../../src/open.js';
import { setAsideDatabase } from '../../src/store/embedded/backup.js';
import { createMemoryStore } from '../../src/store/memory.js';
import type { Store } from '../../src/store/store.js';
import { makeRandom } from '../contract/make-document.js';
import {
  answersIn,
  answersOf,
  CHANGES,
  COLUMNS,
  embedder,
  ingestInto,
  openToRead,
  openToWrite,
  SOURCES,
  writeCorpus,
} from './small-index.js';

/** TIAOWEN_TEST_FLIPS: how many per file; more of them look harder. */
const FLIPS = Number(process.env['TIAOWEN_TEST_FLIPS'] ?? 40);

let root: string;
let corpus: string;
/** All answers of each generation that was published. */
let published: string[];
/**
 * The index as ingests leave it: closed; killed before the log was carried over into the database; killed after, with several generations
 * in the log, of which all are in the database too.
 */
const states = { closed: '', killed: '', carried: '' };

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'tiaowen-flips-'));
  for (const state of Object.keys(states) as (keyof typeof states)[]) states[state] = join(root, state);
  corpus = join(root, 'corpus');
  writeCorpus(corpus, SOURCES, true);
  await ingestInto(states.closed, corpus);
  published = [await answersIn(states.closed)];
  // Copied while a process has it open: closing carries the log over and deletes it.
  const reader = openToRead(states.closed);
  const writer = openToWrite(states.closed);
  await change(writer, CHANGES[0]!);
  cpSync(states.closed, states.killed, { recursive: true });
  reader.close();
  for (const changes of CHANGES.slice(1)) await change(writer, changes);
  cpSync(states.closed, states.carried, { recursive: true });
  writer.close();
});

async function change(store: Store, files: Readonly<Record<string, string>>): Promise<void> {
  writeCorpus(corpus, files);
  await ingest({ corpus, store, embedder });
  published.push(await answersOf(store));
}

afterAll(() => rmSync(root, { recursive: true, force: true }));

/** Where to flip: one place in each of so many equal stretches of the file, drawn with a seed. */
function placesIn(path: string, count = FLIPS): number[] {
  const size = readFileSync(path).length;
  const random = makeRandom(size);
  const stretch = Math.max(1, size / count);
  return Array.from({ length: Math.min(size, count) }, (_, i) => Math.floor((i + random()) * stretch));
}

/** Runs `look` on a copy of the index with one byte of the file other than it was. */
async function withFlip<T>(
  index: string,
  file: string,
  at: number,
  look: (copy: string) => Promise<T>,
): Promise<T> {
  const copy = mkdtempSync(join(root, 'copy-'));
  try {
    cpSync(index, copy, { recursive: true });
    const bytes = readFileSync(join(copy, file));
    bytes[at]! ^= 1 << (at % 8);
    writeFileSync(join(copy, file), bytes);
    return await look(copy);
  } catch (error) {
    throw new Error(`${file}, byte ${at}`, { cause: error });
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

const PHRASE = '加强劳动教育的经费保障';
const JOURNAL = 'unpublished.vectors';

type Outcome = 'harmless' | 'named by an error' | 'named by check';

async function outcomeOf(copy: string): Promise<Outcome> {
  try {
    const answers = await answersIn(copy);
    if (published.includes(answers)) return 'harmless';
    expectTrueQuotes(answers);
  } catch (error) {
    if (!(error instanceof TiaowenError)) throw error;
    if (error.code.startsWith('index-')) return 'named by an error';
    // Or something is not found that is there (clause-unknown): then check must tell.
  }
  const store = openToRead(copy);
  const findings = store.verify();
  store.close();
  if (findings.length === 0) throw new Error('answers differ and nobody tells');
  return 'named by check';
}

/** Every text and every place that is given stands in the answers of one of the generations. */
function expectTrueQuotes(answers: string): void {
  const quotes = /"text":"[^"]*"|"locator":"[^"]*"|"documentNumber":"[^"]*"/g;
  const known = new Set(published.flatMap((all) => [...all.matchAll(quotes)].map(([quote]) => quote)));
  for (const [quote] of answers.matchAll(quotes)) expect(known).toContain(quote);
}

const CASES = [
  ['closed', 'tiaowen.sqlite'],
  ['closed', 'graph.hnsw'],
  ['closed', 'graph.json'],
  ['killed', 'tiaowen.sqlite'],
  ['killed', 'tiaowen.sqlite-wal'],
  ['killed', 'tiaowen.sqlite-shm'],
  ['carried', 'tiaowen.sqlite'],
  ['carried', 'tiaowen.sqlite-wal'],
] as const;

test('these are all files that an index has', () => {
  const files = (state: keyof typeof states) =>
    readdirSync(states[state])
      .filter((file) => !file.startsWith('writer.lock'))
      .sort();
  expect(files('closed')).toEqual(['graph.hnsw', 'graph.json', 'tiaowen.sqlite']);
  expect(files('killed')).toEqual([
    'graph.hnsw',
    'graph.json',
    'tiaowen.sqlite',
    'tiaowen.sqlite-shm',
    'tiaowen.sqlite-wal',
  ]);
  expect(files('carried')).toEqual(files('killed'));
  expect(new Set(published).size).toBe(1 + CHANGES.length);
});

test.each(CASES)('%s, %s: harmless or named', { timeout: 60_000 + FLIPS * 2000 }, async (state, file) => {
  for (const at of placesIn(join(states[state], file))) {
    await withFlip(states[state], file, at, async (copy) => {
      if ((await outcomeOf(copy)) !== 'harmless') await expectRepair(copy);
    });
  }
});

test('a byte of a clause is named by an error', async () => {
  const whole = readFileSync(join(states.closed, 'tiaowen.sqlite'));
  // Rows that were replaced may still stand in free pages.
  const outcomes = new Set<Outcome>();
  for (let at = whole.indexOf(PHRASE); at >= 0; at = whole.indexOf(PHRASE, at + 1))
    outcomes.add(await withFlip(states.closed, 'tiaowen.sqlite', at, outcomeOf));
  expect(outcomes).toContain('named by an error');
});

test(
  'unpublished.vectors: an ingest takes up what is sound, and only that',
  { timeout: 60_000 + FLIPS * 1000 },
  async () => {
    const unfinished = join(root, 'unfinished');
    mkdirSync(unfinished);
    const journal = new EmbeddingJournal(join(unfinished, JOURNAL), embedder.identity);
    await ingest({ corpus, store: createMemoryStore(), embedder: withJournal(embedder, journal) });
    journal.close();
    for (const at of placesIn(join(unfinished, JOURNAL), FLIPS / 4)) {
      await withFlip(unfinished, JOURNAL, at, async (copy) => {
        const kept = new EmbeddingJournal(join(copy, JOURNAL), embedder.identity);
        const store = openToWrite(copy);
        await ingest({ corpus, store, embedder: withJournal(embedder, kept) });
        expect(await answersOf(store)).toBe(published.at(-1));
        store.close();
        kept.close();
      });
    }
  },
);

const DERIVED = [
  ['columns.bin', 'columns-out-of-step'],
  ['tokens.json', 'tokens-out-of-step'],
  ['tokens-1.bin', 'tokens-out-of-step'],
] as const;

test(
  'what is derived of a large index: any byte is harmless, and check tells',
  { timeout: 60_000 + FLIPS * 3000 },
  async () => {
    const large = join(root, 'large');
    await ingestInto(large, corpus, COLUMNS);
    const look = async (index: string) => {
      const store = openToRead(index, COLUMNS);
      try {
        return { answers: await answersOf(store), codes: store.verify().map(({ code }) => code) };
      } finally {
        store.close();
      }
    };
    const whole = await look(large);
    expect(whole.codes).toEqual([]);
    for (const [file, code] of DERIVED)
      for (const at of placesIn(join(large, file)))
        await withFlip(large, file, at, async (copy) => {
          expect(await look(copy)).toEqual({ answers: whole.answers, codes: [code] });
        });
  },
);

/** What `check --repair` does, and the ingest that follows. */
async function expectRepair(index: string): Promise<void> {
  if (!(await repairInPlace(index))) setAsideDatabase(index);
  await ingestInto(index, corpus);
  const store = openToRead(index);
  expect(store.verify()).toEqual([]);
  store.close();
  expect(await answersIn(index)).toBe(published.at(-1));
}
