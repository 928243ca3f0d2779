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
  const admitted = all ? null : bestDocuments(ranges, promise, mostDocuments);
  return ranges.map((range, i) => ({
    range,
    chosen: admitted === null || admitted.has(i) ? bestClauses(range, promise, perDocument) : [],
  }));
}

/** Cosines of a good and a middling clause differ by about 0.1, shares of words by about 0.5. */
function promiseOf({ columns: { sentence, window, words, headings }, size }: SignalTable): Float64Array {
  const promise = new Float64Array(size);
  for (let i = 0; i < size; i++)
    promise[i] = sentence[i]! + window[i]! + 0.4 * words[i]! + 0.1 * headings[i]!;
  return promise;
}

/** Places of those with the best clause; the first among equals. */
function bestDocuments(
  ranges: readonly DocumentRange[],
  promise: Float64Array,
  most: number,
): ReadonlySet<number> {
  const best = Float64Array.from(ranges, ({ offset, entry }) =>
    highest(promise, offset, offset + entry.clauses),
  );
  const order = Array.from(best.keys()).sort((a, b) => best[b]! - best[a]! || a - b);
  return new Set(order.slice(0, most));
}

function highest(values: Float64Array, from: number, to: number): number {
  let most = -Infinity;
  for (let i = from; i < to; i++) if (values[i]! > most) most = values[i]!;
  return most;
}

/** The indices with the highest promise, those that stand first among equals; ascending. */
function bestClauses({ offset, entry }: DocumentRange, promise: Float64Array, count: number): number[] {
  const end = offset + entry.clauses;
  if (entry.clauses <= count) return Array.from({ length: entry.clauses }, (_, i) => offset + i);
  const best: number[] = [];
  for (let index = offset; index < end; index++) {
    const own = promise[index]!;
    if (best.length === count && own <= promise[best[count - 1]!]!) continue;
    let place = best.length;
    while (place > 0 && promise[best[place - 1]!]! < own) place--;
    best.splice(place, 0, index);
    if (best.length > count) best.pop();
  }
  return best.sort((a, b) => a - b);
}
