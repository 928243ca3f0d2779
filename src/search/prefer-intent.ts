/** A numeric question prefers clauses with a figure, a question who is responsible those that name a body. */
import type { Intent } from '../model/answer.js';
import type { IndexReader } from '../store/store.js';
import { answers, INTENTS } from './query/intent.js';
import { rank } from './rank.js';
import type { DocumentRange, SignalTable } from './signals.js';

/** In fused score: enough to decide between two clauses that are nearly as good, no more. Measured: 0.5 to 2 gain the same, 4 loses. */
const BONUS = 1;
/** Only what may come first is read: so many clauses of each document, and so many in all. */
const PER_DOCUMENT = 8;
const MOST = 1024;

/** Adds to the fused scores of the clauses that hold what the question asks for. */
export function preferIntent(
  reader: IndexReader,
  intents: readonly Intent[],
  { ranges }: Pick<SignalTable, 'ranges'>,
  fused: Float32Array,
): void {
  if (intents.length === 0) return;
  const perDocument = Math.min(PER_DOCUMENT, Math.floor(MOST / ranges.length));
  // Too many documents for one clause of each: the best of all, wherever they stand.
  const first =
    perDocument > 0
      ? ranges.flatMap((range) => rank(fused, [range], perDocument))
      : rank(fused, ranges, MOST);
  const known = knownOf(ranges, fused.length);
  for (const { index, clauseKey } of first) {
    const held = (known[index]! ||= LOOKED | heldBy(reader.clauseText(clauseKey)));
    fused[index]! += BONUS * intents.filter((intent) => (held & bitOf(intent)) !== 0).length;
  }
}

/** That a clause was looked at; the bits below are those of the intents that it answers. */
const LOOKED = 0x80;

/** Of the clauses of an index that were looked at, one byte each: to read those of one question takes 10 ms. */
const knownOfRanges = new WeakMap<readonly DocumentRange[], Uint8Array>();

function knownOf(ranges: readonly DocumentRange[], size: number): Uint8Array {
  const known = knownOfRanges.get(ranges) ?? new Uint8Array(size);
  knownOfRanges.set(ranges, known);
  return known;
}

function heldBy(text: string): number {
  return INTENTS.reduce((held, intent) => (answers(intent, text) ? held | bitOf(intent) : held), 0);
}

function bitOf(intent: Intent): number {
  return 1 << INTENTS.indexOf(intent);
}
