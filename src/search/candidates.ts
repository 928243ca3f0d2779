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
function promiseOf({ columns }: SignalTable): (i: number) => number {
  const { sentence, window, words, headings } = columns;
  return (i) => sentence[i]! + window[i]! + 0.4 * words[i]! + 0.1 * headings[i]!;
}

/** Places of those with the best clause; the first among equals. */
function bestDocuments(
  ranges: readonly DocumentRange[],
  promise: (i: number) => number,
  most: number,
): ReadonlySet<number> {
  const best = Float64Array.from(ranges, ({ offset, entry }) => {
    let highest = -Infinity;
    for (let i = offset; i < offset + entry.clauses; i++) {
      const own = promise(i);
      if (own > highest) highest = own;
    }
    return highest;
  });
  const least = Float64Array.from(best).sort()[Math.max(0, best.length - most)]!;
  const admitted = new Set<number>();
  best.forEach((highest, i) => highest > least && admitted.add(i));
  for (let i = 0; i < best.length && admitted.size < most; i++) if (best[i] === least) admitted.add(i);
  return admitted;
}

/** The indices with the highest promise, those that stand first among equals; ascending. */
function bestClauses(
  { offset, entry }: DocumentRange,
  promise: (i: number) => number,
  count: number,
): number[] {
  if (entry.clauses <= count) return Array.from({ length: entry.clauses }, (_, i) => offset + i);
  const best: { readonly index: number; readonly own: number }[] = [];
  for (let index = offset; index < offset + entry.clauses; index++) {
    const own = promise(index);
    if (best.length === count && own <= best[count - 1]!.own) continue;
    let place = best.length;
    while (place > 0 && best[place - 1]!.own < own) place--;
    best.splice(place, 0, { index, own });
    if (best.length > count) best.pop();
  }
  return best.map(({ index }) => index).sort((a, b) => a - b);
}
