/** Passages as columns in memory, and the search over them. */
import { DenseScan } from '../kernel/dense-scan.js';
import { giveBack, spareFloats, spareIntegers } from '../kernel/spare-columns.js';
import type { ClauseScores, PassageScore } from './store.js';

/** One entry per passage, by passage key. */
export interface PassageColumns {
  readonly dimension: number;
  /** [passages × dimension], row-major, as they were put; empty where `rounded` takes their place. */
  readonly vectors: Float32Array;
  /** The same as int8, of a large index: a quarter of the memory, a tenth of the time. */
  readonly rounded: DenseScan | null;
  /** Key of the clause; ascending. */
  readonly clause: Int32Array;
  /** 1 for a window, 0 for a sentence. */
  readonly window: Uint8Array;
  /** In the document's clean text. */
  readonly start: Int32Array;
  readonly end: Int32Array;
}

/** Columns for `passages` entries, all zero. */
export function makeColumns(passages: number, dimension: number, rounded = false): PassageColumns {
  const scan = rounded ? new DenseScan(passages, dimension) : null;
  return {
    dimension,
    vectors: new Float32Array(rounded ? 0 : passages * dimension),
    rounded: scan,
    clause: scan?.groups ?? new Int32Array(passages),
    window: scan?.kinds ?? new Uint8Array(passages),
    start: new Int32Array(passages),
    end: new Int32Array(passages),
  };
}

/** Eight terms a turn in four sums: without the chain of one sum V8 keeps the processor's units busy (3 × faster). */
function dot(query: Float32Array, vectors: Float32Array, offset: number): number {
  const length = query.length;
  const whole = length - (length % 8);
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  let j = offset;
  for (let i = 0; i < whole; i += 8, j += 8) {
    a += query[i]! * vectors[j]! + query[i + 4]! * vectors[j + 4]!;
    b += query[i + 1]! * vectors[j + 1]! + query[i + 5]! * vectors[j + 5]!;
    c += query[i + 2]! * vectors[j + 2]! + query[i + 6]! * vectors[j + 6]!;
    d += query[i + 3]! * vectors[j + 3]! + query[i + 7]! * vectors[j + 7]!;
  }
  for (let i = whole; i < length; i++, j++) a += query[i]! * vectors[j]!;
  return a + b + (c + d);
}

/** Cosine of the query with one passage that is kept as floats; both have norm 1. Rounded to float32, so that every path gives the same number. */
export function cosine(columns: PassageColumns, query: Float32Array, passageKey: number): number {
  return Math.fround(dot(query, columns.vectors, passageKey * columns.dimension));
}

/** Cosine of the query with each passage, by key. */
function cosines(columns: PassageColumns, query: Float32Array): Float32Array {
  return (
    columns.rounded?.cosines(query) ??
    Float32Array.from({ length: columns.clause.length }, (_, key) => cosine(columns, query, key))
  );
}

/** Cosines of each query with all passages, rolled up to `clauses` clauses by maximum; the smaller key wins a tie. In two steps: beginBest() has what that means. */
export function beginScan(
  columns: PassageColumns,
  queries: readonly Float32Array[],
  clauses: number,
): () => ClauseScores[] {
  if (columns.rounded === null) return () => queries.map((query) => rollUp(columns, query, clauses));
  const finish = columns.rounded.beginBest(queries, clauses);
  return () =>
    finish().map(({ cosines: [sentence, window], keys: sentenceKey }): ClauseScores => ({
      sentence,
      sentenceKey,
      window,
    }));
}

function rollUp(columns: PassageColumns, query: Float32Array, clauses: number): ClauseScores {
  const scores: ClauseScores = {
    sentence: spareFloats(clauses).fill(-1),
    sentenceKey: spareIntegers(clauses).fill(-1),
    window: spareFloats(clauses).fill(-1),
  };
  const windowKey = spareIntegers(clauses).fill(-1);
  for (let key = 0; key < columns.clause.length; key++) {
    const isWindow = columns.window[key] === 1;
    const best = isWindow ? scores.window : scores.sentence;
    const bestKey = isWindow ? windowKey : scores.sentenceKey;
    const clause = columns.clause[key]!;
    const score = cosine(columns, query, key);
    if (bestKey[clause]! >= 0 && score <= best[clause]!) continue;
    best[clause] = score;
    bestKey[clause] = key;
  }
  const { sentence, window } = scores;
  for (let i = 0; i < clauses; i++) if (windowKey[i]! < 0) window[i] = sentence[i]!;
  giveBack(windowKey);
  return scores;
}

/** Keys of the passages of a clause, which lie between `from` and `to`: the column of clauses ascends, so they are found by halving. */
export function passagesOfClause(
  { clause }: PassageColumns,
  clauseKey: number,
  from = 0,
  to = clause.length,
): { readonly first: number; readonly count: number } {
  const first = firstAtLeast(clause, clauseKey, from, to);
  return { first, count: firstAtLeast(clause, clauseKey + 1, first, to) - first };
}

function firstAtLeast(ascending: Int32Array, value: number, from: number, to: number): number {
  let low = from;
  let high = to;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ascending[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Best first, ties by key. */
export function comparePassageScores(a: PassageScore, b: PassageScore): number {
  return b.score - a.score || a.passageKey - b.passageKey;
}

/** Passages beyond the k wanted that are scored again, so that one that rounding put a little too low is not lost. */
const MARGIN = 64;

/**
 * The k nearest of all passages. Where vectors are rounded the best by those are scored again: `read` gives the vectors of some
 * passages, in ascending order of keys, as they were put.
 */
export function nearestExact(
  columns: PassageColumns,
  query: Float32Array,
  k: number,
  read: (keys: readonly number[]) => Iterable<Float32Array>,
): PassageScore[] {
  const found = cosines(columns, query);
  const scored = (passageKey: number, score: number): PassageScore => ({
    passageKey,
    clauseKey: columns.clause[passageKey]!,
    score,
  });
  if (columns.rounded === null) return highest(found, k).map((key) => scored(key, found[key]!));
  const keys = highest(found, k <= 0 ? 0 : 2 * k + MARGIN).sort((a, b) => a - b);
  return Array.from(read(keys), (vector, i) => scored(keys[i]!, Math.fround(dot(query, vector, 0))))
    .sort(comparePassageScores)
    .slice(0, Math.max(k, 0));
}

/** The indices of the k highest scores, best first, ties by index. */
function highest(scores: Float32Array, k: number): number[] {
  const kept: number[] = [];
  const wanted = Math.min(k, scores.length);
  if (wanted <= 0) return kept;
  const compare = (a: number, b: number) => scores[b]! - scores[a]! || a - b;
  // Room for twice the wanted, cut back when full: a sort per k candidates is cheaper than an insertion per candidate.
  let floor = -Infinity;
  for (let i = 0; i < scores.length; i++) {
    if (scores[i]! <= floor) continue;
    kept.push(i);
    if (kept.length < 2 * wanted) continue;
    kept.sort(compare);
    kept.length = wanted;
    floor = scores[kept[wanted - 1]!]!;
  }
  kept.sort(compare);
  if (kept.length > wanted) kept.length = wanted;
  return kept;
}

/** Throws RangeError for a query of another length: it comes from another model. */
export function checkQuery(query: Float32Array, dimension: number): void {
  if (query.length !== dimension) {
    throw new RangeError(`query vector of ${query.length}, index of ${dimension} dimensions`);
  }
}
