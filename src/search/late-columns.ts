/** What late interaction says of every clause: what it read, and what is put for all that it did not. */
import type { PreparedQuery } from '../kernel/max-sim.js';
import type { IndexReader } from '../store/store.js';
import { chooseCandidates, type Candidates, type LateLimits } from './candidates.js';
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
  const { grounds, bestSentence } = table;
  const columns = columnsOf(table);
  const score = lateScorer(reader, query);
  const candidates = chooseCandidates(table, limits);
  const read: Read[] = [];
  for (const { range, chosen } of candidates) {
    const { entry, offset } = range;
    const scored: Read['scored'][number][] = [];
    const least: Values = { sentence: 1, window: 1, clause: 1, weakest: 1 };
    for (const index of chosen) {
      const late = score(entry.firstClause + index - offset);
      if (late === null) continue;
      scored.push({ index, late });
      for (const name of FILLED) if (late[name] < least[name]) least[name] = late[name];
    }
    if (scored.length > 0) read.push({ range, scored, least });
  }
  if (candidates.some(({ chosen }) => chosen.length === 0)) fillPassedOver(candidates, read, columns);
  for (const { range, scored, least } of read) {
    const { entry, offset } = range;
    const end = offset + entry.clauses;
    grounds.read.fill(1, offset, end);
    if (scored.length < entry.clauses)
      for (const name of FILLED) columns[name].fill(least[name], offset, end);
    for (const { index, late } of scored) {
      bestSentence[index] = late.sentenceKey;
      for (const name of FILLED) columns[name][index] = late[name];
    }
  }
}

/** A document of which clauses were scored, and the least that they got. */
interface Read {
  readonly range: DocumentRange;
  readonly scored: readonly { readonly index: number; readonly late: LateScores }[];
  readonly least: Values;
}

function columnsOf({ columns, grounds }: SignalTable): Record<(typeof FILLED)[number], Float32Array> {
  const { lateSentence, lateWindow, lateClause } = columns;
  return { sentence: lateSentence, window: lateWindow, clause: lateClause, weakest: grounds.weakest };
}

/**
 * Clauses of documents of which none was chosen, in a very large index, get what the least of the others are on average. Most documents are
 * such: whole columns are filled, and what was chosen or has no token vectors is written over.
 */
function fillPassedOver(
  candidates: readonly Candidates[],
  read: readonly Read[],
  columns: Record<(typeof FILLED)[number], Float32Array>,
): void {
  if (read.length === 0) return;
  const unread = candidates.filter(({ chosen }) => chosen.length > 0);
  for (const name of FILLED) {
    columns[name].fill(read.reduce((sum, { least }) => sum + least[name], 0) / read.length);
    for (const { range } of unread) columns[name].fill(0, range.offset, range.offset + range.entry.clauses);
  }
}
