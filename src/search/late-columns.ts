/** What late interaction says of every clause: what it read, and what is put for all that it did not. */
import type { PreparedQuery } from '../kernel/max-sim.js';
import type { IndexReader } from '../store/store.js';
import { chooseCandidates, type LateLimits } from './candidates.js';
import { lateScorer, type LateScores } from './late-interaction.js';
import type { DocumentRange, SignalTable } from './signals.js';

/** The columns that are filled here, with the name of what goes into each. */
const FILLED = ['sentence', 'window', 'clause', 'weakest'] as const;
type Values = Record<(typeof FILLED)[number], number>;

/** Clauses that were not chosen get the least that a chosen one of their document got: they are no better, and can't be told apart. */
export function addLate(
  reader: IndexReader,
  query: PreparedQuery,
  table: SignalTable,
  limits: LateLimits | undefined,
): void {
  const columns = columnsOf(table);
  const passedOver: DocumentRange[] = [];
  const ends: Values[] = [];
  const score = lateScorer(reader, query);
  for (const { range, chosen } of chooseCandidates(table, limits)) {
    const { entry, offset } = range;
    const scored: { readonly index: number; readonly late: LateScores }[] = [];
    const least: Values = { sentence: 1, window: 1, clause: 1, weakest: 1 };
    for (const index of chosen) {
      const late = score(entry.firstClause + index - offset);
      if (late === null) continue;
      scored.push({ index, late });
      for (const name of FILLED) if (late[name] < least[name]) least[name] = late[name];
    }
    if (chosen.length === 0) passedOver.push(range);
    if (scored.length === 0) continue;
    ends.push(least);
    const end = offset + entry.clauses;
    table.grounds.read.fill(1, offset, end);
    if (scored.length < entry.clauses)
      for (const name of FILLED) columns[name].fill(least[name], offset, end);
    for (const { index, late } of scored) {
      table.bestSentence[index] = late.sentenceKey;
      for (const name of FILLED) columns[name][index] = late[name];
    }
  }
  fillPassedOver(passedOver, ends, columns);
}

function columnsOf({ columns, grounds }: SignalTable): Record<(typeof FILLED)[number], Float32Array> {
  const { lateSentence, lateWindow, lateClause } = columns;
  return { sentence: lateSentence, window: lateWindow, clause: lateClause, weakest: grounds.weakest };
}

/** Clauses of documents of which none was chosen, in a very large index, get what the least of the others are on average. */
function fillPassedOver(
  ranges: readonly DocumentRange[],
  ends: readonly Values[],
  columns: Record<(typeof FILLED)[number], Float32Array>,
): void {
  if (ends.length === 0) return;
  for (const name of FILLED) {
    const mean = ends.reduce((sum, one) => sum + one[name], 0) / ends.length;
    for (const { entry, offset } of ranges) columns[name].fill(mean, offset, offset + entry.clauses);
  }
}
