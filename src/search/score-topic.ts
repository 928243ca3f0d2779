/** One topic, scored over the whole index. */
import type { Embedder } from '../embed/embedder.js';
import type { Thesaurus } from '../lexicon/thesaurus.js';
import type { Hit, Understood } from '../model/answer.js';
import type { DocumentEntry, IndexReader } from '../store/store.js';
import type { LateLimits } from './candidates.js';
import { admissionOf, type Admission } from './constraints.js';
import { fuse, type Weights } from './fusion.js';
import { makeHit, type ReadDocument } from './hit.js';
import { parseQuery, type PlaceSense, type Query } from './query/parse-query.js';
import { preferIntent } from './prefer-intent.js';
import type { Ranked } from './rank.js';
import type { SecondLook } from './rerank.js';
import { gatherSignals, GROUNDS, SIGNALS, type SignalTable } from './signals.js';

/** What a search works with. */
export interface SearchMeans {
  readonly store: IndexReader;
  readonly embedder: Embedder;
  readonly read: ReadDocument;
  readonly weights: Weights;
  /** Null: queries are taken as typed only. */
  readonly thesaurus: Thesaurus | null;
  /** Null, as in the evaluation: no places are looked for. */
  readonly places: PlaceSense | null;
  /** How much late interaction reads; not given: as the size of the index says. The evaluation tries others. */
  readonly late?: LateLimits | undefined;
}

export interface ScoredTopic {
  readonly understood: Understood;
  readonly table: SignalTable;
  /** One fused score per clause, in the order of the table; −∞ for clauses that the operators of the query rule out. */
  readonly fused: Float32Array;
  /** The same without late interaction, for what it did not read. */
  readonly dense: Float32Array;
  readonly bestDense: number;
  /** The highest late interaction of a whole clause in the index; null without token vectors. */
  readonly bestLate: number | null;
  /** Whether the fields of the query (文种:…) let a document be asked. */
  readonly asks: (entry: DocumentEntry) => boolean;
  /** Null: no cross-encoder is used. */
  readonly secondLook: SecondLook | null;
  readonly toHit: (ranked: Ranked) => Hit;
}

/** What a rewritten query must be better by, in fused score: a synonym is our word, not the researcher's. */
const REWRITING_PENALTY = 1;

/**
 * Where the thesaurus knows a word of the query, the rewritten query is asked too and each clause keeps the better of its two
 * scores. Throws TiaowenError query-empty or query-too-long.
 */
export async function scoreTopic(means: SearchMeans, typed: string): Promise<ScoredTopic> {
  const { store, read, thesaurus, places } = means;
  const query = parseQuery(typed, places);
  const asked = await ask(means, query);
  const rewriting = thesaurus?.rewrite(query.text) ?? null;
  const rewritten = rewriting === null ? null : await ask(means, parseQuery(rewriting.text));
  const adopted = rewritten === null ? new Set<number>() : adoptBetter(asked, rewritten);
  const synonyms = rewriting?.used.map(({ term, official }) => `${term} → ${official[0]}`) ?? [];
  const { table, fused } = asked;
  const dense = fuse(table, { ...means.weights, lateSentence: 0, lateWindow: 0, lateClause: 0 });
  const admission = admissionOf(store, query.operators, table.ranges);
  ruleOut(fused, admission);
  return {
    understood: {
      query: query.typed,
      topic: query.text,
      places: query.places,
      intents: query.intents,
      ...query.operators,
    },
    table,
    fused,
    dense,
    bestDense: mostOf(dense),
    bestLate: table.late ? mostOf(table.columns.lateClause) : null,
    asks: admission.document,
    secondLook: null,
    toHit: (ranked) => {
      const viaSynonyms = adopted.has(ranked.index);
      const { words } = viaSynonyms && rewritten !== null ? rewritten.query : query;
      return makeHit(store, read, { words, synonyms: viaSynonyms ? synonyms : [] }, table, ranked);
    },
  };
}

function mostOf(values: Float32Array): number {
  return values.reduce((most, value) => Math.max(most, value), -Infinity);
}

function ruleOut(fused: Float32Array, { clause }: Admission): void {
  for (let i = 0; i < fused.length; i++) if (!clause(i)) fused[i] = -Infinity;
}

interface Asked {
  readonly query: Query;
  readonly table: SignalTable;
  readonly fused: Float32Array;
}

async function ask({ store, embedder, weights, late }: SearchMeans, query: Query): Promise<Asked> {
  const table = gatherSignals(store, query, await embedder.embedQuery(query.text), late);
  const fused = fuse(table, weights);
  preferIntent(store, query.intents, table, fused);
  return { query, table, fused };
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
    for (const ground of GROUNDS) own.table.grounds[ground][i] = other.table.grounds[ground][i]!;
  }
  return adopted;
}
