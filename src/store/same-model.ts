/** Whether two models give the same passage vectors. */
import type { ModelIdentity } from '../embed/embedder.js';

/**
 * The name is left out (a folder may be moved or renamed) and so is the query prefix, which no passage gets: what counts are
 * the weights and how a vector is taken from them.
 */
export function sameModel(a: ModelIdentity, b: ModelIdentity): boolean {
  return (
    a.sha256 === b.sha256 &&
    a.dimension === b.dimension &&
    a.tokenDimension === b.tokenDimension &&
    a.pooling === b.pooling
  );
}

/** "tiaowen/policy-encoder-small-zh（512 维，cls，1a2b3c4d）" for a message. */
export function describeModel(model: ModelIdentity): string {
  return `${model.name}（${model.dimension} 维，${model.pooling}，${model.sha256.slice(0, 8)}）`;
}
