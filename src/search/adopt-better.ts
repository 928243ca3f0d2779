/** Of two wordings of a question each clause keeps the one that finds it better. */
import { giveBack, spareIntegers } from '../kernel/spare-columns.js';
import { columnsOf, type KeptTable } from './signals.js';

/** What a rewritten query must be better by, in fused score: a synonym is our word, not the researcher's. */
const REWRITING_PENALTY = 1;

interface Scored {
  readonly table: KeptTable;
  readonly fused: Float32Array;
}

/** Clauses that the other query finds better take its scores; returns 1 for each of them, by index. Both were made by the same weights. */
export function adoptBetter(own: Scored, other: Scored): Uint8Array {
  const adopted = new Uint8Array(own.fused.length);
  const indices = spareIntegers(own.fused.length);
  let count = 0;
  for (let i = 0; i < own.fused.length; i++) {
    const score = other.fused[i]! - REWRITING_PENALTY;
    if (score <= own.fused[i]!) continue;
    adopted[i] = 1;
    indices[count++] = i;
    own.fused[i] = score;
  }
  const better = indices.subarray(0, count);
  const from = columnsOf(other.table);
  columnsOf(own.table).forEach((array, which) => {
    copyAt(better, from[which]!, array);
  });
  giveBack(indices);
  return adopted;
}

type Numbers = Float32Array | Int32Array | Uint8Array;

function copyAt(indices: Int32Array, from: Numbers, to: Numbers): void {
  for (const i of indices) to[i] = from[i]!;
}
