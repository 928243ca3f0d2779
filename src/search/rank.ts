/** The ranking of clauses by fused score. */
import type { DocumentRange } from './signals.js';

export interface Ranked {
  readonly range: DocumentRange;
  /** Index into the columns of the signal table. */
  readonly index: number;
  readonly clauseKey: number;
  readonly score: number;
}

/** The best `limit` clauses of some documents, best first; ties by document order, then clause order. */
export function rank(scores: Float32Array, ranges: readonly DocumentRange[], limit: number): Ranked[] {
  const all: Ranked[] = [];
  for (const range of ranges) {
    const { entry, offset } = range;
    for (let i = 0; i < entry.clauses; i++) {
      all.push({ range, index: offset + i, clauseKey: entry.firstClause + i, score: scores[offset + i]! });
    }
  }
  all.sort((a, b) => b.score - a.score || a.index - b.index);
  return all.slice(0, limit);
}
