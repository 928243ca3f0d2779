/** Which clauses are worth late interaction: reading their token vectors is what a question costs. */
import type { DocumentRange } from './signals.js';
import { workColumns } from './work-columns.js';

export interface Candidates {
  readonly range: DocumentRange;
  /** Indices into the columns of the table, ascending, at least one. */
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
 * The documents that are read, in the order of the table, and per document the clauses with the best passage vectors and words; a small index is scored whole. Of the open suites 16 clauses a document
 * instead of all lost 0.01 to 0.02 of hit@1 (a cell each) and up to 0.01 of nDCG@10.
 */
export function chooseCandidates(
  { ranges, size, columns }: Choosable,
  limits: LateLimits = LATE_LIMITS,
): Candidates[] {
  const { mostPerDocument, leastPerDocument, budget, mostDocuments } = limits;
  const all = ranges.length * leastPerDocument <= budget;
  // Of few documents more each: with two clauses of a long one the open suites lost up to 13 points of hit@1, with five one or two.
  const share = Math.floor(budget / (all ? ranges.length : mostDocuments));
  const perDocument = Math.min(mostPerDocument, Math.max(leastPerDocument, share));
  let longest = 0;
  for (const { entry } of ranges) if (entry.clauses > longest) longest = entry.clauses;
  const promises = new Float64Array(longest);
  const admitted = all ? null : bestDocuments({ ranges, size, columns }, mostDocuments);
  // The limits may be infinite: everything is read then.
  const best = new Float64Array(Math.min(perDocument, size));
  const candidates: Candidates[] = [];
  for (let i = 0; i < ranges.length; i++) {
    const range = ranges[i]!;
    if (range.entry.clauses === 0 || (admitted !== null && admitted[i] === 0)) continue;
    candidates.push({ range, chosen: bestClauses(range, columns, best, promises) });
  }
  return candidates;
}

type Promising = Readonly<Record<'sentence' | 'window' | 'words' | 'headings', Float32Array>>;

/** What they are chosen by, of a signal table or what becomes one. */
export interface Choosable {
  readonly ranges: readonly DocumentRange[];
  readonly size: number;
  readonly columns: Promising;
}

/** Cosines of a good and a middling clause differ by about 0.1, shares of words by about 0.5. */
const [WORDS, HEADINGS] = [0.4, 0.1] as const;

/** Of the clauses from `from` to `to`, into `promises`. */
function promisesOf(
  { sentence, window, words, headings }: Promising,
  from: number,
  to: number,
  promises: Float64Array,
): void {
  for (let i = from; i < to; i++)
    promises[i - from] = sentence[i]! + window[i]! + WORDS * words[i]! + HEADINGS * headings[i]!;
}

/** 1 for those with the best clause, by place; the first among equals. Those without clauses are none. */
function bestDocuments({ ranges, size, columns }: Choosable, most: number): Uint8Array {
  const places = new Int32Array(ranges.length);
  const ends = new Int32Array(ranges.length);
  let held = 0;
  for (let place = 0; place < ranges.length; place++) {
    const { offset, entry } = ranges[place]!;
    if (entry.clauses === 0) continue;
    places[held] = place;
    ends[held++] = offset + entry.clauses;
  }
  const { sentence, window, words, headings } = columns;
  const by = [sentence, window, words, headings] as const;
  const best = workColumns(size).fusion.highest(by, [WORDS, HEADINGS], ends.subarray(0, held));
  const least = best.slice().sort()[Math.max(0, best.length - most)];
  const admitted = new Uint8Array(ranges.length);
  if (least === undefined) return admitted;
  let count = 0;
  for (let i = 0; i < best.length; i++) if (best[i]! > least) count += admitted[places[i]!] = 1;
  for (let i = 0; i < best.length && count < most; i++)
    if (best[i] === least) count += admitted[places[i]!] = 1;
  return admitted;
}

/** The indices with the highest promise, as many as `best` has room for, those that stand first among equals; ascending. */
function bestClauses(
  { offset, entry }: DocumentRange,
  columns: Promising,
  best: Float64Array,
  promises: Float64Array,
): number[] {
  const { clauses } = entry;
  if (clauses <= best.length) return Array.from({ length: clauses }, (_, i) => offset + i);
  promisesOf(columns, offset, offset + clauses, promises);
  const last = best.length - 1;
  best.fill(-Infinity);
  for (let i = 0; i < clauses; i++) {
    const own = promises[i]!;
    if (own <= best[last]!) continue;
    let place = last;
    for (; place > 0 && best[place - 1]! < own; place--) best[place] = best[place - 1]!;
    best[place] = own;
  }
  const least = best[last]!;
  // Of those that promise no more than the last, so many have room.
  let equal = best.length - best.indexOf(least);
  const chosen: number[] = [];
  for (let i = 0; chosen.length < best.length && i < clauses; i++) {
    const own = promises[i]!;
    if (own > least || (own === least && equal-- > 0)) chosen.push(offset + i);
  }
  return chosen;
}
