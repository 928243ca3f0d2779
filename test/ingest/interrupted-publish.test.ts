/** Ctrl-C while the last publication derives what a large index has beside its database: it ends there, and nothing of the corpus is missing. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ingest } from '../../src/ingest.js';
import {
  answersIn,
  CHANGES,
  COLUMNS,
  embedder,
  GRAPH,
  ingestInto,
  openToRead,
  openToWrite,
  SOURCES,
  writeCorpus,
  type Limits,
} from '../durability/small-index.js';

let root: string;
let corpus: string;

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'tiaowen-interrupted-'));
});
afterAll(() => rmSync(root, { recursive: true }));

const CASES: readonly (readonly [string, Limits, readonly string[]])[] = [
  ['graph', GRAPH, ['graph-out-of-step']],
  ['columns and tokens', COLUMNS, ['columns-out-of-step', 'tokens-out-of-step']],
];

test.each(CASES)('%s', async (name, limits, missing) => {
  corpus = join(root, `corpus ${name}`);
  const index = join(root, name);
  writeCorpus(corpus, SOURCES, true);
  await ingestInto(index, corpus, limits);
  writeCorpus(corpus, CHANGES[0]!);

  const interruption = new AbortController();
  const store = openToWrite(index, limits);
  const { publish } = store;
  store.publish = (options) => {
    const published = publish.call(store, options);
    // Heard by the first piece of what is derived.
    if (options?.derive) interruption.abort();
    return published;
  };
  const interrupted = ingest({ corpus, store, embedder, signal: interruption.signal });
  await expect(interrupted).rejects.toMatchObject({ name: 'AbortError' });
  const codes = store.verify().map(({ code }) => code);
  store.close();
  expect(codes).toEqual(missing);

  const whole = join(root, `${name}, undisturbed`);
  await ingestInto(whole, corpus, limits);
  expect(await answersIn(index)).toBe(await answersIn(whole));
  await ingestInto(index, corpus, limits);
  const after = openToRead(index, limits);
  expect(after.verify()).toEqual([]);
  after.close();
});
