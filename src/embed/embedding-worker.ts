/** A thread that embeds passages: one network of its own. See worker-embedder.ts. */
import { workerData } from 'node:worker_threads';
import type { Encoding } from './embedder.js';
import { serveWork } from './serve-work.js';
import { openLoaded, type LoadedModel } from './transformers-embedder.js';

const embedder = openLoaded(workerData as LoadedModel, 1);
// Reported with the first work; without this Node would end the thread before it is asked.
embedder.catch(() => undefined);

serveWork<string, Encoding>(
  async (texts) => (await embedder).embedPassages(texts),
  ({ sentence, tokens }) => [
    sentence.buffer as ArrayBuffer,
    ...(tokens === null ? [] : [tokens.buffer as ArrayBuffer]),
  ],
);
