/** The knowledge base over a store and an embedder. */
import { citationLine } from './cite/citation-line.js';
import { formatCitation } from './cite/format-citation.js';
import { accessedOn, pagesOf } from './cite/from-file.js';
import type { Embedder } from './embed/embedder.js';
import type { Reranker } from './embed/reranker.js';
import type { DocumentSummary, KnowledgeBase } from './knowledge-base.js';
import type { Thesaurus } from './lexicon/thesaurus.js';
import type { SayingBank } from './search/saying-bank.js';
import type { Understood } from './model/answer.js';
import type { Clause } from './model/clause.js';
import type { PolicyDocument, SourceFile } from './model/document.js';
import { PackedMap } from './model/packed-map.js';
import type { Span } from './model/span.js';
import { TiaowenError } from './model/errors.js';
import type { Jurisdiction } from './model/jurisdiction.js';
import { ComparisonInTurn } from './search/compare.js';
import { appliesIn, divisionsOf, isWithin, passes, type Filter, type FindDivision } from './search/filter.js';
import { WEIGHTS, type Weights } from './search/fusion.js';
import { documentRef } from './search/hit.js';
import { onOneGeneration } from './search/one-generation.js';
import { pageStarts, printedLines, sourcePlace } from './search/source-place.js';
import type { FindPlaces } from './search/query/places.js';
import { CELL_DEPTH, lookAgain, rangesOf, rankTopic, SEARCH_DEPTH } from './search/rerank.js';
import { scoreTopic, takeTopics, type ScoredTopic, type SearchMeans } from './search/score-topic.js';
import { divisionsOfUnreadable } from './search/unreadable.js';
import type { DocumentRange } from './search/signals.js';
import type { DocumentEntry, IndexReader } from './store/store.js';

/** The most topics of one comparison. */
export const MAX_TOPICS = 20;
export const SEARCH_LIMIT = { least: 1, most: 100, usual: 10 } as const;
export const PER_CELL = { least: 1, most: 100, usual: 3 } as const;

/** What a knowledge base stands on. The store is refreshed before each question, so that a new generation is picked up. */
export interface Foundations {
  readonly store: IndexReader & { refresh(): boolean; close(): void };
  /** Called at the first question: listing, reading and citing need no model. Throws the TiaowenErrors of the model. */
  readonly embedder: () => Promise<Embedder>;
  /** Called at the first question too. Gives null, or not given: the order of the fused score stands. */
  readonly reranker?: () => Promise<Reranker | null>;
  readonly findDivision: FindDivision;
  /** Names of divisions in a query; null, or not given: they are words like any other. */
  readonly findPlaces?: FindPlaces | null;
  /** Null, or not given: queries are taken as typed only. */
  readonly thesaurus?: Thesaurus | null;
  /** Opened with the embedder. Null, or not given: no saying votes. */
  readonly sayings?: ((embedder: Embedder) => Promise<SayingBank | null>) | undefined;
  /** Weights of the fusion; the evaluation tries others. */
  readonly weights?: Weights;
}

export function createKnowledgeBase({
  store,
  embedder: openEmbedder,
  reranker: openReranker = () => Promise.resolve(null),
  findDivision,
  findPlaces = null,
  thesaurus = null,
  sayings: openSayings = () => Promise.resolve(null),
  weights = WEIGHTS,
}: Foundations): KnowledgeBase {
  let documents = new Map<string, PolicyDocument>();
  let maps = new Map<string, PackedMap>();
  /** By path; read once a generation: each row holds the noise of a whole file. */
  let files: Map<string, SourceFile> | null = null;
  const sources = () => (files ??= new Map(store.files().map((file) => [file.path, file])));
  /** Found once a generation too, and without keeping what else is known of files. */
  let unreadable: readonly Jurisdiction[] | null = null;
  const unreadableDivisions = () =>
    (unreadable ??=
      store.status().unreadable === 0 ? [] : divisionsOfUnreadable(store.files(), findDivision));
  const refresh = () => {
    if (!store.refresh()) return;
    documents = new Map();
    maps = new Map();
    files = null;
    unreadable = null;
  };
  const readKept = <T>(kept: Map<string, T>, id: string, most: number, readAnew: () => T | null): T => {
    const held = kept.get(id);
    if (held !== undefined) return held;
    const found = readAnew();
    if (!found) throw new TiaowenError('document-unknown', `没有编号为“${id}”的文件。它可能已从语料中移除。`);
    if (kept.size >= most) kept.delete(kept.keys().next().value!);
    kept.set(id, found);
    return found;
  };
  const read = (id: string) => readKept(documents, id, DOCUMENTS_KEPT, () => store.document(id));
  const readMap = (id: string, span: Span) =>
    readKept(maps, id, MAPS_KEPT, () => {
      const map = store.sourceMap(id);
      return map === null ? null : new PackedMap(map);
    }).around(span);
  const sourceOf = ({ id, file }: PolicyDocument): SourceFile => {
    const source = sources().get(file);
    if (!source) throw new RangeError(`document ${id} is of ${file}, which is not listed`);
    return source;
  };
  const clauseOf = (id: string): Clause => {
    const clause = store.clause(id);
    if (!clause)
      throw new TiaowenError(
        'clause-unknown',
        `没有编号为“${id}”的条款。它可能已从语料中移除，或编号抄写有误。`,
      );
    return clause;
  };
  let opened: Promise<Embedder> | null = null;
  const embedder = () => (opened ??= openEmbedder());
  let openedSayings: Promise<SayingBank | null> | null = null;
  const sayings = async () => (openedSayings ??= openSayings(await embedder()));
  let openedReranker: Promise<Reranker | null> | null = null;
  const reranker = () => (openedReranker ??= openReranker());
  const isHeld = (division: Jurisdiction) =>
    store
      .documents()
      .some(({ metadata }) => metadata.jurisdiction && isWithin(metadata.jurisdiction, division));
  const meansOf = async ({ literal = false }: { readonly literal?: boolean }): Promise<SearchMeans> => {
    const places = { findDivision, findPlaces: literal ? null : findPlaces, held: isHeld };
    const models = { embedder: await embedder(), sayings: await sayings() };
    return { store, ...models, readMap, weights, thesaurus, places };
  };
  const readAgain = async (
    scored: ScoredTopic,
    groups: () => readonly (readonly DocumentRange[])[],
    depth: number,
  ) => {
    const model = await reranker();
    return model === null ? scored : lookAgain({ store, reranker: model }, scored, groups(), depth);
  };
  /** The places that all of the topics name: a topic without one asks about every place. */
  const placesOf = (understood: readonly Understood[]) =>
    understood.every(({ places }) => places.length > 0)
      ? understood.flatMap(({ places }) => places.flatMap(({ divisions }) => divisions))
      : [];
  const select = (filter: Filter) => {
    const divisions = divisionsOf(filter.jurisdictions ?? [], findDivision);
    if (filter.document !== undefined) read(filter.document);
    return { divisions, entries: store.documents().filter((entry) => passes(entry, filter, divisions)) };
  };
  const summaryOf = (entry: DocumentEntry): DocumentSummary => ({
    ...documentRef(entry),
    clauses: entry.clauses,
    diagnostics: entry.diagnostics,
    sha256: sources().get(entry.file)?.sha256 ?? '',
  });

  return {
    async search(typed, options = {}) {
      const limit = inRange('limit', options.limit, SEARCH_LIMIT);
      return onOneGeneration(store, refresh, async () => {
        const { entries } = select(options);
        const scored = await scoreTopic(await meansOf(options), typed);
        const { understood, toHit } = scored;
        const ranges = rangesOf(scored, within(entries, placesOf([understood])));
        const read = await readAgain(scored, () => [ranges], SEARCH_DEPTH);
        const hits = rankTopic(read, ranges, SEARCH_DEPTH, limit).map(toHit);
        scored.release();
        return { query: understood.query, understood, hits };
      });
    },

    async compare(topics, options = {}) {
      const perCell = inRange('perCell', options.perCell, PER_CELL);
      if (topics.length === 0)
        throw new TiaowenError('query-empty', '没有给出主题。请至少输入一个主题，例如“教师轮岗交流”。');
      if (topics.length > MAX_TOPICS) {
        throw new TiaowenError(
          'too-many-topics',
          `一次最多比较 ${MAX_TOPICS} 个主题，收到 ${topics.length} 个。`,
        );
      }
      return onOneGeneration(store, refresh, async () => {
        const { divisions, entries } = select(options);
        const { understood, scored } = await takeTopics(await meansOf(options), topics);
        const places = placesOf(understood);
        const shown = within(entries, places).filter(
          ({ metadata }) => options.templates || !metadata.template,
        );
        const filtered =
          options.kind !== undefined || options.year !== undefined || options.document !== undefined;
        // What an unreadable file is about is not known: under such a filter it is neither in nor out.
        const unreadable = filtered ? [] : unreadableDivisions();
        const comparison = new ComparisonInTurn(shown, perCell);
        for (const one of scored) {
          const ranges = () => comparison.groups.map((held) => rangesOf(one, held));
          comparison.add(await readAgain(one, ranges, CELL_DEPTH));
          // Before the next one is scored: of a large index each topic takes megabytes.
          one.release();
        }
        return comparison.end({ asked: places.length > 0 ? places : divisions, unreadable });
      });
    },

    documents(filter = {}) {
      refresh();
      return select(filter).entries.map(summaryOf);
    },

    files() {
      refresh();
      return [...sources().values()];
    },

    document(id) {
      refresh();
      const document = read(id);
      const entry = store.documents().find((one) => one.id === id);
      if (!entry)
        throw new TiaowenError('document-unknown', `没有编号为“${id}”的文件。它可能已从语料中移除。`);
      const { provenance, text, map, headings, frontMatter, clauses, diagnostics } = document;
      const { noise, ...source } = sourceOf(document);
      return {
        document: summaryOf(entry),
        source,
        provenance,
        text,
        map,
        pages: pageStarts(store, document),
        outline: headings,
        frontMatter,
        clauses,
        diagnostics,
        noise,
      };
    },

    original(documentId) {
      refresh();
      const { path, sha256, mediaType, encoding } = sourceOf(read(documentId));
      const content = store.original(sha256);
      if (content) return { path, sha256, mediaType, encoding, content };
      throw new TiaowenError(
        'original-missing',
        `索引中没有保存 ${path} 的原件（索引由较早的版本建立）。请运行 tiaowen ingest 补上。`,
      );
    },

    clause(id) {
      refresh();
      const clause = clauseOf(id);
      const document = read(clause.documentId);
      const neighbour = (ordinal: number) => {
        const found = document.clauses[ordinal];
        return found ? { id: found.id, label: found.label, text: found.text } : null;
      };
      return {
        clause,
        citation: citationLine(document.metadata, clause),
        document: documentRef(document),
        source: {
          ...sourcePlace(store, document, clause.span),
          lines: printedLines(store, document, clause.span),
        },
        previous: neighbour(clause.ordinal - 1),
        next: neighbour(clause.ordinal + 1),
      };
    },

    citation(clauseId, style) {
      refresh();
      const clause = clauseOf(clauseId);
      const document = read(clause.documentId);
      const { url, retrieved } = sourceOf(document);
      const pages = pagesOf(printedLines(store, document, clause.span));
      const source = { ...documentRef(document), url };
      return formatCitation(source, { ...clause, pages }, style, accessedOn(retrieved));
    },

    status() {
      refresh();
      const held = new Map<string, { jurisdiction: Jurisdiction; documents: number }>();
      for (const { metadata } of store.documents()) {
        if (!metadata.jurisdiction) continue;
        const { code } = metadata.jurisdiction;
        held.set(code, {
          jurisdiction: metadata.jurisdiction,
          documents: (held.get(code)?.documents ?? 0) + 1,
        });
      }
      const jurisdictions = [...held.values()].sort((a, b) =>
        a.jurisdiction.code < b.jurisdiction.code ? -1 : 1,
      );
      return { ...store.status(), jurisdictions };
    },

    async ready() {
      // The first pass loads the network: nobody should wait for it.
      await (await embedder()).embedQuery('条文');
      await sayings();
      await (await reranker())?.rerank('条文', ['条文']);
    },

    async close() {
      store.close();
      for (const model of [opened, openedReranker])
        await model?.then(
          (one) => one?.close(),
          () => undefined,
        );
    },
  };
}

/** Those that apply in one of these places; all of them when none is named. */
function within(
  entries: readonly DocumentEntry[],
  places: readonly Jurisdiction[],
): readonly DocumentEntry[] {
  return places.length === 0 ? entries : entries.filter(({ metadata }) => appliesIn(metadata, places));
}

/** Documents kept in memory between questions, and source maps, 2 kB each, which a comparison over very many places needs by the hundred. */
const DOCUMENTS_KEPT = 64;
const MAPS_KEPT = 4096;

function inRange(
  name: string,
  value: number | undefined,
  range: { least: number; most: number; usual: number },
): number {
  if (value === undefined) return range.usual;
  if (Number.isInteger(value) && value >= range.least && value <= range.most) return value;
  throw new TiaowenError(
    'limit-out-of-range',
    `${name} 应为 ${range.least}–${range.most} 的整数，收到 ${value}。`,
  );
}
