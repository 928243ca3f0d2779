/** The comparison 比较: one row per jurisdiction, one cell per topic. */
import type { Cell, Comparison, ComparisonRow, Understood } from '../model/answer.js';
import type { Jurisdiction } from '../model/jurisdiction.js';
import type { DocumentEntry } from '../store/store.js';
import { isWithin } from './filter.js';
import { documentRef } from './hit.js';
import { probabilityOf, THRESHOLD, type Evidence } from './judgement.js';
import type { Ranked } from './rank.js';
import { CELL_DEPTH, rangesOf, rankTopic } from './rerank.js';
import type { ScoredTopic } from './score-topic.js';

/** Places without a document that a comparison answers for: those that were asked for, and those of which a file could not be read. */
export interface EmptyPlaces {
  readonly asked: readonly Jurisdiction[];
  readonly unreadable: readonly Jurisdiction[];
}

/**
 * Topics are added one by one, so that the columns of each can be given back before the next one is scored. Rows are ordered by division code;
 * documents without a jurisdiction (and templates, when asked for) stand alone in rows at the end.
 */
export class ComparisonInTurn {
  /** The documents of each row, those too that no topic asks in the end. `perCell` ≥ 1 hits of a cell at most. */
  readonly groups: readonly (readonly DocumentEntry[])[];
  readonly #perCell: number;
  readonly #understood: Understood[] = [];
  /** Of each group, in the order of topics. */
  readonly #cells: readonly Cell[][];
  readonly #asked = new Set<DocumentEntry>();

  constructor(entries: readonly DocumentEntry[], perCell: number) {
    this.groups = groupByJurisdiction(entries);
    this.#cells = this.groups.map(() => []);
    this.#perCell = perCell;
  }

  add(topic: ScoredTopic): void {
    this.#understood.push(topic.understood);
    this.groups.forEach((entries, i) => {
      for (const entry of entries) if (topic.asks(entry)) this.#asked.add(entry);
      this.#cells[i]!.push(cellOf(topic, entries, this.#perCell));
    });
  }

  /**
   * The rows of documents that at least one of the topics asks. A division of which nothing is held gets a row when it was asked for
   * (`not-covered`) or a file of it could not be read (`unreadable`).
   */
  end({ asked, unreadable }: EmptyPlaces): Comparison {
    const rows = this.groups.flatMap((entries, i): ComparisonRow[] => {
      const [first, ...others] = entries.filter((entry) => this.#asked.has(entry));
      if (first === undefined) return [];
      const { jurisdiction } = first.metadata;
      return [{ jurisdiction, documents: [first, ...others].map(documentRef), cells: this.#cells[i]! }];
    });
    const held = rows.flatMap(({ jurisdiction }) => jurisdiction ?? []);
    const isUnreadable = (division: Jurisdiction) => unreadable.some((one) => isWithin(one, division));
    for (const division of uncovered(asked.length > 0 ? asked : unreadable, held)) {
      const outcome = isUnreadable(division) ? 'unreadable' : 'not-covered';
      const cells = this.#understood.map(({ query }) => emptyCell(query, outcome));
      rows.push({ jurisdiction: division, documents: [], cells });
    }
    rows.sort((a, b) => compareCodes(a.jurisdiction, b.jurisdiction));
    const understood = this.#understood;
    return { topics: understood.map(({ query }) => query), understood, rows };
  }
}

function groupByJurisdiction(entries: readonly DocumentEntry[]): DocumentEntry[][] {
  const groups = new Map<string, DocumentEntry[]>();
  for (const entry of entries) {
    const key = entry.metadata.jurisdiction?.code ?? `document:${entry.id}`;
    const group = groups.get(key);
    if (group) group.push(entry);
    else groups.set(key, [entry]);
  }
  return [...groups.values()];
}

/** Homonyms (鼓楼区 of four cities) are left out here: when one of them is held, that one was meant. */
function uncovered(asked: readonly Jurisdiction[], held: readonly Jurisdiction[]): Jurisdiction[] {
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

/** So many answers of one cell at most are counted. */
const MOST_COUNTED = 200;

/**
 * Where a district has a provision, the clauses that reach this share of the highest fused score may answer too. Of those behind the first that reach it, 0.15 state a
 * provision and 0.32 are about the matter at least; of all that state one 0.55 reach it (suites that were judged whole; at 0.65: 0.10, 0.25 and 0.73; of the second
 * and third clauses of 3,300 answers that were graded for first-answers: 0.15, 0.42 and 0.71). No other evidence tells them apart better, so the page says "may".
 */
const ALSO_ANSWERS = 0.75;

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
  const evidence = { score: probabilityOf(evidenceOf(scored, first)), threshold: THRESHOLD };
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
  const ranked = rankTopic(scored, ranges, CELL_DEPTH, MOST_COUNTED);
  const least = ALSO_ANSWERS * Math.max(...ranked.map(({ score }) => score));
  const answers = ranked.filter((one, i) => i === 0 || one.score >= least);
  const hits = answers.slice(0, perCell).map(toHit);
  return { topic, outcome: 'found', hits, answering: answers.length, nearest: null, evidence, searched };
}

function emptyCell(topic: string, outcome: 'not-covered' | 'unreadable'): Cell {
  const searched = { documents: 0, clauses: 0 };
  return { topic, outcome, hits: [], answering: 0, nearest: null, evidence: null, searched };
}

/** What is known of one ranked clause. */
export function evidenceOf(
  { understood, table, relative, cosine, bestLate, background }: ScoredTopic,
  { index, range }: Pick<Ranked, 'index' | 'range'>,
): Evidence {
  const { lateClause, lookup } = table.columns;
  const { weakest, rarest, read } = table.grounds;
  const isRead = bestLate !== null && read[index]! === 1;
  return {
    named: lookup[index]! === 1,
    // Costs a pass over the whole index, and is only looked at where late interaction read nothing.
    get relative() {
      return relative(index);
    },
    cosine: cosine(index),
    late: !isRead
      ? null
      : {
          weakest: weakest[index]!,
          behind: bestLate - lateClause[index]!,
          standing: background.standing(range, index),
          share: background.share(index),
        },
    length: Math.log(understood.topic.length),
    rarest: rarest[index]!,
  };
}
