/** One topic, scored over the whole index. */
import type { Embedder, Encoding } from '../embed/embedder.js';
import { prepareQuery } from '../kernel/interaction.js';
import { giveBack } from '../kernel/spare-columns.js';
import type { Rewriting, Thesaurus } from '../lexicon/thesaurus.js';
import type { Hit, Understood } from '../model/answer.js';
import type { DocumentEntry, IndexReader } from '../store/store.js';
import { adoptBetter } from './adopt-better.js';
import { backgroundOf, type Background } from './background.js';
import { chooseCandidates, type LateLimits } from './candidates.js';
import { admissionOf } from './constraints.js';
import { fuse, mostOf, shareWithoutLate, type Weights } from './fusion.js';
import { makeHit, type ReadMap, type Wording } from './hit.js';
import { interact, type Late, type LateQuery } from './late-interaction.js';
import { lexicalShares } from './lexical-shares.js';
import { isLookupOnly } from './lookup.js';
import type { NearSaying, SayingBank } from './saying-bank.js';
import { parseQuery, type PlaceSense, type Query } from './query/parse-query.js';
import { preferIntent } from './prefer-intent.js';
import type { Ranked } from './rank.js';
import type { SecondLook } from './rerank.js';
import {
  columnsOf,
  gatherSignals,
  keptOf,
  lookUp,
  scanned,
  type KeptTable,
  type Scanned,
} from './signals.js';
import { vote, type Asked } from './vote.js';

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
  /** One fused score per clause, in the order of the table. */
  readonly fused: Float32Array;
  /** By index: whether the operators of the query let a clause through; null: they rule none out. */
  readonly mayAnswer: ((index: number) => boolean) | null;
  /** Of a clause: its score without late interaction as a share of the best of the index, 0–1, for what late interaction did not read. */
  readonly relative: (index: number) => number;
  /** Of a clause: its highest cosine with the question or with what that may mean, −1 to 1. */
  readonly cosine: (index: number) => number;
  /** The highest late interaction of a whole clause in the index; null without token vectors. */
  readonly bestLate: number | null;
  readonly background: Background;
  /** Whether the fields of the query (文种:…) let a document be asked. */
  readonly asks: (entry: DocumentEntry) => boolean;
  /** Null: no cross-encoder is used. */
  readonly secondLook: SecondLook | null;
  readonly toHit: (ranked: Ranked) => Hit;
  /** Gives the columns back once the answer is put together: nothing may be asked of the topic after that. Not called, they are collected. */
  readonly release: () => void;
}

/**
 * Of BM25, as a share: below it the best clause has hardly a word of the question, as with everyday language. A question in words of the
 * documents needs no saying, and the neighbours that it would find only mislead (lexicon/README.md has what was measured).
 */
const OWN_WORDS = 0.2;

/**
 * Where the thesaurus knows a word of the query, the rewritten query is asked too and each clause keeps the better of its two
 * scores. Where no document has its words and the bank holds sayings that are near, what these mean votes. Throws TiaowenError query-empty or
 * query-too-long.
 */
export async function scoreTopic(means: SearchMeans, typed: string): Promise<ScoredTopic> {
  const [topic] = (await takeTopics(means, [typed])).scored;
  return topic!;
}

/** Several topics, in their order. */
export interface TakenTopics {
  readonly understood: readonly Understood[];
  /** Each is scored when it is come to. Who releases one before the next needs the memory of one: 6 MB of 150,000 clauses. */
  readonly scored: Iterable<ScoredTopic>;
}

/** A large index reads its vectors once for several of them. Throws as scoreTopic(). */
export async function takeTopics(means: SearchMeans, typed: readonly string[]): Promise<TakenTopics> {
  const topics: Topic[] = [];
  for (const one of typed) topics.push(await encodeTopic(means, one));
  return { understood: topics.map(({ understood }) => understood), scored: scoreInTurn(means, topics) };
}

function* scoreInTurn(means: SearchMeans, topics: readonly Topic[]): Generator<ScoredTopic, void> {
  const read = scanInTurn(
    means,
    topics.flatMap(({ own, rewritten, meant }) => [
      own,
      ...(rewritten === null ? [] : [rewritten]),
      ...meant,
    ]),
  );
  const askNext = () => ask(means, read.next().value!);
  for (const topic of topics) {
    const { rewriting, rewritten, near, meant } = topic;
    const asked = askNext();
    const other = rewritten === null ? null : askNext();
    const adopted = other === null ? null : adoptBetter(asked, other);
    const wordings = wordingsOf(asked, other, rewriting, near);
    if (other !== null) release(other);
    const [first, ...others] = meant.map(askNext);
    const closest = first === undefined ? null : vote(asked, [first, ...others]);
    if (first !== undefined) for (const one of [first, ...others]) release(one);
    yield scored(means, asked, topic.understood, {
      closest,
      wordingOf: (index) => wordings[adopted?.[index] === 1 ? 1 : 0],
    });
  }
}

/** What is asked for one topic, encoded. */
interface Topic {
  readonly understood: Understood;
  readonly own: Encoded;
  readonly rewriting: Rewriting | null;
  readonly rewritten: Encoded | null;
  readonly near: readonly NearSaying[];
  /** What `near` mean, in their order. */
  readonly meant: readonly Encoded[];
}

function understoodOf(query: Query, near: readonly NearSaying[]): Understood {
  return {
    query: query.typed,
    topic: query.text,
    places: query.places,
    intents: query.intents,
    ...query.operators,
    meanings: near
      .filter(({ topic }) => topic !== query.text)
      .map(({ topic, text }) => ({ topic, saying: text })),
  };
}

async function encodeTopic(
  { store, embedder, sayings, places, thesaurus }: SearchMeans,
  typed: string,
): Promise<Topic> {
  const query = parseQuery(typed, places);
  // 第十二条 alone is nobody's saying.
  const bank = isLookupOnly(query.text) ? null : sayings;
  // Only the bank has to know them before the scan.
  const words = bank === null ? null : lexicalShares(store, 'words', query.words);
  const own = { query, words, ...(await embedder.embedQuery(query.text)) };
  const rewriting = thesaurus?.rewrite(query.text) ?? null;
  let rewritten: Encoded | null = null;
  if (rewriting !== null) {
    const query = parseQuery(rewriting.text);
    rewritten = { query, words: null, ...(await embedder.embedQuery(query.text)) };
  }
  const near = bank !== null && words !== null && mostOf(words) < OWN_WORDS ? bank.nearest(own.sentence) : [];
  const meant: Encoded[] = [];
  for (const { meaning } of near) {
    // That it asks for a figure is not what the researcher asked.
    const query = { ...parseQuery(meaning), intents: [] };
    // Without a bank nothing is near.
    meant.push({ query, words: null, ...(await bank!.encode(query.text)) });
  }
  return { understood: understoodOf(query, near), own, rewriting, rewritten, near, meant };
}

/** How a hit was looked for: as the question has it, and as the thesaurus has it. */
function wordingsOf(
  { query }: AskedQuery,
  rewritten: AskedQuery | null,
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

/** Queries that are scanned, and read clauses for, at once: the scores of one take 20 bytes a clause until they are used. */
const SCANNED_AT_ONCE = 4;

interface Encoded extends Encoding {
  readonly query: Query;
  /** lexicalShares() of its words; null: not looked up yet. */
  readonly words: Float32Array | null;
}

interface Read extends Scanned {
  /** Null without token vectors. */
  readonly late: Late | null;
}

function* scanInTurn(
  { store, late: limits }: SearchMeans,
  encoded: readonly Encoded[],
): Generator<Read, undefined> {
  for (let first = 0; first < encoded.length; first += SCANNED_AT_ONCE) {
    const some = encoded.slice(first, first + SCANNED_AT_ONCE);
    const finish = store.beginScan(some.map(({ sentence }) => sentence));
    // Meanwhile other threads scan.
    const looked = some.map(({ query, words }) => lookUp(store, query, words));
    const scores = finish();
    const found = looked.map((one, i) => scanned(store, one, scores[i]!));
    const late = readLate(store, some, found, limits);
    for (const [i, one] of found.entries()) yield { ...one, late: late[i]! };
  }
}

/** Of each query; null where it, or the index, has no token vectors. */
function readLate(
  store: IndexReader,
  encoded: readonly Encoded[],
  found: readonly Scanned[],
  limits: LateLimits | undefined,
): (Late | null)[] {
  const { model, clauses } = store.status();
  const dimension = model?.tokenDimension ?? null;
  const queries = encoded.map(({ tokens }, i): LateQuery | null =>
    tokens === null || dimension === null
      ? null
      : { query: prepareQuery(tokens, dimension), candidates: chooseCandidates(found[i]!, limits) },
  );
  const read = interact(
    store,
    queries.filter((one) => one !== null),
    clauses,
  ).values();
  return queries.map((one) => (one === null ? null : read.next().value!));
}

/** What is said of each clause, by index. */
interface OfClause {
  /** vote() of what was meant; null: nothing was. */
  readonly closest: Float32Array | null;
  readonly wordingOf: (index: number) => Wording;
}

function scored(
  { store, readMap, weights }: SearchMeans,
  { query, table, fused }: AskedQuery,
  understood: Understood,
  { closest, wordingOf }: OfClause,
): ScoredTopic {
  const admission = admissionOf(store, query.operators, table.ranges);
  const relative = shareWithoutLate(table, weights);
  return {
    understood,
    table,
    fused,
    mayAnswer: admission.clause,
    relative: relative.of,
    cosine: (index) =>
      closest?.[index] ?? Math.max(table.columns.sentence[index]!, table.columns.window[index]!),
    bestLate: table.late ? mostOf(table.columns.lateClause) : null,
    background: backgroundOf(fused),
    asks: admission.document,
    secondLook: null,
    toHit: (ranked) => makeHit(store, readMap, wordingOf(ranked.index), table, ranked),
    release: () => {
      relative.release();
      release({ table, fused });
      if (closest !== null) giveBack(closest);
    },
  };
}

interface AskedQuery extends Asked {
  readonly query: Query;
}

function release({ table, fused }: Asked): void {
  giveBack(...columnsOf(table), fused);
}

function ask({ store, weights }: SearchMeans, read: Read): AskedQuery {
  const { query } = read;
  const table = gatherSignals(store, read, read.late, weights);
  const fused = fuse(table, weights);
  preferIntent(store, query.intents, table, fused);
  return { query, table: keptOf(table, weights), fused };
}
