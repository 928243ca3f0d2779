/** Threads change when vectors come, never what they are. */
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PACKAGE_ROOT } from '../../src/config.js';
import type { Embedder, Encoding } from '../../src/embed/embedder.js';
import { openTransformersEmbedder } from '../../src/embed/transformers-embedder.js';
import { openWorkerEmbedder } from '../../src/embed/worker-embedder.js';

const MODEL = { model: 'tiaowen/policy-encoder-small-zh', modelsFolder: join(PACKAGE_ROOT, 'models') };
const TEXTS = Array.from(
  { length: 30 },
  (_, i) => `第${i}条　每年交流轮岗教师比例不低于${i}%${'。推进'.repeat(i)}`,
);

let single: Embedder;
let threads: Embedder;
beforeAll(async () => {
  single = await openTransformersEmbedder(MODEL);
  threads = await openWorkerEmbedder({ ...MODEL, workers: 2 });
});
afterAll(() => Promise.all([single.close(), threads.close()]));

test('the same vectors bit for bit, in the order of the texts, each told once', async () => {
  const told = new Map<number, Encoding>();
  const done: number[] = [];
  const encodings = await threads.embedPassages(TEXTS, {
    onEncoded: (index, encoding) => told.set(index, encoding),
    onProgress: (count) => done.push(count),
  });
  expect(encodings).toEqual(await single.embedPassages(TEXTS));
  expect(TEXTS.map((_, i) => told.get(i))).toEqual(encodings);
  expect(done.at(-1)).toBe(TEXTS.length);
}, 60_000);

test('the event loop stays free', async () => {
  let turns = 0;
  const ticking = setInterval(() => turns++, 1);
  await threads.embedPassages(TEXTS);
  clearInterval(ticking);
  expect(turns).toBeGreaterThan(5);
}, 60_000);

test('an abort throws its reason, and the threads go on with what comes next', async () => {
  const stop = new AbortController();
  const reason = new Error('enough');
  const run = threads.embedPassages(TEXTS, { signal: stop.signal, onProgress: () => stop.abort(reason) });
  await expect(run).rejects.toBe(reason);
  await expect(threads.embedPassages(TEXTS, { signal: stop.signal })).rejects.toBe(reason);
  expect(await threads.embedPassages([TEXTS[3]!])).toEqual(await single.embedPassages([TEXTS[3]!]));
}, 60_000);

test('an over-long text is refused by name', async () => {
  await expect(threads.embedPassages(['短句。', '长'.repeat(511)])).rejects.toMatchObject({
    code: 'passage-too-long',
  });
  expect(await threads.embedPassages([])).toEqual([]);
}, 60_000);

test('closing ends what is under way', async () => {
  const closing = await openWorkerEmbedder({ ...MODEL, workers: 1 });
  const run = closing.embedPassages(TEXTS);
  const failed = expect(run).rejects.toThrow('closed');
  await closing.close();
  await failed;
  await expect(closing.embedPassages(TEXTS)).rejects.toThrow('closed');
}, 60_000);

/** Before, this ended one process in two with an uncaught Napi::Error. */
test('closing in the middle of a pass does not take the process with it', async () => {
  for (let i = 0; i < 4; i++) {
    const closing = await openWorkerEmbedder({ ...MODEL, workers: 2 });
    await expect(closing.embedPassages(TEXTS, { onEncoded: () => void closing.close() })).rejects.toThrow(
      'closed',
    );
    await closing.close();
  }
}, 120_000);
