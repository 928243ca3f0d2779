/** An index belongs to one model: the check before the two are used together. */
import type { ModelIdentity } from '../embed/embedder.js';
import { TiaowenError } from '../model/errors.js';
import { describeModel, sameModel } from './same-model.js';
import type { IndexStatus } from './store.js';

/** Throws TiaowenError index-model when the index in `folder` holds vectors of another model. */
export function requireModel(folder: string, { model, documents }: IndexStatus, wanted: ModelIdentity): void {
  if (model === null || documents === 0 || sameModel(model, wanted)) return;
  throw new TiaowenError(
    'index-model',
    `索引 ${folder} 由模型 ${describeModel(model)} 建立，与当前模型 ${describeModel(wanted)} 不符，两者的向量不能混用。` +
      `请改回原模型，或用 --index 另指定一个索引目录，或删除该索引后重新运行 tiaowen ingest。`,
  );
}
