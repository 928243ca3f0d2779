/** What speaks for each clause: one column per signal, one entry per clause of the index. */
import { giveBack, spareBytes, spareFloats } from '../kernel/spare-columns.js';
import type { ClauseScores, DocumentEntry, IndexReader } from '../store/store.js';
import type { Choosable } from './candidates.js';
import type { Weights } from './fusion.js';
import { addLate } from './late-columns.js';
import type { Late } from './late-interaction.js';
import { lexicalShares } from './lexical-shares.js';
import { addLookups } from './lookup.js';
import type { Query } from './query/parse-query.js';
import { workColumns } from './work-columns.js';

/**
 * sentence, window: best cosine of a passage of that kind. lateSentence, lateWindow, lateClause: late interaction. words, bigrams,
 * headings: BM25 as a share of what a clause could reach at most, 0–1. lookup: whether it stands at the place that the query names, 0–1.
 */
export const SIGNALS = [
  'sentence',
  'window',
  'lateSentence',
  'lateWindow',
  'lateClause',
  'words',
  'bigrams',
  'headings',
  'lookup',
] as const;
export type Signal = (typeof SIGNALS)[number];

/**
 * weakest: late interaction of the tokens that the clause supports least. rarest: 1 where the word of the query that is rarest in the
 * index stands anywhere in the document, else 0. read: 1 where late interaction read clauses of the document, 0 where it passed it over.
 */
export interface Grounds {
  readonly weakest: Float32Array;
  readonly rarest: Uint8Array;
  readonly read: Uint8Array;
}

/**
 * The clauses of one document are entries `offset` … `offset + entry.clauses − 1` of each column; entry i of them is the clause with
 * key `entry.firstClause + i`.
 */
export interface DocumentRange {
  readonly entry: DocumentEntry;
  readonly offset: number;
}

export interface SignalTable {
  readonly ranges: readonly DocumentRange[];
  readonly size: number;
  readonly columns: Readonly<Record<Signal, Float32Array>>;
  /** Whether there are token vectors to interact with; otherwise the late columns are all zero. */
  readonly late: boolean;
  /** What the judgement looks at beside the signals, one entry per clause. */
  readonly grounds: Grounds;
  /** Key of the sentence that matches best, or −1. */
  readonly bestSentence: Int32Array;
}

/** What an answer looks at once the clauses are ranked: a comparison keeps this of every topic until its end. */
export interface KeptTable extends Omit<SignalTable, 'columns'> {
  /** `bigrams` and `headings` where they have a weight. */
  readonly columns: Omit<SignalTable['columns'], 'lateSentence' | 'lateWindow' | 'bigrams' | 'headings'> &
    Partial<Pick<SignalTable['columns'], 'bigrams' | 'headings'>>;
}

/** The table is void then. */
export function keptOf(table: SignalTable, weights: Weights): KeptTable {
  const { sentence, window, lateClause, words, lookup, bigrams, headings } = table.columns;
  const weighed = {
    ...(weights.bigrams === 0 ? {} : { bigrams }),
    ...(weights.headings === 0 ? {} : { headings }),
  };
  if (weights.bigrams === 0) giveBack(bigrams);
  if (weights.headings === 0) giveBack(headings);
  return {
    ...table,
    columns: { sentence, window, lateClause: copyOf(lateClause), words, lookup, ...weighed },
  };
}

function copyOf(column: Float32Array): Float32Array {
  const copy = spareFloats(column.length);
  copy.set(column);
  return copy;
}

/** All that is kept of each clause. */
export function columnsOf({
  columns,
  grounds,
  bestSentence,
}: KeptTable): (Float32Array | Int32Array | Uint8Array)[] {
  return [
    ...(Object.values(columns) as Float32Array[]),
    grounds.weakest,
    grounds.rarest,
    grounds.read,
    bestSentence,
  ];
}

/** A query, and what its words say of each clause; the columns become the table's. */
export interface Looked {
  readonly query: Query;
  readonly words: Float32Array;
  readonly headings: Float32Array;
}

/** What needs no vectors. `words`: lexicalShares() of the query's words, where they are known. */
export function lookUp(reader: IndexReader, query: Query, words: Float32Array | null): Looked {
  return {
    query,
    words: words ?? lexicalShares(reader, 'words', query.words),
    // Whatever their weight: they choose the candidates of late interaction too.
    headings: lexicalShares(reader, 'headings', query.words),
  };
}

/** A query, and what is known of each clause before late interaction; the columns become the table's. */
export interface Scanned extends Choosable {
  readonly query: Query;
  readonly bestSentence: Int32Array;
}

/** `dense`: what the scan of the index with the query's sentence vector gave. */
export function scanned(
  reader: IndexReader,
  { query, words, headings }: Looked,
  { sentence, window, sentenceKey }: ClauseScores,
): Scanned {
  const { ranges, size } = rangesOf(reader.documents());
  return { query, ranges, size, columns: { sentence, window, words, headings }, bestSentence: sentenceKey };
}

/**
 * Scores every clause of the index. The table does not depend on any filter, so that a filter never changes an outcome. It holds until the
 * next call: keptOf() takes what is needed longer. What was scanned becomes part of it. `late`: null without token vectors.
 */
export function gatherSignals(
  reader: IndexReader,
  { query, ranges, size, columns: known, bestSentence }: Scanned,
  late: Late | null,
  weights: Weights,
): SignalTable {
  const blank = () => spareFloats(size).fill(0);
  const flags = () => spareBytes(size).fill(0);
  const { fusion } = workColumns(size);
  const [lateSentence, lateWindow, lateClause] = fusion.columns.slice(2).map((column) => column.fill(0));
  // Documents stand in the order of clause keys, so that a key is at once an index of the table.
  const columns = {
    ...known,
    lateSentence: lateSentence!,
    lateWindow: lateWindow!,
    lateClause: lateClause!,
    bigrams: blank(),
    lookup: blank(),
  };
  const grounds = { weakest: blank(), rarest: flags(), read: flags() };
  const table = { ranges, size, columns, grounds, late: late !== null, bestSentence };
  if (weights.bigrams !== 0) lexicalShares(reader, 'bigrams', query.bigrams, columns.bigrams);
  addRarest(reader, query, table);
  addLookups(reader, query.text, ranges, columns.lookup);
  if (late !== null) addLate(late, table);
  return table;
}

interface Ranges {
  readonly ranges: readonly DocumentRange[];
  readonly size: number;
}

/** Of the listing of a generation: the same for all of its questions. */
const rangesOfListing = new WeakMap<readonly DocumentEntry[], Ranges>();

function rangesOf(listing: readonly DocumentEntry[]): Ranges {
  const known = rangesOfListing.get(listing);
  if (known !== undefined) return known;
  let size = 0;
  const ranges = listing.map((entry): DocumentRange => {
    const range = { entry, offset: size };
    size += entry.clauses;
    return range;
  });
  rangesOfListing.set(listing, { ranges, size });
  return { ranges, size };
}

/** A word that is nowhere in the index is the rarest of all. */
function addRarest(reader: IndexReader, { words }: Query, { ranges, size, grounds }: SignalTable): void {
  const frequencies = reader.clauseFrequencies('words', words);
  const rarest = words[frequencies.indexOf(Math.min(...frequencies))]!;
  const holds = spareBytes(size).fill(0);
  for (const key of reader.clausesWith('words', rarest)) holds[key] = 1;
  for (const { entry, offset } of ranges) {
    const end = offset + entry.clauses;
    let i = offset;
    while (i < end && holds[i] === 0) i++;
    if (i < end) grounds.rarest.fill(1, offset, end);
  }
  giveBack(holds);
}
