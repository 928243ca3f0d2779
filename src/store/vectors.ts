/** Passages as columns in memory, and the exact search over them. */
import type { ClauseScores, PassageScore } from './store.js';

/** One entry per passage, by passage key. `vectors` is [passages × dimension], row-major. */
export interface PassageColumns {
  readonly dimension: number;
  readonly vectors: Float32Array;
  /** Key of the clause. */
  readonly clause: Int32Array;
  /** 1 for a window, 0 for a sentence. */
  readonly window: Uint8Array;
  /** In the document's clean text. */
  readonly start: Int32Array;
  readonly end: Int32Array;
}

/** Columns for `passages` entries, all zero. */
export function makeColumns(passages: number, dimension: number): PassageColumns {
  return {
    dimension,
    vectors: new Float32Array(passages * dimension),
    clause: new Int32Array(passages),
    window: new Uint8Array(passages),
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

/** Cosine of the query with one passage; both have norm 1. Rounded to float32, so that every path gives the same number. */
export function cosine(columns: PassageColumns, query: Float32Array, passageKey: number): number {
  return Math.fround(dot(query, columns.vectors, passageKey * columns.dimension));
}

/** Passages and clauses of one document, by key. */
export interface ScanRange {
  readonly firstPassage: number;
  readonly passages: number;
  readonly firstClause: number;
  readonly clauses: number;
}

/** Exact cosines of all passages of a range, rolled up to their clauses by maximum; the smaller key wins a tie. */
export function scanRange(columns: PassageColumns, query: Float32Array, range: ScanRange): ClauseScores {
  const scores: ClauseScores = {
    firstClause: range.firstClause,
    sentence: new Float32Array(range.clauses).fill(-1),
    sentenceKey: new Int32Array(range.clauses).fill(-1),
    window: new Float32Array(range.clauses).fill(-1),
    windowKey: new Int32Array(range.clauses).fill(-1),
  };
  const end = range.firstPassage + range.passages;
  for (let key = range.firstPassage; key < end; key++) {
    const isWindow = columns.window[key] === 1;
    const best = isWindow ? scores.window : scores.sentence;
    const bestKey = isWindow ? scores.windowKey : scores.sentenceKey;
    const clause = columns.clause[key]! - range.firstClause;
    const score = cosine(columns, query, key);
    if (bestKey[clause]! >= 0 && score <= best[clause]!) continue;
    best[clause] = score;
    bestKey[clause] = key;
  }
  return scores;
}

/** Keys of the passages of a clause: the column of clauses ascends, so both ends are found by halving. */
export function passagesOfClause(
  { clause }: PassageColumns,
  clauseKey: number,
): { readonly first: number; readonly count: number } {
  const first = firstAtLeast(clause, clauseKey);
  return { first, count: firstAtLeast(clause, clauseKey + 1) - first };
}

function firstAtLeast(ascending: Int32Array, value: number): number {
  let low = 0;
  let high = ascending.length;
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

/** The k nearest of all passages, exactly. */
export function nearestExact(columns: PassageColumns, query: Float32Array, k: number): PassageScore[] {
  const best: PassageScore[] = [];
  const wanted = Math.min(k, columns.clause.length);
  if (wanted <= 0) return best;
  // Room for twice the wanted, cut back when full: a sort per k candidates is cheaper than an insertion per candidate.
  let floor = -Infinity;
  for (let key = 0; key < columns.clause.length; key++) {
    const score = cosine(columns, query, key);
    if (score <= floor) continue;
    best.push({ passageKey: key, clauseKey: columns.clause[key]!, score });
    if (best.length < 2 * wanted) continue;
    best.sort(comparePassageScores);
    best.length = wanted;
    floor = best[wanted - 1]!.score;
  }
  best.sort(comparePassageScores);
  if (best.length > wanted) best.length = wanted;
  return best;
}

/** Throws RangeError for a query of another length: it comes from another model. */
export function checkQuery(query: Float32Array, dimension: number): void {
  if (query.length !== dimension) {
    throw new RangeError(`query vector of ${query.length}, index of ${dimension} dimensions`);
  }
}
