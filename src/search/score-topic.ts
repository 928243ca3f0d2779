/** One topic, scored over the whole index. */
import type { Embedder } from '../embed/embedder.js';
import type { Hit } from '../model/answer.js';
import type { IndexReader } from '../store/store.js';
import { fuse, type Weights } from './fusion.js';
import { makeHit, type ReadDocument } from './hit.js';
import { parseQuery } from './query.js';
import type { Ranked } from './rank.js';
import { gatherSignals, type SignalTable } from './signals.js';

export interface ScoredTopic {
  readonly topic: string;
  readonly table: SignalTable;
  /** One fused score per clause, in the order of the table. */
  readonly fused: Float32Array;
  /** The highest of them. */
  readonly best: number;
  readonly toHit: (ranked: Ranked) => Hit;
}

/** Throws TiaowenError query-empty or query-too-long. */
export async function scoreTopic(
  store: IndexReader,
  embedder: Embedder,
  read: ReadDocument,
  weights: Weights,
  typed: string,
): Promise<ScoredTopic> {
  const query = parseQuery(typed);
  const encoding = await embedder.embedQuery(query.text);
  const table = gatherSignals(store, query, encoding);
  const fused = fuse(table, weights);
  const best = fused.reduce((most, value) => Math.max(most, value), -Infinity);
  return {
    topic: query.text,
    table,
    fused,
    best,
    toHit: (ranked) => makeHit(store, read, query, table, ranked),
  };
}
