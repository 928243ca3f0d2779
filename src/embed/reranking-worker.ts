/** The thread that reads pairs of query and passage: one network. See transformers-reranker.ts. */
import { workerData } from 'node:worker_threads';
import { TiaowenError } from '../model/errors.js';
import type { ModelDtype } from './model-profile.js';
import { loadNetwork, type Floats, type Row } from './onnx-model.js';
import { serveWork } from './serve-work.js';

export interface RerankingModel {
  readonly name: string;
  readonly folder: string;
  readonly dtype: ModelDtype;
  readonly padId: number;
}

const { name, folder, dtype, padId } = workerData as RerankingModel;
const network = loadNetwork(folder, { kind: 'reranker', dtype, threads: 0, padId });
// Reported with the first work; without this Node would end the thread before it is asked.
network.catch(() => undefined);

serveWork<Row, number>(async (rows) => {
  const logits: number[] = [];
  // Alone, so that a pair scores the same whatever stands beside it: an int8 model scales its activations over the whole pass.
  for (const row of rows) logits.push(logitOf(await (await network).run([row])));
  return logits;
});

function logitOf(outputs: ReadonlyMap<string, Floats>): number {
  const logits = outputs.get('logits');
  if (logits?.data.length === 1) return logits.data[0]!;
  const found = [...outputs].map(([key, { dims }]) => `${key} [${dims.join(', ')}]`).join('，');
  throw new TiaowenError(
    'model-invalid',
    `模型 ${name} 不是交叉编码重排模型：应只有一个 logits 值（实有：${found || '无'}）。`,
  );
}
