/** Late interaction: each token of the query looks for its best token in a passage (ColBERT's MaxSim, Khattab & Zaharia 2020). */
import { leastSupported, ROW, ROW_LENGTH } from '../kernel/interaction.js';
import type { PreparedQuery } from '../kernel/interaction.js';
import type { IndexReader } from '../store/store.js';
import type { Candidates } from './candidates.js';

/**
 * The mean over the query's tokens of the best cosine, −1 to 1, for the best sentence of a clause, the best pair of neighbouring
 * sentences, and the clause as a whole.
 */
export interface LateScores {
  readonly sentence: number;
  readonly window: number;
  readonly clause: number;
  /**
   * The mean over the third of the query's tokens that the clause supports least, at least one token. A clause on a neighbouring matter
   * has most words of a question and lacks the one that it is about: this tells them apart better than the mean over all.
   */
  readonly weakest: number;
  /** Key of the best sentence. */
  readonly sentenceKey: number;
}

/** int8 vectors are scaled by 127, so a product of two is by 127². */
const SCALE = 127 * 127;

/** A query, and the clauses that are worth late interaction with it. */
export interface LateQuery {
  readonly query: PreparedQuery;
  readonly candidates: readonly Candidates[];
}

export interface Late {
  readonly candidates: readonly Candidates[];
  /**
   * Of the clause at a place in all of `candidates`, one after the other; null where the index holds no token vectors of it. Of thousands of clauses a question
   * nothing is allocated: what is returned holds until the next call.
   */
  readonly scores: (place: number) => LateScores | null;
}

/** Of several queries, in their order: a clause that more than one of them wants is read once. */
export function interact(
  reader: Pick<IndexReader, 'interact'>,
  queries: readonly LateQuery[],
  clauses: number,
): Late[] {
  if (queries.length === 0) return [];
  const keysOf = queries.map(({ candidates }) => clauseKeys(candidates));
  const { union, asked } = unionOf(keysOf, clauses);
  const rows = reader.interact(
    queries.map(({ query }) => query),
    union,
    asked,
  );
  return queries.map(({ query, candidates }, i): Late => {
    const places = placesIn(union, keysOf[i]!);
    const scores = scoresOf(rows, query.tokens);
    return {
      candidates,
      scores: (place) => scores((places[place]! * queries.length + i) * ROW_LENGTH),
    };
  });
}

/** Of the clauses, in the order of the candidates. */
function clauseKeys(candidates: readonly Candidates[]): Int32Array {
  const keys = new Int32Array(candidates.reduce((sum, { chosen }) => sum + chosen.length, 0));
  let count = 0;
  for (const { range, chosen } of candidates)
    for (const index of chosen) keys[count++] = range.entry.firstClause + index - range.offset;
  return keys;
}

/** All of some keys, ascending, and by bits of which lists each is. */
function unionOf(lists: readonly Int32Array[], clauses: number): { union: Int32Array; asked: Uint8Array } {
  const listed = new Uint8Array(clauses);
  const found = new Int32Array(lists.reduce((sum, { length }) => sum + length, 0));
  let count = 0;
  lists.forEach((keys, list) => {
    for (const key of keys) {
      if (listed[key] === 0) found[count++] = key;
      listed[key]! |= 1 << list;
    }
  });
  const union = found.subarray(0, count).sort();
  const asked = new Uint8Array(count);
  for (let i = 0; i < count; i++) asked[i] = listed[union[i]!]!;
  return { union, asked };
}

/** Where each of some keys stands in all of them; both ascend. */
function placesIn(all: Int32Array, some: Int32Array): Int32Array {
  let place = 0;
  return some.map((key) => {
    while (all[place] !== key) place++;
    return place;
  });
}

/** What the row of a clause says, by where it begins. */
function scoresOf(rows: Int32Array, tokens: number): (at: number) => LateScores | null {
  const unit = tokens * SCALE;
  const least = leastSupported(tokens) * SCALE;
  const scores = { sentence: 0.5, window: 0.5, clause: 0.5, weakest: 0.5, sentenceKey: -1 };
  return (at) => {
    scores.sentenceKey = rows[at + ROW.passage]!;
    if (scores.sentenceKey < 0) return null;
    scores.sentence = rows[at + ROW.sentence]! / unit;
    scores.window = rows[at + ROW.window]! / unit;
    scores.clause = rows[at + ROW.clause]! / unit;
    scores.weakest = rows[at + ROW.weakest]! / least;
    return scores;
  };
}
