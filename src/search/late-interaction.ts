/** Late interaction: each token of the query looks for its best token in a passage (ColBERT's MaxSim, Khattab & Zaharia 2020). */
import { maxSim } from '../kernel/max-sim.js';
import type { PreparedQuery } from '../kernel/max-sim.js';
import type { IndexReader } from '../store/store.js';

/**
 * The mean over the query's tokens of the best cosine, −1 to 1, for the best sentence of a clause, the best pair of neighbouring
 * sentences, and the clause as a whole.
 */
export interface LateScores {
  readonly sentence: number;
  readonly window: number;
  readonly clause: number;
  /**
   * The mean over the third of the query's tokens that the clause supports least, at least one token. A clause on a neighbouring matter
   * has most words of a question and lacks the one that it is about: this tells them apart better than the mean over all.
   */
  readonly weakest: number;
  /** Key of the best sentence. */
  readonly sentenceKey: number;
}

/** int8 vectors are scaled by 127, so a product of two is by 127². */
const SCALE = 127 * 127;

/** Scores one clause. Null when the index holds no token vectors for it. */
export function lateScores(reader: IndexReader, query: PreparedQuery, clauseKey: number): LateScores | null {
  const { tokens } = query;
  const whole = new Int32Array(tokens).fill(-SCALE);
  let previous: Int32Array | null = null;
  let sentence = -Infinity;
  let window = -Infinity;
  let sentenceKey = -1;
  for (const { passageKey, vectors } of reader.clauseTokens(clauseKey)) {
    const best = maxSim(query, vectors, -SCALE);
    const pair: Int32Array =
      previous === null ? best : best.map((value, i) => Math.max(value, previous![i]!));
    const mean = meanOf(best);
    if (mean > sentence) {
      sentence = mean;
      sentenceKey = passageKey;
    }
    window = Math.max(window, meanOf(pair));
    for (let i = 0; i < tokens; i++) whole[i] = Math.max(whole[i]!, best[i]!);
    previous = best;
  }
  return sentenceKey < 0
    ? null
    : { sentence, window, clause: meanOf(whole), weakest: meanOfLeast(whole), sentenceKey };
}

function meanOfLeast(products: Int32Array): number {
  return meanOf(
    products
      .slice()
      .sort()
      .subarray(0, Math.max(1, Math.floor(products.length / 3))),
  );
}

function meanOf(products: Int32Array): number {
  let sum = 0;
  for (const product of products) sum += product;
  return sum / (products.length * SCALE);
}
