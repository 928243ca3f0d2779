/** What speaks for each clause: one column per signal, one entry per clause of the index. */
import type { Encoding } from '../embed/embedder.js';
import type { DocumentEntry, IndexReader } from '../store/store.js';
import type { Query } from './query.js';

/** sentence, window: best cosine, −1 when there is none. words, bigrams, headings: BM25, 0 when nothing matches. */
export const SIGNALS = ['sentence', 'window', 'words', 'bigrams', 'headings'] as const;
export type Signal = (typeof SIGNALS)[number];

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
  /** Key of the sentence with the best cosine, or −1. */
  readonly bestSentence: Int32Array;
}

/** Scores every clause of the index, exactly. The table does not depend on any filter, so that a filter never changes an outcome. */
export function gatherSignals(reader: IndexReader, query: Query, encoding: Encoding): SignalTable {
  const ranges: DocumentRange[] = [];
  let size = 0;
  for (const entry of reader.documents()) {
    ranges.push({ entry, offset: size });
    size += entry.clauses;
  }
  const column = (fill: number) => new Float32Array(size).fill(fill);
  const columns = { sentence: column(-1), window: column(-1), words: column(0), bigrams: column(0), headings: column(0) };
  const bestSentence = new Int32Array(size).fill(-1);
  const lexical = {
    words: reader.lexical('words', query.words),
    bigrams: reader.lexical('bigrams', query.bigrams),
    headings: reader.lexical('headings', query.words),
  };
  for (const { entry, offset } of ranges) {
    const scores = reader.scan(encoding.sentence, entry.key);
    columns.sentence.set(scores.sentence, offset);
    // A clause of one sentence has no window: the sentence is all the context there is.
    for (let i = 0; i < entry.clauses; i++) {
      columns.window[offset + i] = scores.windowKey[i]! < 0 ? scores.sentence[i]! : scores.window[i]!;
    }
    bestSentence.set(scores.sentenceKey, offset);
  }
  for (const field of ['words', 'bigrams', 'headings'] as const) {
    for (const { entry, offset } of ranges) {
      for (let i = 0; i < entry.clauses; i++) columns[field][offset + i] = lexical[field].get(entry.firstClause + i) ?? 0;
    }
  }
  return { ranges, size, columns, bestSentence };
}
