/** Ingests a family into a fresh index and asks all its topics. */
import type { Embedder } from '../../src/embed/embedder.js';
import type { Reranker } from '../../src/embed/reranker.js';
import { toSource } from '../../src/model/source-map.js';
import { cellOf } from '../../src/search/compare.js';
import { CELL_DEPTH, lookAgain, rangesOf, rankTopic, SEARCH_DEPTH } from '../../src/search/rerank.js';
import { scoreTopic, type ScoredTopic, type SearchMeans } from '../../src/search/score-topic.js';
import type { DocumentRange } from '../../src/search/signals.js';
import type { Store } from '../../src/store/store.js';
import { documentsByFile, withIndex } from './index-of-family.js';
import { ndcgAt10, type CellResult, type TopicResult } from './metrics.js';
import type { Family, GoldPlace, Topic } from './suite.js';

export interface FamilyResult {
  readonly cells: CellResult[];
  readonly topics: TopicResult[];
}

/** One way to search, under a name: the whole, or the whole without a part. */
export interface Variant extends Pick<SearchMeans, 'weights' | 'thesaurus' | 'sayings' | 'late'> {
  readonly name: string;
  /** Not given: no second look. */
  readonly reranker?: Reranker;
}

/** Results by name of the variant. */
export function runFamily(
  family: Family,
  embedder: Embedder,
  variants: readonly Variant[],
): Promise<Map<string, FamilyResult>> {
  return withIndex(family, embedder, async (store) => {
    const results = new Map<string, FamilyResult>();
    for (const variant of variants)
      results.set(variant.name, await askTopics(store, embedder, family, variant));
    return results;
  });
}

/** The index may hold other documents too: they are searched, but only those that the topics judge are looked at. */
export async function askTopics(
  store: Store,
  embedder: Embedder,
  family: Pick<Family, 'topics'>,
  { weights, thesaurus, sayings, late, reranker }: Variant,
): Promise<FamilyResult> {
  const readMap = (id: string) => store.sourceMap(id)!;
  const result: FamilyResult = { cells: [], topics: [] };
  for (const topic of family.topics) {
    const held = [...documentsByFile(store)].flatMap(([file, entries]) =>
      topic.gold.has(file) ? [entries] : [],
    );
    const scored = await scoreTopic(
      { store, embedder, readMap, weights, thesaurus, sayings, late, places: null },
      topic.query,
    );
    const again = (groups: Parameters<typeof lookAgain>[2], depth: number) =>
      reranker === undefined ? scored : lookAgain({ store, reranker }, scored, groups, depth);
    const grades = gradesOf(store, topic);
    const cellwise = await again(
      held.map((entries) => rangesOf(scored, entries)),
      CELL_DEPTH,
    );
    result.cells.push(...cellsOf(store, topic, cellwise, grades));
    const judged = rangesOf(scored, held.flat());
    const ndcg = ndcgOf(await again([judged], SEARCH_DEPTH), judged, grades);
    result.topics.push({ topic: topic.id, style: topic.style, ndcg });
  }
  return result;
}

/** Grade of each graded clause by key, and the grades that are to be found: a unit or a clause counts once. */
interface Grades {
  readonly byClause: ReadonlyMap<number, number>;
  readonly ideal: readonly number[];
}

function gradesOf(store: Store, topic: Topic): Grades {
  const byClause = new Map<number, number>();
  const found = new Set<GoldPlace>();
  for (const entry of store.documents()) {
    const places = topic.gold.get(entry.file) ?? [];
    if (places.length === 0) continue;
    const document = store.document(entry.id)!;
    document.clauses.forEach((clause, i) => {
      const source = toSource(document.map, clause.span)!;
      for (const place of places) {
        // A 条 counts when the clause lies in it; a quote when the clause holds it.
        const right =
          place.unit === null
            ? source.start <= place.start && place.end <= source.end
            : place.start <= source.start && source.start < place.end;
        if (!right) continue;
        found.add(place);
        const key = entry.firstClause + i;
        byClause.set(key, Math.max(byClause.get(key) ?? 0, place.grade));
      }
    });
  }
  // A place that no clause holds can't be found: it stays in the ideal, so that a lost clause costs.
  const lost = [...topic.gold.values()].flat().filter((place) => !found.has(place));
  return { byClause, ideal: [...byClause.values(), ...lost.map(({ grade }) => grade)] };
}

function cellsOf(store: Store, topic: Topic, scored: ScoredTopic, { byClause }: Grades): CellResult[] {
  const byFile = documentsByFile(store);
  return [...topic.gold].map(([file, places]) => {
    const entries = byFile.get(file) ?? [];
    const cell = cellOf(scored, entries, 1);
    const [first] = rankTopic(scored, rangesOf(scored, entries), CELL_DEPTH, 1);
    return {
      topic: topic.id,
      query: topic.query,
      style: topic.style,
      file,
      grade: places.reduce<0 | 1 | 2>((most, { grade }) => (grade > most ? grade : most), 0),
      right: first !== undefined && byClause.has(first.clauseKey),
      foundByUs: cell.outcome === 'found',
      score: cell.evidence?.score ?? 0,
    };
  });
}

function ndcgOf(
  scored: ScoredTopic,
  judged: readonly DocumentRange[],
  { byClause, ideal }: Grades,
): number | null {
  const ranked = rankTopic(scored, judged, SEARCH_DEPTH, 10).map(
    ({ clauseKey }) => byClause.get(clauseKey) ?? 0,
  );
  return ndcgAt10(ranked, ideal);
}
