/** A thread that embeds passages: one network of its own, a few texts a message. See worker-embedder.ts. */
import { parentPort, workerData } from 'node:worker_threads';
import type { Encoding } from './embedder.js';
import { openLoaded, type LoadedModel } from './transformers-embedder.js';

export interface Work {
  readonly id: number;
  readonly texts: readonly string[];
}

/** `error`: what was thrown, as it can be cloned; `code` when it was a TiaowenError. */
export type Done =
  | { readonly id: number; readonly encodings: readonly Encoding[] }
  | { readonly id: number; readonly error: Error; readonly code: string | null };

const port = parentPort;
if (port === null) throw new Error('this file is the entry of a worker thread');

const embedder = openLoaded(workerData as LoadedModel, 1);
// Reported with the first work; without this Node would end the thread before it is asked.
embedder.catch(() => undefined);

port.on('message', ({ id, texts }: Work) => {
  embedder
    .then(async (one) => one.embedPassages(texts))
    .then(
      (encodings) => {
        const memory = encodings.flatMap(({ sentence, tokens }) => [
          sentence.buffer as ArrayBuffer,
          ...(tokens === null ? [] : [tokens.buffer as ArrayBuffer]),
        ]);
        port.postMessage({ id, encodings } satisfies Done, memory);
      },
      (thrown: unknown) => {
        const error = thrown instanceof Error ? thrown : new Error(String(thrown));
        const code = 'code' in error && typeof error.code === 'string' ? error.code : null;
        port.postMessage({ id, error: new Error(error.message), code } satisfies Done);
      },
    );
});
