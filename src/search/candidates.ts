/** Which clauses are worth late interaction: reading their token vectors is what a question costs. */
import type { DocumentRange, SignalTable } from './signals.js';

export interface Candidates {
  readonly range: DocumentRange;
  /** Indices into the columns of the table, ascending. */
  readonly chosen: readonly number[];
}

/** How many clauses late interaction reads. */
export interface LateLimits {
  /** Clauses of each document, at most and at least; a document with so few is scored whole. */
  readonly mostPerDocument: number;
  readonly leastPerDocument: number;
  /** Clauses in all, about. Every document keeps its best ones, so that no district is passed over … */
  readonly budget: number;
  /** … up to a thousand documents: of more, only so many, those with the best clauses. To read the tokens of one clause takes about 20 µs. */
  readonly mostDocuments: number;
}

export const LATE_LIMITS: LateLimits = {
  mostPerDocument: 256,
  leastPerDocument: 2,
  budget: 2048,
  mostDocuments: 384,
};

/**
 * Per document the clauses with the best passage vectors and words; a small index is scored whole. Of the open suites 16 clauses a document
 * instead of all lost 0.01 to 0.02 of hit@1 (a cell each) and up to 0.01 of nDCG@10.
 */
export function chooseCandidates(table: SignalTable, limits: LateLimits = LATE_LIMITS): Candidates[] {
  const { ranges } = table;
  const { mostPerDocument, leastPerDocument, budget, mostDocuments } = limits;
  const all = ranges.length * leastPerDocument <= budget;
  // Of few documents more each: with two clauses of a long one the open suites lost up to 13 points of hit@1, with five one or two.
  const share = Math.floor(budget / (all ? ranges.length : mostDocuments));
  const perDocument = Math.min(mostPerDocument, Math.max(leastPerDocument, share));
  const promise = promiseOf(table);
  const admits = all ? () => true : bestDocuments(ranges, promise, mostDocuments);
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
  most: number,
): (range: DocumentRange) => boolean {
  const best = ranges.map(({ offset, entry }) => {
    let highest = -Infinity;
    for (let i = offset; i < offset + entry.clauses; i++) highest = Math.max(highest, promise[i]!);
    return highest;
  });
  const order = ranges.map((_, i) => i).sort((a, b) => best[b]! - best[a]! || a - b);
  const admitted = new Set(order.slice(0, most).map((i) => ranges[i]!));
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
