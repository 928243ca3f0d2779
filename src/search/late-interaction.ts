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

/**
 * Scores clauses for one query, by clause key; null for a clause that the index holds no token vectors of. Of thousands of clauses a question
 * nothing is allocated: what is returned holds until the next call.
 */
export function lateScorer(
  reader: Pick<IndexReader, 'clauseTokens'>,
  query: PreparedQuery,
): (clauseKey: number) => LateScores | null {
  const { tokens } = query;
  const unit = tokens * SCALE;
  const whole = new Int32Array(tokens);
  const previous = new Int32Array(tokens);
  const least = Math.max(1, Math.floor(tokens / 3));
  const scores = { sentence: 0.5, window: 0.5, clause: 0.5, weakest: 0.5, sentenceKey: -1 };
  return (clauseKey) => {
    const passages = reader.clauseTokens(clauseKey);
    if (passages.length === 0) return null;
    whole.fill(-SCALE);
    // The least that a product can be: the first sentence is its own window.
    previous.fill(-SCALE);
    let sentence = -Infinity;
    let window = -Infinity;
    let sentenceKey = -1;
    for (const { passageKey, vectors } of passages) {
      const best = maxSim(query, vectors, -SCALE);
      let sum = 0;
      let pair = 0;
      for (let i = 0; i < tokens; i++) {
        const value = best[i]!;
        sum += value;
        pair += Math.max(value, previous[i]!);
        previous[i] = value;
        if (value > whole[i]!) whole[i] = value;
      }
      if (sum > sentence) {
        sentence = sum;
        sentenceKey = passageKey;
      }
      if (pair > window) window = pair;
    }
    scores.sentence = sentence / unit;
    scores.window = window / unit;
    scores.clause = sumOf(whole, tokens) / unit;
    scores.weakest = sumOf(whole.sort(), least) / (least * SCALE);
    scores.sentenceKey = sentenceKey;
    return scores;
  };
}

function sumOf(products: Int32Array, count: number): number {
  let sum = 0;
  for (let i = 0; i < count; i++) sum += products[i]!;
  return sum;
}
