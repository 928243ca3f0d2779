/** Fusion 融合: one score per clause out of the signals. */
import { giveBack, spareFloats } from '../kernel/spare-columns.js';
import type { Signal } from './signals.js';
import { workColumns } from './work-columns.js';

/** How much each signal counts. Zero switches a signal off. */
export type Weights = Readonly<Record<Signal, number>>;

/** Measured on the open suites: docs/evaluation.md has what each signal gives. */
export const WEIGHTS: Weights = {
  sentence: 1,
  window: 0.5,
  lateSentence: 2,
  lateWindow: 1,
  lateClause: 0.5,
  words: 12,
  bigrams: 0,
  headings: 0,
  // Above all that other signals can say: who names an article wants that article.
  lookup: 40,
};

/** In the order in which they are added. Shares of a ceiling are taken as they are: zero means nothing. All others are standardised. */
const VECTORS = ['sentence', 'window', 'lateSentence', 'lateWindow', 'lateClause'] as const;
const SHARES = ['words', 'bigrams', 'headings', 'lookup'] as const;

/** Of a signal table or what is kept of one: a signal without a column has no weight. */
interface Summands {
  readonly columns: Readonly<Partial<Record<Signal, Float32Array>>>;
  readonly size: number;
}

/**
 * Weighted sum of the signals: vector scores standardised (mean 0, deviation 1 over all clauses), lexical shares as they are. Rank
 * fusion would let a signal that knows nothing vote as loudly as one that does: on colloquial queries it lowered hit@1 from 0.29
 * to 0.16. In a spare column, which is the caller's.
 */
export function fuse({ columns, size }: Summands, weights: Weights): Float32Array {
  const { fusion } = workColumns(size);
  VECTORS.forEach((signal, i) => {
    const column = columns[signal];
    const work = fusion.columns[i]!;
    if (column !== undefined && column !== work) work.set(column);
  });
  const fused = fusion.fuse(VECTORS.map((signal) => (columns[signal] === undefined ? 0 : weights[signal])));
  for (const signal of SHARES) {
    const column = columns[signal];
    if (column !== undefined && weights[signal] !== 0) fusion.add(column, weights[signal]);
  }
  const kept = spareFloats(size);
  kept.set(fused);
  return kept;
}

/**
 * The score of a clause without late interaction as a share of the best of the index, 0–1: what is known of documents that late interaction
 * passed over. Worked out when it is first asked for, from the table as it is then.
 */
export function shareWithoutLate(table: Summands, weights: Weights): ShareWithoutLate {
  let dense: Float32Array | null = null;
  let best = 0;
  return {
    of: (index) => {
      if (dense === null) {
        const none = { lateSentence: 0, lateWindow: 0, lateClause: 0 };
        dense = fuse(table, { ...weights, ...none });
        best = mostOf(dense);
      }
      return best > 0 ? Math.max(0, dense[index]!) / best : 0;
    },
    release: () => {
      if (dense !== null) giveBack(dense);
      dense = null;
    },
  };
}

export interface ShareWithoutLate {
  readonly of: (index: number) => number;
  /** Gives back what it was worked out in. */
  readonly release: () => void;
}

/** −∞ of nothing. */
export function mostOf(values: Float32Array): number {
  let most = -Infinity;
  for (let i = 0; i < values.length; i++) if (values[i]! > most) most = values[i]!;
  return most;
}
