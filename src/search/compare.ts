/** The comparison 比较: one row per jurisdiction, one cell per topic. */
import type { Cell, Comparison, ComparisonRow } from '../model/answer.js';
import type { Jurisdiction } from '../model/jurisdiction.js';
import type { DocumentEntry } from '../store/store.js';
import { isWithin } from './filter.js';
import { documentRef } from './hit.js';
import { probabilityOf, THRESHOLD, type Evidence } from './judgement.js';
import type { Ranked } from './rank.js';
import { CELL_DEPTH, rangesOf, rankTopic } from './rerank.js';
import type { ScoredTopic } from './score-topic.js';

/** The documents that stand in one row together. */
export interface Group {
  readonly jurisdiction: Jurisdiction | null;
  readonly entries: readonly DocumentEntry[];
  /** A file of this place is held but could not be read. */
  readonly unreadable?: boolean;
}

/**
 * Rows are ordered by division code; documents without a jurisdiction (and templates, when asked for) stand alone in rows at the
 * end. A division of which nothing is held gets a row when it was asked for (`not-covered`) or a file of it could not be read
 * (`unreadable`).
 */
export function compareTopics(
  topics: readonly ScoredTopic[],
  entries: readonly DocumentEntry[],
  empty: { readonly asked: readonly Jurisdiction[]; readonly unreadable: readonly Jurisdiction[] },
  perCell: number,
): Comparison {
  const groups = groupsOf(topics, entries);
  const unreadable = (division: Jurisdiction) => empty.unreadable.some((one) => isWithin(one, division));
  const wanted = empty.asked.length > 0 ? empty.asked : empty.unreadable;
  for (const division of uncovered(wanted, groups)) {
    groups.push({ jurisdiction: division, entries: [], unreadable: unreadable(division) });
  }
  groups.sort((a, b) => compareCodes(a.jurisdiction, b.jurisdiction));
  const rows = groups.map((group): ComparisonRow => ({
    jurisdiction: group.jurisdiction,
    documents: group.entries.map(documentRef),
    cells: topics.map((topic) =>
      group.unreadable ? unreadableCell(topic) : cellOf(topic, group.entries, perCell),
    ),
  }));
  const understood = topics.map((topic) => topic.understood);
  return { topics: understood.map(({ query }) => query), understood, rows };
}

/** The rows of documents that at least one of the topics asks. */
export function groupsOf(topics: readonly ScoredTopic[], entries: readonly DocumentEntry[]): Group[] {
  return groupByJurisdiction(entries.filter((entry) => topics.some(({ asks }) => asks(entry))));
}

function groupByJurisdiction(entries: readonly DocumentEntry[]): Group[] {
  const groups = new Map<string, { jurisdiction: Jurisdiction | null; entries: DocumentEntry[] }>();
  for (const entry of entries) {
    const { jurisdiction } = entry.metadata;
    const key = jurisdiction?.code ?? `document:${entry.id}`;
    const group = groups.get(key);
    if (group) group.entries.push(entry);
    else groups.set(key, { jurisdiction, entries: [entry] });
  }
  return [...groups.values()];
}

/** Homonyms (鼓楼区 of four cities) are left out here: when one of them is held, that one was meant. */
function uncovered(asked: readonly Jurisdiction[], groups: readonly Group[]): Jurisdiction[] {
  const held = groups.flatMap(({ jurisdiction }) => jurisdiction ?? []);
  const missing = asked.filter((division) => !held.some((one) => isWithin(one, division)));
  return missing.filter((division) => {
    const homonyms = asked.filter((other) => shortName(other) === shortName(division));
    return !homonyms.some((other) => held.some((one) => isWithin(one, other)));
  });
}

function shortName({ district, city, province }: Jurisdiction): string | null {
  return district ?? city ?? province;
}

function compareCodes(a: Jurisdiction | null, b: Jurisdiction | null): number {
  if (!a || !b) return a ? -1 : b ? 1 : 0;
  return a.code < b.code ? -1 : a.code > b.code ? 1 : 0;
}

/** Clauses of one cell that are judged: so many answers at most are counted. */
const MOST_COUNTED = 200;

/** What one group of documents, taken together, says on a topic. `perCell` ≥ 1 hits at most. */
export function cellOf(scored: ScoredTopic, held: readonly DocumentEntry[], perCell: number): Cell {
  const { understood, toHit } = scored;
  const topic = understood.query;
  const entries = held.filter(scored.asks);
  const searched = {
    documents: entries.length,
    clauses: entries.reduce((sum, { clauses }) => sum + clauses, 0),
  };
  const ranges = rangesOf(scored, entries);
  const [first] = rankTopic(scored, ranges, CELL_DEPTH, 1);
  if (!first) {
    const outcome = entries.length === 0 ? 'not-covered' : 'no-provision';
    return { topic, outcome, hits: [], answering: 0, nearest: null, evidence: null, searched };
  }
  const scoreOf = (one: Ranked) => probabilityOf(evidenceOf(scored, one));
  const evidence = { score: scoreOf(first), threshold: THRESHOLD };
  if (evidence.score < THRESHOLD) {
    return {
      topic,
      outcome: 'no-provision',
      hits: [],
      answering: 0,
      nearest: toHit(first),
      evidence,
      searched,
    };
  }
  // Only now: most places of a large index have no provision, and are not ranked any further.
  const answers = rankTopic(scored, ranges, CELL_DEPTH, MOST_COUNTED).filter(
    (one) => scoreOf(one) >= THRESHOLD,
  );
  const hits = answers.slice(0, perCell).map(toHit);
  return { topic, outcome: 'found', hits, answering: answers.length, nearest: null, evidence, searched };
}

function unreadableCell({ understood }: ScoredTopic): Cell {
  const searched = { documents: 0, clauses: 0 };
  const topic = understood.query;
  return { topic, outcome: 'unreadable', hits: [], answering: 0, nearest: null, evidence: null, searched };
}

/** What is known of one ranked clause. */
export function evidenceOf(
  { understood, table, relative, bestLate }: ScoredTopic,
  { index }: Pick<Ranked, 'index'>,
): Evidence {
  const { sentence, window, lateClause, lookup } = table.columns;
  const { weakest, rarest, read } = table.grounds;
  const isRead = bestLate !== null && read[index]! === 1;
  return {
    named: lookup[index]! === 1,
    // Costs a pass over the whole index, and is only looked at where late interaction read nothing.
    get relative() {
      return relative(index);
    },
    cosine: Math.max(sentence[index]!, window[index]!),
    late: !isRead ? null : { weakest: weakest[index]!, behind: bestLate - lateClause[index]! },
    length: Math.log(understood.topic.length),
    rarest: rarest[index]!,
  };
}
