/** One topic, scored over the whole index. */
import type { Embedder } from '../embed/embedder.js';
import type { Thesaurus } from '../lexicon/thesaurus.js';
import type { Hit } from '../model/answer.js';
import type { IndexReader } from '../store/store.js';
import { fuse, type Weights } from './fusion.js';
import { makeHit, type ReadDocument } from './hit.js';
import { parseQuery, type Query } from './query.js';
import type { Ranked } from './rank.js';
import { gatherSignals, SIGNALS, type SignalTable } from './signals.js';

/** What a search works with. */
export interface SearchMeans {
  readonly store: IndexReader;
  readonly embedder: Embedder;
  readonly read: ReadDocument;
  readonly weights: Weights;
  /** Null: queries are taken as typed only. */
  readonly thesaurus: Thesaurus | null;
}

export interface ScoredTopic {
  readonly topic: string;
  readonly table: SignalTable;
  /** One fused score per clause, in the order of the table. */
  readonly fused: Float32Array;
  /** The highest of them. */
  readonly best: number;
  readonly toHit: (ranked: Ranked) => Hit;
}

/** What a rewritten query must be better by, in fused score: a synonym is our word, not the researcher's. */
const REWRITING_PENALTY = 1;

/**
 * Where the thesaurus knows a word of the query, the rewritten query is asked too and each clause keeps the better of its two
 * scores. Throws TiaowenError query-empty or query-too-long.
 */
export async function scoreTopic(means: SearchMeans, typed: string): Promise<ScoredTopic> {
  const { store, read, thesaurus } = means;
  const query = parseQuery(typed);
  const asked = await ask(means, query);
  const rewriting = thesaurus?.rewrite(query.text) ?? null;
  const rewritten = rewriting === null ? null : await ask(means, parseQuery(rewriting.text));
  const adopted = rewritten === null ? new Set<number>() : adoptBetter(asked, rewritten);
  const synonyms = rewriting?.used.map(({ term, official }) => `${term} → ${official[0]}`) ?? [];
  const { table, fused } = asked;
  return {
    topic: query.text,
    table,
    fused,
    best: fused.reduce((most, value) => Math.max(most, value), -Infinity),
    toHit: (ranked) => {
      const viaSynonyms = adopted.has(ranked.index);
      const { words } = viaSynonyms && rewritten !== null ? rewritten.query : query;
      return makeHit(store, read, { words, synonyms: viaSynonyms ? synonyms : [] }, table, ranked);
    },
  };
}

interface Asked {
  readonly query: Query;
  readonly table: SignalTable;
  readonly fused: Float32Array;
}

async function ask({ store, embedder, weights }: SearchMeans, query: Query): Promise<Asked> {
  const table = gatherSignals(store, query, await embedder.embedQuery(query.text));
  return { query, table, fused: fuse(table, weights) };
}

/** Clauses that the other query finds better take its scores; returns their indices. */
function adoptBetter(own: Asked, other: Asked): Set<number> {
  const adopted = new Set<number>();
  for (let i = 0; i < own.fused.length; i++) {
    const score = other.fused[i]! - REWRITING_PENALTY;
    if (score <= own.fused[i]!) continue;
    adopted.add(i);
    own.fused[i] = score;
    own.table.bestSentence[i] = other.table.bestSentence[i]!;
    for (const signal of SIGNALS) own.table.columns[signal][i] = other.table.columns[signal][i]!;
  }
  return adopted;
}
