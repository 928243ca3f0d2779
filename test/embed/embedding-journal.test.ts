/** What was embedded before a kill is not embedded again, and nothing that was damaged comes back. */
import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Embedder } from '../../src/embed/embedder.js';
import { EmbeddingJournal, withJournal } from '../../src/embed/embedding-journal.js';
import { createFakeEmbedder } from './fake-embedder.js';
import { makeFolders } from '../store/index-folder.js';

const TEXTS = Array.from({ length: 20 }, (_, i) => `推进第${i}项工作，完善教师交流轮岗制度。`);
const folders = makeFolders();
let path: string;
beforeEach(() => (path = join(folders.make(), 'journal')));
afterEach(() => folders.clean());

/** Notes what it was asked. */
function counting(inner: Embedder): Embedder & { readonly asked: string[] } {
  const asked: string[] = [];
  return {
    ...inner,
    asked,
    embedPassages: (texts, options) => {
      asked.push(...texts);
      return inner.embedPassages(texts, options);
    },
  };
}

test.each([8, null])('goes on after an abort where it was (token vectors: %s)', async (tokens) => {
  const inner = createFakeEmbedder(16, tokens);
  const stop = new AbortController();
  const first = withJournal(inner, new EmbeddingJournal(path, inner.identity));
  const onProgress = (done: number) => done === 7 && stop.abort(new Error('killed'));
  await expect(first.embedPassages(TEXTS, { signal: stop.signal, onProgress })).rejects.toThrow('killed');

  const again = counting(inner);
  const seen: number[] = [];
  const second = withJournal(again, new EmbeddingJournal(path, inner.identity));
  const encodings = await second.embedPassages(TEXTS, { onProgress: (done) => seen.push(done) });
  expect(encodings).toEqual(await inner.embedPassages(TEXTS));
  expect(again.asked).toEqual(TEXTS.slice(7));
  expect([seen[0], seen.at(-1)]).toEqual([7, 20]);
});

test('is empty for another model and after publishing', async () => {
  const inner = createFakeEmbedder(16);
  const journal = new EmbeddingJournal(path, inner.identity);
  await withJournal(inner, journal).embedPassages(TEXTS);
  journal.close();
  expect(new EmbeddingJournal(path, inner.identity).size).toBe(20);
  expect(new EmbeddingJournal(path, { ...inner.identity, sha256: 'f'.repeat(64) }).size).toBe(0);
  const cleared = new EmbeddingJournal(path, inner.identity);
  await withJournal(inner, cleared).embedPassages(TEXTS);
  cleared.clear();
  expect(existsSync(path)).toBe(false);
});

test('a torn end and a flipped byte cost the records they hit and those behind, no more', async () => {
  const inner = createFakeEmbedder(16, 8);
  await withJournal(inner, new EmbeddingJournal(path, inner.identity)).embedPassages(TEXTS);
  const whole = readFileSync(path);
  writeFileSync(path, whole.subarray(0, whole.length - 5));
  expect(new EmbeddingJournal(path, inner.identity).size).toBe(19);
  writeFileSync(path, whole);
  appendFileSync(path, Buffer.alloc(300, 7));
  expect(new EmbeddingJournal(path, inner.identity).size).toBe(20);
  const expected = await inner.embedPassages(TEXTS);
  for (let at = 0; at < whole.length; at += 97) {
    const bytes = Buffer.from(whole);
    bytes[at]! ^= 0x55;
    writeFileSync(path, bytes);
    const journal = new EmbeddingJournal(path, inner.identity);
    expect(journal.size).toBeLessThan(20);
    expect(await withJournal(inner, journal).embedPassages(TEXTS)).toEqual(expected);
  }
});

test('a place that cannot be written costs nothing but the journal', async () => {
  const inner = createFakeEmbedder(16);
  const nowhere = new EmbeddingJournal(join(path, 'no', 'folder'), inner.identity);
  expect(await withJournal(inner, nowhere).embedPassages(TEXTS)).toHaveLength(20);
  expect(nowhere.size).toBe(0);
});
