/**
 * Embeds passages on threads of their own, a network with one thread each: the event loop stays free, and one text per pass on each
 * of two networks does more than two threads that share the small matrices of one text (docs/benchmarks.md). Same vectors, bit for bit.
 */
import { availableParallelism } from 'node:os';
import type { Embedder, Encoding } from './embedder.js';
import { openTransformersEmbedder, type TransformersEmbedderOptions } from './transformers-embedder.js';
import { WorkerPool } from './worker-pool.js';

/** About 100 ms of work, so that an abort is quick and the threads end together. */
const TEXTS_PER_MESSAGE = 8;

/** Queries run in this process, without the way to a thread and back; the threads start at the first passages. */
export async function openWorkerEmbedder(
  options: TransformersEmbedderOptions & { readonly workers?: number | undefined },
): Promise<Embedder> {
  const inner = await openTransformersEmbedder(options);
  let pool: WorkerPool<string, Encoding> | null = null;
  return {
    identity: inner.identity,
    queryModel: inner.queryModel,
    maxTokens: inner.maxTokens,
    countTokens: (text) => inner.countTokens(text),
    embedQuery: (text) => inner.embedQuery(text),
    embedPassages(texts, { onEncoded, onProgress, signal } = {}) {
      pool ??= new WorkerPool({
        entry: 'embedding-worker',
        workerData: inner.loaded,
        threads: options.workers ?? availableParallelism(),
        itemsPerMessage: TEXTS_PER_MESSAGE,
        closed: 'the embedder is closed',
      });
      return pool.run(texts, { onResult: onEncoded, onProgress, signal });
    },
    async close() {
      await Promise.all([inner.close(), pool?.close()]);
    },
  };
}
