/** Late interaction: each token of the query looks for its best token in a passage (ColBERT's MaxSim, Khattab & Zaharia 2020). */
import type { IndexReader } from '../store/store.js';

/**
 * The mean over the query's tokens of the best cosine, −1 to 1, for the best sentence of a clause, the best pair of neighbouring
 * sentences, and the clause as a whole.
 */
export interface LateScores {
  readonly sentence: number;
  readonly window: number;
  readonly clause: number;
  /** Key of the best sentence. */
  readonly sentenceKey: number;
}

/** int8 vectors are scaled by 127, so a product of two is by 127². */
const SCALE = 127 * 127;

/** Scores one clause. `query`: [tokens × dimension], int8. Null when the index holds no token vectors for it. */
export function lateScores(
  reader: IndexReader,
  query: Int8Array,
  dimension: number,
  clauseKey: number,
): LateScores | null {
  const { first, count } = reader.passagesOf(clauseKey);
  const tokens = query.length / dimension;
  const whole = new Int32Array(tokens).fill(-SCALE);
  let previous: Int32Array | null = null;
  let sentence = -Infinity;
  let window = -Infinity;
  let sentenceKey = -1;
  for (let key = first; key < first + count; key++) {
    const vectors = reader.tokenVectors(key);
    if (vectors === null || vectors.length === 0) continue;
    const best = bestPerToken(query, vectors, dimension);
    const pair: Int32Array =
      previous === null ? best : best.map((value, i) => Math.max(value, previous![i]!));
    const mean = meanOf(best);
    if (mean > sentence) {
      sentence = mean;
      sentenceKey = key;
    }
    window = Math.max(window, meanOf(pair));
    for (let i = 0; i < tokens; i++) whole[i] = Math.max(whole[i]!, best[i]!);
    previous = best;
  }
  return sentenceKey < 0 ? null : { sentence, window, clause: meanOf(whole), sentenceKey };
}

function meanOf(products: Int32Array): number {
  let sum = 0;
  for (const product of products) sum += product;
  return sum / (products.length * SCALE);
}

/** For each token of the query the largest product with a token of the passage. */
function bestPerToken(query: Int8Array, passage: Int8Array, dimension: number): Int32Array {
  const best = new Int32Array(query.length / dimension).fill(-SCALE);
  for (let p = 0; p < passage.length; p += dimension) {
    for (let q = 0, row = 0; q < query.length; q += dimension, row++) {
      // Four sums: see vectors.ts on why.
      let a = 0;
      let b = 0;
      let c = 0;
      let d = 0;
      for (let i = p, j = q; i < p + dimension; i += 4, j += 4) {
        a += passage[i]! * query[j]!;
        b += passage[i + 1]! * query[j + 1]!;
        c += passage[i + 2]! * query[j + 2]!;
        d += passage[i + 3]! * query[j + 3]!;
      }
      const product = a + b + c + d;
      if (product > best[row]!) best[row] = product;
    }
  }
  return best;
}
