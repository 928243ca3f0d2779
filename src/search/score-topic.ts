/** One topic, scored over the whole index. */
import type { Embedder, Encoding } from '../embed/embedder.js';
import { giveBack } from '../kernel/spare-columns.js';
import type { Rewriting, Thesaurus } from '../lexicon/thesaurus.js';
import type { Hit, Understood } from '../model/answer.js';
import type { DocumentEntry, IndexReader } from '../store/store.js';
import { adoptBetter } from './adopt-better.js';
import type { LateLimits } from './candidates.js';
import { admissionOf, type Admission } from './constraints.js';
import { fuse, mostOf, shareWithoutLate, type Weights } from './fusion.js';
import { makeHit, type ReadMap, type Wording } from './hit.js';
import type { NearSaying, SayingBank } from './saying-bank.js';
import { parseQuery, type PlaceSense, type Query } from './query/parse-query.js';
import { preferIntent } from './prefer-intent.js';
import type { Ranked } from './rank.js';
import type { SecondLook } from './rerank.js';
import { columnsOf, gatherSignals, keptOf, type KeptTable, type Scanned } from './signals.js';

/** What a search works with. */
export interface SearchMeans {
  readonly store: IndexReader;
  readonly embedder: Embedder;
  readonly readMap: ReadMap;
  readonly weights: Weights;
  /** Null: queries are taken as typed only. */
  readonly thesaurus: Thesaurus | null;
  /** Null: no saying votes. */
  readonly sayings: SayingBank | null;
  /** Null, as in the evaluation: no places are looked for. */
  readonly places: PlaceSense | null;
  /** How much late interaction reads; not given: as the size of the index says. The evaluation tries others. */
  readonly late?: LateLimits | undefined;
}

export interface ScoredTopic {
  readonly understood: Understood;
  readonly table: KeptTable;
  /** One fused score per clause, in the order of the table; −∞ for clauses that the operators of the query rule out. */
  readonly fused: Float32Array;
  /** Of a clause: its score without late interaction as a share of the best of the index, 0–1, for what late interaction did not read. */
  readonly relative: (index: number) => number;
  /** The highest late interaction of a whole clause in the index; null without token vectors. */
  readonly bestLate: number | null;
  /** Whether the fields of the query (文种:…) let a document be asked. */
  readonly asks: (entry: DocumentEntry) => boolean;
  /** Null: no cross-encoder is used. */
  readonly secondLook: SecondLook | null;
  readonly toHit: (ranked: Ranked) => Hit;
  /** Gives the columns back once the answer is put together: nothing may be asked of the topic after that. Not called, they are collected. */
  readonly release: () => void;
}

/** How much the topics of the nearest sayings count beside the question itself: they may be neighbours of what was meant. */
const SAYING_WEIGHT = 0.25;

/**
 * Of BM25, as a share: below it the best clause has hardly a word of the question, as with everyday language. A question in words of the
 * documents needs no saying, and the neighbours that it would find only mislead (lexicon/README.md has what was measured).
 */
const OWN_WORDS = 0.2;

/**
 * Where the thesaurus knows a word of the query, the rewritten query is asked too and each clause keeps the better of its two
 * scores. Where no document has its words and the bank holds sayings that are near, the topics of these vote. Throws TiaowenError query-empty or query-too-long.
 */
export async function scoreTopic(means: SearchMeans, typed: string): Promise<ScoredTopic> {
  return (await scoreTopics(means, [typed]))[0]!;
}

/** Several topics, in their order: a large index reads its vectors once for several of them. Throws as scoreTopic(). */
export async function scoreTopics(means: SearchMeans, typed: readonly string[]): Promise<ScoredTopic[]> {
  const { thesaurus, places, sayings } = means;
  const topics = typed.map((one) => {
    const query = parseQuery(one, places);
    const rewriting = thesaurus?.rewrite(query.text) ?? null;
    return { queries: [query, ...(rewriting === null ? [] : [parseQuery(rewriting.text)])], rewriting };
  });
  const { store, embedder } = means;
  const read = await readAll(
    store,
    (text) => embedder.embedQuery(text),
    topics.flatMap(({ queries }) => queries),
  );
  const results = topics.map(({ queries, rewriting }) => {
    const [asked, rewritten] = queries.map(() => ask(means, read.next().value!));
    const adopted = rewritten === undefined ? null : adoptBetter(asked!, rewritten);
    const foreign = sayings !== null && mostOf(asked!.table.columns.words) < OWN_WORDS;
    const near = foreign ? sayings.nearest(asked!.sentence) : [];
    if (rewritten !== undefined) release(rewritten);
    const wordings = wordingsOf(asked!, rewritten ?? null, rewriting, near);
    return { scored: scored(means, asked!, (index) => wordings[adopted?.[index] === 1 ? 1 : 0]), near };
  });
  const meant = await readAll(
    store,
    // Without a bank nothing is near.
    (topic) => sayings!.encode(topic),
    results.flatMap(({ near }) => near.map(({ topic }) => parseQuery(topic))),
  );
  for (const { scored, near } of results) {
    const [first, ...others] = near.map(() => ask(means, meant.next().value!));
    if (first === undefined) continue;
    vote(scored, [first, ...others]);
    for (const one of [first, ...others]) release(one);
  }
  return results.map(({ scored }) => scored);
}

async function readAll(
  store: IndexReader,
  encode: (text: string) => Promise<Encoding>,
  queries: readonly Query[],
): Promise<Generator<Read, undefined>> {
  const encoded: Encoded[] = [];
  for (const query of queries) encoded.push({ query, ...(await encode(query.text)) });
  return scanInTurn(store, encoded);
}

/** How a hit was looked for: as the question has it, and as the thesaurus has it. */
function wordingsOf(
  { query }: Asked,
  rewritten: Asked | null,
  rewriting: Rewriting | null,
  near: readonly NearSaying[],
): readonly [Wording, Wording] {
  const meant = near.map(({ text, topic }) => `“${text}” → ${topic}`);
  const synonyms = rewriting?.used.map(({ term, official }) => `${term} → ${official[0]}`) ?? [];
  return [
    { words: query.words, synonyms: meant },
    { words: rewritten?.query.words ?? query.words, synonyms: [...synonyms, ...meant] },
  ];
}

/** Queries that are scanned at once: the scores of one take 16 bytes a clause until they are used. */
const SCANNED_AT_ONCE = 4;

interface Encoded extends Encoding {
  readonly query: Query;
}

interface Read extends Scanned {
  /** Of the query: its sentence vector. */
  readonly sentence: Float32Array;
}

function* scanInTurn(store: IndexReader, encoded: readonly Encoded[]): Generator<Read, undefined> {
  for (let first = 0; first < encoded.length; first += SCANNED_AT_ONCE) {
    const some = encoded.slice(first, first + SCANNED_AT_ONCE);
    const scores = store.scanAll(some.map(({ sentence }) => sentence));
    for (const [i, each] of some.entries()) yield { ...each, dense: scores[i]! };
  }
}

function scored(
  { store, readMap, weights }: SearchMeans,
  { query, table, fused }: Asked,
  wordingOf: (index: number) => Wording,
): ScoredTopic {
  const admission = admissionOf(store, query.operators, table.ranges);
  ruleOut(fused, admission);
  const relative = shareWithoutLate(table, weights);
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
    relative: relative.of,
    bestLate: table.late ? mostOf(table.columns.lateClause) : null,
    asks: admission.document,
    secondLook: null,
    toHit: (ranked) => makeHit(store, readMap, wordingOf(ranked.index), table, ranked),
    release: () => {
      relative.release();
      release({ table, fused });
    },
  };
}

/**
 * What may have been meant votes on each clause, by the one of the topics that explains it best; where that explains the clause better than
 * the question itself, its sentence is the one to show, for the question's words single out none.
 */
function vote({ fused, table }: ScoredTopic, [best, ...others]: readonly [Asked, ...Asked[]]): void {
  for (const other of others) takeBetter(best, other);
  for (let i = 0; i < fused.length; i++) {
    if (best.fused[i]! > fused[i]!) table.bestSentence[i] = best.table.bestSentence[i]!;
    fused[i]! += SAYING_WEIGHT * best.fused[i]!;
  }
}

/** Of each clause, the score and the sentence of the one that explains it better. */
function takeBetter(best: Asked, other: Asked): void {
  for (let i = 0; i < best.fused.length; i++) {
    if (other.fused[i]! <= best.fused[i]!) continue;
    best.fused[i] = other.fused[i]!;
    best.table.bestSentence[i] = other.table.bestSentence[i]!;
  }
}

function ruleOut(fused: Float32Array, { clause }: Admission): void {
  if (clause === null) return;
  for (let i = 0; i < fused.length; i++) if (!clause(i)) fused[i] = -Infinity;
}

interface Asked {
  readonly query: Query;
  readonly sentence: Float32Array;
  readonly table: KeptTable;
  readonly fused: Float32Array;
}

function release({ table, fused }: Pick<Asked, 'table' | 'fused'>): void {
  giveBack(...columnsOf(table), fused);
}

function ask({ store, weights, late }: SearchMeans, read: Read): Asked {
  const { query, sentence } = read;
  const table = gatherSignals(store, read, weights, late);
  const fused = fuse(table, weights);
  preferIntent(store, query.intents, table, fused);
  return { query, sentence, table: keptOf(table, weights), fused };
}
