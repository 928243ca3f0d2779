/** The vote of what may have been meant, for a question in everyday words. */
import { spareFloats } from '../kernel/spare-columns.js';
import type { KeptTable } from './signals.js';

/** How much the topics of the nearest sayings count beside the question itself: they may be neighbours of what was meant. */
const SAYING_WEIGHT = 0.4;

/** A query that was asked. */
export interface Asked {
  readonly table: KeptTable;
  readonly fused: Float32Array;
}

/**
 * What may have been meant votes on each clause, by the one of the topics that explains it best; where that explains the clause better than
 * the question itself, its sentence is the one to show, for the question's words single out none. Returns the highest cosine of each clause
 * with the question or a topic, in a spare column.
 */
export function vote(question: Asked, meant: readonly [Asked, ...Asked[]]): Float32Array {
  const closest = spareFloats(question.fused.length).fill(-1);
  for (const { table } of [question, ...meant]) raise(closest, table.columns);
  const [best, ...others] = meant;
  for (const other of others) takeBetter(best, other);
  const { fused, table } = question;
  for (let i = 0; i < fused.length; i++) {
    if (best.fused[i]! > fused[i]!) table.bestSentence[i] = best.table.bestSentence[i]!;
    fused[i]! += SAYING_WEIGHT * best.fused[i]!;
  }
  return closest;
}

/** To the cosine of a clause's best sentence or window, where that is higher. */
function raise(closest: Float32Array, { sentence, window }: KeptTable['columns']): void {
  for (let i = 0; i < closest.length; i++) {
    if (sentence[i]! > closest[i]!) closest[i] = sentence[i]!;
    if (window[i]! > closest[i]!) closest[i] = window[i]!;
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
