/** Which clauses are worth late interaction: reading their token vectors is what a question costs. */
import type { DocumentRange, SignalTable } from './signals.js';

export interface Candidates {
  readonly range: DocumentRange;
  /** Indices into the columns of the table, ascending. */
  readonly chosen: readonly number[];
}

/** Clauses of each document that are scored, at most and at least; a document with so few is scored whole. */
const MOST_PER_DOCUMENT = 256;
const LEAST_PER_DOCUMENT = 2;
/** Clauses that are scored in all, about. Every document keeps its best ones, so that no district is passed over … */
const BUDGET = 2048;
/** … up to a thousand documents: of more, only so many, those with the best clauses. To read the tokens of one clause takes about 20 µs. */
const MOST_DOCUMENTS = 384;

/**
 * Per document the clauses with the best passage vectors and words; a small index is scored whole. Of the open suites 16 clauses a document
 * instead of all lost 0.01 to 0.02 of hit@1 (a cell each) and up to 0.01 of nDCG@10.
 */
export function chooseCandidates(table: SignalTable): Candidates[] {
  const { ranges } = table;
  const share = Math.floor(BUDGET / ranges.length);
  const perDocument = Math.min(MOST_PER_DOCUMENT, Math.max(LEAST_PER_DOCUMENT, share));
  const promise = promiseOf(table);
  const admits = ranges.length * LEAST_PER_DOCUMENT <= BUDGET ? () => true : bestDocuments(ranges, promise);
  return ranges.map((range) => ({
    range,
    chosen: admits(range) ? bestClauses(range, promise, perDocument) : [],
  }));
}

/** Cosines of a good and a middling clause differ by about 0.1, shares of words by about 0.5. */
function promiseOf({ columns: { sentence, window, words, headings }, size }: SignalTable): Float64Array {
  const promise = new Float64Array(size);
  for (let i = 0; i < size; i++)
    promise[i] = sentence[i]! + window[i]! + 0.4 * words[i]! + 0.1 * headings[i]!;
  return promise;
}

function bestDocuments(
  ranges: readonly DocumentRange[],
  promise: Float64Array,
): (range: DocumentRange) => boolean {
  const best = ranges.map(({ offset, entry }) => {
    let most = -Infinity;
    for (let i = offset; i < offset + entry.clauses; i++) most = Math.max(most, promise[i]!);
    return most;
  });
  const order = ranges.map((_, i) => i).sort((a, b) => best[b]! - best[a]! || a - b);
  const admitted = new Set(order.slice(0, MOST_DOCUMENTS).map((i) => ranges[i]!));
  return (range) => admitted.has(range);
}

/** The indices with the highest promise, those that stand first among equals; ascending. */
function bestClauses({ offset, entry }: DocumentRange, promise: Float64Array, count: number): number[] {
  const best: number[] = [];
  for (let index = offset; index < offset + entry.clauses; index++) {
    let place = best.length;
    while (place > 0 && promise[best[place - 1]!]! < promise[index]!) place--;
    if (place >= count) continue;
    best.splice(place, 0, index);
    if (best.length > count) best.pop();
  }
  return best.sort((a, b) => a - b);
}
