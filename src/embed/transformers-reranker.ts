/**
 * The reranker that runs an ONNX cross-encoder with transformers.js. One network on a thread of its own, with as many threads as it
 * likes: cross-encoders are large, and one copy in memory is enough.
 */
import { join } from 'node:path';
import { TiaowenError } from '../model/errors.js';
import { sha256, verifyChecksums } from './checksums.js';
import { weightsFile } from './model-profile.js';
import { locateModel, requireModelFiles } from './model-source.js';
import { loadTokenizer, type Row } from './onnx-model.js';
import { readRerankerProfile } from './reranker-profile.js';
import type { Reranker } from './reranker.js';
import type { RerankingModel } from './reranking-worker.js';
import type { TransformersEmbedderOptions } from './transformers-embedder.js';
import { WorkerPool } from './worker-pool.js';

/** So few that questions which are asked together take turns. */
const PAIRS_PER_MESSAGE = 4;

/**
 * Locates and verifies the model and loads its tokenizer; the network is loaded at the first pair. Throws TiaowenError model-missing,
 * model-altered or model-invalid.
 */
export function openTransformersReranker(
  options: Omit<TransformersEmbedderOptions, 'threads' | 'batchTokens'>,
): Promise<Reranker> {
  return sayingHowToDoWithout(open(options));
}

async function open(
  options: Omit<TransformersEmbedderOptions, 'threads' | 'batchTokens'>,
): Promise<Reranker> {
  const notify = options.notify ?? ((message: string) => console.warn(message));
  const { name: found, folder } = await locateModel({ ...options, kind: 'reranker', notify });
  const sums = await verifyChecksums(folder);
  const { name, dtype, maxTokens } = await readRerankerProfile(folder, found);
  await requireModelFiles(folder, dtype);
  const weights = weightsFile(dtype);
  const sha = sums?.get(weights) ?? (await sha256(join(folder, weights)));
  const tokenizer = await loadTokenizer(folder);
  let pool: WorkerPool<Row, number> | null = null;
  let closed = false;

  const tokenise = (query: string, passage: string): Row => {
    const row = tokenizer.encodePair(query, passage);
    if (row.ids.length <= maxTokens) return row;
    throw new TiaowenError(
      'passage-too-long',
      `检索词与段落合计 ${row.ids.length} 个词元，超过重排模型上限 ${maxTokens}：“${query.slice(0, 15)}…”与“${passage.slice(0, 15)}…”`,
    );
  };
  return {
    identity: { name, sha256: sha },
    maxTokens,
    countTokens: (query, passage) => tokenizer.encodePair(query, passage).ids.length,
    async rerank(query, passages) {
      if (closed) throw new Error('the reranker is closed');
      const rows = passages.map((passage) => tokenise(query, passage));
      pool ??= new WorkerPool({
        entry: 'reranking-worker',
        workerData: { name, folder, dtype, padId: tokenizer.padId } satisfies RerankingModel,
        threads: 1,
        itemsPerMessage: PAIRS_PER_MESSAGE,
        closed: 'the reranker is closed',
      });
      const logits = await sayingHowToDoWithout(pool.run(rows));
      return logits.map((logit) => 1 / (1 + Math.exp(-logit)));
    },
    async close() {
      closed = true;
      await pool?.close();
    },
  };
}

/** A reranker is optional: whoever can't have it must not be stuck. */
async function sayingHowToDoWithout<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof TiaowenError)) throw error;
    throw new TiaowenError(
      error.code,
      `重排模型不可用：${error.message}重排可以不用：去掉 --reranker（TIAOWEN_RERANKER）即可。`,
      { cause: error },
    );
  }
}
