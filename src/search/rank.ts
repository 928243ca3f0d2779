/** The ranking of clauses by fused score. */
import type { Reranked } from '../model/answer.js';
import type { DocumentRange } from './signals.js';

export interface Ranked {
  readonly range: DocumentRange;
  /** Index into the columns of the signal table. */
  readonly index: number;
  readonly clauseKey: number;
  readonly score: number;
  /** Null: no cross-encoder has read it. */
  readonly reranked: Reranked | null;
}

/** The best `limit` clauses of some documents, best first, ties in the order of the table; those that may not answer (−∞) are left out. */
export function rank(scores: Float32Array, ranges: readonly DocumentRange[], limit: number): Ranked[] {
  const best: Ranked[] = [];
  for (const range of ranges) {
    const { entry, offset } = range;
    for (let i = 0; i < entry.clauses; i++) {
      const score = scores[offset + i]!;
      if (score === -Infinity || (best.length >= limit && score <= best[best.length - 1]!.score)) continue;
      if (best.length >= limit) best.pop();
      const one = { range, index: offset + i, clauseKey: entry.firstClause + i, score, reranked: null };
      insert(best, one, placeOf(best, score));
    }
  }
  return best;
}

/** splice() makes an array of nothing each time, and copyWithin() takes longer than the rest of a comparison's rows. */
function insert(best: Ranked[], one: Ranked, place: number): void {
  best.push(one);
  for (let i = best.length - 1; i > place; i--) best[i] = best[i - 1]!;
  best[place] = one;
}

/** Behind all that score as much: what stands first in the table stays first. */
function placeOf(best: readonly Ranked[], score: number): number {
  let low = 0;
  let high = best.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (best[middle]!.score >= score) low = middle + 1;
    else high = middle;
  }
  return low;
}
