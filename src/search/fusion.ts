/** Fusion 融合: one score per clause out of the signals. */
import type { KeptTable, Signal, SignalTable } from './signals.js';

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

/** Shares of a ceiling: zero means nothing, so they are taken as they are. All others are standardised. */
const SHARES = ['words', 'bigrams', 'headings', 'lookup'] as const;
type VectorSignal = Exclude<Signal, (typeof SHARES)[number]>;
type Shares = Readonly<Partial<Record<(typeof SHARES)[number], Float32Array>>>;

/**
 * Weighted sum of the signals: vector scores standardised (mean 0, deviation 1 over all clauses), lexical shares as they are. Rank
 * fusion would let a signal that knows nothing vote as loudly as one that does: on colloquial queries it lowered hit@1 from 0.29
 * to 0.16.
 */
export function fuse(
  { columns, size }: Pick<SignalTable, 'columns' | 'size'>,
  weights: Weights,
): Float32Array {
  const fused = new Float32Array(size);
  addVectors(columns, weights, fused);
  addShares(columns, weights, fused);
  return fused;
}

function addShares(columns: Shares, weights: Weights, fused: Float32Array): void {
  for (const signal of SHARES) {
    const column = columns[signal];
    const weight = weights[signal];
    if (weight === 0 || column === undefined) continue;
    for (let i = 0; i < fused.length; i++) fused[i]! += weight * column[i]!;
  }
}

/**
 * The score of a clause without late interaction as a share of the best of the index, 0–1: what is known of documents that late interaction
 * passed over. Worked out when it is first asked for, from the table as it is then.
 */
export function shareWithoutLate(
  { columns, size }: Pick<KeptTable, 'columns' | 'size'>,
  weights: Weights,
): (index: number) => number {
  let dense: Float32Array | null = null;
  let best = 0;
  return (index) => {
    if (dense === null) {
      const { sentence, window } = columns;
      dense = new Float32Array(size);
      // Any columns stand for those of late interaction, at weight 0: these are in the cache.
      const vectors = {
        sentence,
        window,
        lateSentence: sentence,
        lateWindow: sentence,
        lateClause: sentence,
      };
      addVectors(vectors, { ...weights, lateSentence: 0, lateWindow: 0, lateClause: 0 }, dense);
      addShares(columns, weights, dense);
      best = mostOf(dense);
    }
    return best > 0 ? Math.max(0, dense[index]!) / best : 0;
  };
}

/** −∞ of nothing. */
export function mostOf(values: Float32Array): number {
  let most = -Infinity;
  for (let i = 0; i < values.length; i++) if (values[i]! > most) most = values[i]!;
  return most;
}

type Columns = Readonly<Record<VectorSignal, Float32Array>>;
type Numbers = Record<VectorSignal, number>;

/**
 * All of them in one pass, each rounded to a float once it is added. What late interaction did not read has the same score over long
 * stretches, and is not divided again.
 */
function addVectors(columns: Columns, weights: Weights, fused: Float32Array): void {
  const { sentence: a, window: b, lateSentence: c, lateWindow: d, lateClause: e } = columns;
  const means = meansOf(columns);
  const deviations = deviationsOf(columns, means);
  // A signal that says the same of every clause says nothing.
  const says = (signal: VectorSignal) => weights[signal] !== 0 && deviations[signal] >= 1e-9;
  const weightOf = (signal: VectorSignal) => (says(signal) ? weights[signal] : 0);
  const deviationOf = (signal: VectorSignal) => (says(signal) ? deviations[signal] : 1);
  const { sentence: meanA, window: meanB, lateSentence: meanC, lateWindow: meanD, lateClause: meanE } = means;
  const [weightA, divideA] = [weightOf('sentence'), deviationOf('sentence')];
  const [weightB, divideB] = [weightOf('window'), deviationOf('window')];
  const [weightC, divideC] = [weightOf('lateSentence'), deviationOf('lateSentence')];
  const [weightD, divideD] = [weightOf('lateWindow'), deviationOf('lateWindow')];
  const [weightE, divideE] = [weightOf('lateClause'), deviationOf('lateClause')];
  let [lastC, lastD, lastE] = [NaN, NaN, NaN];
  let [termC, termD, termE] = [0, 0, 0];
  for (let i = 0; i < fused.length; i++) {
    if (c[i]! !== lastC) termC = (weightC * ((lastC = c[i]!) - meanC)) / divideC;
    if (d[i]! !== lastD) termD = (weightD * ((lastD = d[i]!) - meanD)) / divideD;
    if (e[i]! !== lastE) termE = (weightE * ((lastE = e[i]!) - meanE)) / divideE;
    let sum = Math.fround((weightA * (a[i]! - meanA)) / divideA);
    sum = Math.fround(sum + (weightB * (b[i]! - meanB)) / divideB);
    sum = Math.fround(sum + termC);
    sum = Math.fround(sum + termD);
    fused[i] = sum + termE;
  }
}

/** Five sums side by side: each adds in the order of its column, and none waits for another. */
function meansOf({ sentence, window, lateSentence, lateWindow, lateClause }: Columns): Numbers {
  const size = sentence.length;
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  let e = 0;
  for (let i = 0; i < size; i++) {
    a += sentence[i]!;
    b += window[i]!;
    c += lateSentence[i]!;
    d += lateWindow[i]!;
    e += lateClause[i]!;
  }
  const count = Math.max(size, 1);
  return {
    sentence: a / count,
    window: b / count,
    lateSentence: c / count,
    lateWindow: d / count,
    lateClause: e / count,
  };
}

function deviationsOf(columns: Columns, means: Numbers): Numbers {
  const { sentence, window, lateSentence, lateWindow, lateClause } = columns;
  const { sentence: meanA, window: meanB, lateSentence: meanC, lateWindow: meanD, lateClause: meanE } = means;
  const size = sentence.length;
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  let e = 0;
  for (let i = 0; i < size; i++) {
    a += (sentence[i]! - meanA) ** 2;
    b += (window[i]! - meanB) ** 2;
    c += (lateSentence[i]! - meanC) ** 2;
    d += (lateWindow[i]! - meanD) ** 2;
    e += (lateClause[i]! - meanE) ** 2;
  }
  const count = Math.max(size, 1);
  return {
    sentence: Math.sqrt(a / count),
    window: Math.sqrt(b / count),
    lateSentence: Math.sqrt(c / count),
    lateWindow: Math.sqrt(d / count),
    lateClause: Math.sqrt(e / count),
  };
}
