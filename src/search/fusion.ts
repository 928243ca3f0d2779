/** Fusion 融合: one score per clause out of the signals. */
import { SIGNALS, type Signal, type SignalTable } from './signals.js';

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

/** Shares of a ceiling: zero means nothing, so they are taken as they are. */
const SHARES: ReadonlySet<Signal> = new Set(['words', 'bigrams', 'headings', 'lookup']);

/**
 * Weighted sum of the signals: vector scores standardised (mean 0, deviation 1 over all clauses), lexical shares as they are. Rank
 * fusion would let a signal that knows nothing vote as loudly as one that does: on colloquial queries it lowered hit@1 from 0.29
 * to 0.16.
 */
export function fuse({ columns, size }: SignalTable, weights: Weights): Float32Array {
  const fused = new Float32Array(size);
  for (const signal of SIGNALS) {
    if (weights[signal] === 0) continue;
    const column = columns[signal];
    const { mean, deviation } = SHARES.has(signal) ? { mean: 0, deviation: 1 } : momentsOf(column);
    // A signal that says the same of every clause says nothing.
    if (deviation < 1e-9) continue;
    const weight = weights[signal];
    for (let i = 0; i < size; i++) fused[i]! += (weight * (column[i]! - mean)) / deviation;
  }
  return fused;
}

function momentsOf(column: Float32Array): { mean: number; deviation: number } {
  let sum = 0;
  for (let i = 0; i < column.length; i++) sum += column[i]!;
  const mean = sum / Math.max(column.length, 1);
  let squares = 0;
  for (let i = 0; i < column.length; i++) squares += (column[i]! - mean) ** 2;
  return { mean, deviation: Math.sqrt(squares / Math.max(column.length, 1)) };
}
