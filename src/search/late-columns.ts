/** What late interaction says of every clause: what it read, and what is put for all that it did not. */
import type { Candidates } from './candidates.js';
import type { Late } from './late-interaction.js';
import type { SignalTable } from './signals.js';

/** One number of each column that is filled here. */
type Values = Record<'sentence' | 'window' | 'clause' | 'weakest', number>;

/** Clauses that were not chosen get the least that a chosen one of their document got: they are no better, and can't be told apart. */
export function addLate({ candidates, scores }: Late, table: SignalTable): void {
  const { columns, grounds, bestSentence } = table;
  let first = 0;
  const sums: Values = { sentence: 0, window: 0, clause: 0, weakest: 0 };
  let read = 0;
  for (const { range, chosen } of candidates) {
    const from = first;
    first += chosen.length;
    const least = leastOf(scores, from, first);
    if (least === null) continue;
    read++;
    add(sums, least);
    const end = range.offset + range.entry.clauses;
    grounds.read.fill(1, range.offset, end);
    fill(table, least, range.offset, end);
    for (let i = 0; i < chosen.length; i++) {
      const late = scores(from + i);
      if (late === null) continue;
      const index = chosen[i]!;
      columns.lateSentence[index] = late.sentence;
      columns.lateWindow[index] = late.window;
      columns.lateClause[index] = late.clause;
      grounds.weakest[index] = late.weakest;
      bestSentence[index] = late.sentenceKey;
    }
  }
  if (read > 0) fillPassedOver(table, candidates, meanOf(sums, read));
}

/** Clauses of documents that are not read, in a very large index, get what the least of the others are on average. */
function fillPassedOver(table: SignalTable, candidates: readonly Candidates[], mean: Values): void {
  // Documents stand side by side, and most are such: a stretch of them at a time.
  let from = 0;
  for (const { range } of candidates) {
    fill(table, mean, from, range.offset);
    from = range.offset + range.entry.clauses;
  }
  fill(table, mean, from, table.size);
}

function fill({ columns, grounds }: SignalTable, values: Values, from: number, to: number): void {
  if (from >= to) return;
  columns.lateSentence.fill(values.sentence, from, to);
  columns.lateWindow.fill(values.window, from, to);
  columns.lateClause.fill(values.clause, from, to);
  grounds.weakest.fill(values.weakest, from, to);
}

/** Of the clauses from one place to another; null where none has token vectors. */
function leastOf(scores: Late['scores'], from: number, to: number): Values | null {
  const least: Values = { sentence: 1, window: 1, clause: 1, weakest: 1 };
  let found = false;
  for (let place = from; place < to; place++) {
    const late = scores(place);
    if (late === null) continue;
    found = true;
    if (late.sentence < least.sentence) least.sentence = late.sentence;
    if (late.window < least.window) least.window = late.window;
    if (late.clause < least.clause) least.clause = late.clause;
    if (late.weakest < least.weakest) least.weakest = late.weakest;
  }
  return found ? least : null;
}

function add(sums: Values, { sentence, window, clause, weakest }: Values): void {
  sums.sentence += sentence;
  sums.window += window;
  sums.clause += clause;
  sums.weakest += weakest;
}

function meanOf({ sentence, window, clause, weakest }: Values, count: number): Values {
  return {
    sentence: sentence / count,
    window: window / count,
    clause: clause / count,
    weakest: weakest / count,
  };
}
