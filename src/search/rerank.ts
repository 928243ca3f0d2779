/** The second look of a cross-encoder: which of the best clauses comes first. Optional; it moves clauses, it judges nothing. */
import type { Reranker } from '../embed/reranker.js';
import type { Reranked } from '../model/answer.js';
import type { DocumentEntry, IndexReader } from '../store/store.js';
import { piecesOf, type Room } from './pieces.js';
import { rank, type Ranked } from './rank.js';
import type { ScoredTopic } from './score-topic.js';
import type { DocumentRange } from './signals.js';

/** Clauses of a jurisdiction that are read again. */
export const CELL_DEPTH = 8;
/** Clauses of a search that are read again: more than are usually shown, so that one can come up. */
export const SEARCH_DEPTH = 20;

/** Tokens of query and piece together. Rerankers are trained on passages of this length, and time grows faster than length. */
const PIECE_TOKENS = 384;

/** What the cross-encoder said, by index of the signal table. */
export type SecondLook = ReadonlyMap<number, Reranked>;

export interface RerankMeans {
  readonly store: IndexReader;
  readonly reranker: Reranker;
}

/**
 * Reads the best `depth` clauses of each group of documents. What is said of a clause does not depend on the groups. A clause scores as
 * its best piece. Throws TiaowenError passage-too-long when the query alone is too long for the model, or the codes of the model.
 */
export async function lookAgain(
  { store, reranker }: RerankMeans,
  scored: ScoredTopic,
  groups: readonly (readonly DocumentRange[])[],
  depth: number,
): Promise<ScoredTopic> {
  const query = scored.understood.topic;
  const clauses = new Map(
    groups
      .flatMap((ranges) => rank(scored.fused, ranges, depth, scored.mayAnswer))
      .map((one) => [one.index, one.clauseKey]),
  );
  const measure = (text: string) => reranker.countTokens(query, text);
  // A long query takes room that only the limit of the model gives back.
  const isLong = measure('') > PIECE_TOKENS / 2;
  const room = { most: isLong ? reranker.maxTokens : Math.min(PIECE_TOKENS, reranker.maxTokens), measure };
  const pieces = [...clauses].flatMap(([index, key]) =>
    piecesOfClause(store, key, room).map((text) => ({ index, text })),
  );
  const scores = await reranker.rerank(
    query,
    pieces.map(({ text }) => text),
  );
  const secondLook = new Map<number, Reranked>();
  pieces.forEach(({ index }, i) => {
    const score = Math.max(scores[i]!, secondLook.get(index)?.score ?? 0);
    secondLook.set(index, { model: reranker.identity.name, score });
  });
  return { ...scored, secondLook };
}

/**
 * The best `limit` clauses. Where there was a second look, the first `depth` of them stand in its order, ties in the order of the fused
 * score; a clause that the query names (第十二条) stays above those that it does not.
 */
export function rankTopic(
  { fused, table, mayAnswer, secondLook }: ScoredTopic,
  ranges: readonly DocumentRange[],
  depth: number,
  limit: number,
): Ranked[] {
  if (secondLook === null) return rank(fused, ranges, limit, mayAnswer);
  const ranked = rank(fused, ranges, Math.max(limit, depth), mayAnswer);
  const { lookup } = table.columns;
  const again = ranked
    .slice(0, depth)
    .map((one) => ({ ...one, reranked: secondLook.get(one.index) ?? null }))
    .sort(
      (a, b) => lookup[b.index]! - lookup[a.index]! || (b.reranked?.score ?? 0) - (a.reranked?.score ?? 0),
    );
  return [...again, ...ranked.slice(depth)].slice(0, limit);
}

/** The part of the table that is about some documents, as far as the query asks them. */
export function rangesOf(
  { table, asks }: ScoredTopic,
  entries: readonly DocumentEntry[],
): readonly DocumentRange[] {
  // The table lists documents by key.
  return entries.filter(asks).map(({ key }) => table.ranges[key]!);
}

function piecesOfClause(store: IndexReader, clauseKey: number, room: Room): string[] {
  const { text, span, headingPath } = store.clauseByKey(clauseKey);
  const { first, count } = store.passagesOf(clauseKey);
  const starts = [0];
  for (let key = first; key < first + count; key++) {
    const passage = store.passage(key);
    const start = passage.span.start - span.start;
    if (passage.kind === 'sentence' && start > starts.at(-1)!) starts.push(start);
  }
  const sentences = starts.map((start, i) => text.slice(start, starts[i + 1]));
  return piecesOf(headingPath, sentences, room);
}
