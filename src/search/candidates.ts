/** Which clauses are worth late interaction: reading their token vectors is what a question costs. */
import type { DocumentRange, SignalTable } from './signals.js';

export interface Candidates {
  readonly range: DocumentRange;
  /** Indices into the columns of the table, ascending. */
  readonly chosen: readonly number[];
}

/** Clauses of each document that are scored, at most and at least; a document with so few is scored whole. */
const MOST_PER_DOCUMENT = 16;
const LEAST_PER_DOCUMENT = 2;
/** Clauses that are scored in all, about: 15 ms a hundred. Every document keeps its best ones, so that no district is passed over. */
const BUDGET = 2048;

/**
 * Per document the clauses with the best passage vectors and words. Against scoring all clauses of the open suites that lost 0.00 to 0.02
 * of hit@1 (one cell) and 0.00 to 0.01 of nDCG@10, for a third of the time.
 */
export function chooseCandidates(table: SignalTable): Candidates[] {
  const share = Math.floor(BUDGET / table.ranges.length);
  const perDocument = Math.min(MOST_PER_DOCUMENT, Math.max(LEAST_PER_DOCUMENT, share));
  const { sentence, window, words, headings } = table.columns;
  // Cosines of a good and a middling clause differ by about 0.1, shares of words by about 0.5.
  const promise = (index: number) =>
    sentence[index]! + window[index]! + 0.4 * words[index]! + 0.1 * headings[index]!;
  return table.ranges.map((range) => {
    const { offset, entry } = range;
    const all = Array.from({ length: entry.clauses }, (_, i) => offset + i);
    if (all.length <= perDocument) return { range, chosen: all };
    const best = all.sort((a, b) => promise(b) - promise(a) || a - b).slice(0, perDocument);
    return { range, chosen: best.sort((a, b) => a - b) };
  });
}
