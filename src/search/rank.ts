/** The ranking of clauses by fused score. */
import type { DocumentRange } from './signals.js';

export interface Ranked {
  readonly range: DocumentRange;
  /** Index into the columns of the signal table. */
  readonly index: number;
  readonly clauseKey: number;
  readonly score: number;
}

/** The best `limit` clauses of some documents, best first, ties in the order of the table; those that may not answer (−∞) are left out. */
export function rank(scores: Float32Array, ranges: readonly DocumentRange[], limit = Infinity): Ranked[] {
  const all: Ranked[] = [];
  for (const range of ranges) {
    const { entry, offset } = range;
    for (let i = 0; i < entry.clauses; i++) {
      if (scores[offset + i] === -Infinity) continue;
      all.push({ range, index: offset + i, clauseKey: entry.firstClause + i, score: scores[offset + i]! });
    }
  }
  all.sort((a, b) => b.score - a.score || a.index - b.index);
  return all.slice(0, limit);
}
