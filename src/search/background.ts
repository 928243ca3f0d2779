/** The background 背景 of a topic: what a document says anyway, against which a clause that answers stands out. */
import type { DocumentRange } from './signals.js';

/** So many clauses of the whole index count beside those of a document: a notice of three clauses is no background of its own. */
const CLAUSES_OF_INDEX = 20;

/** In units of the fused score, whose summands are standardised: where all clauses score alike none of them stands out. */
const LEAST_DEVIATION = 0.7;

/** Mean and variance. */
interface Spread {
  readonly mean: number;
  readonly variance: number;
}

/**
 * How far the score of a clause is above those of its document, in standard deviations. Of the document, and not of the index: there it would grow with every
 * document on another matter that joins, and fall where all are on the matter that is asked about.
 */
export type Standing = (range: DocumentRange, index: number) => number;

/** `fused`: one score per clause of the index. They are read when a document is first asked for. */
export function standingIn(fused: Float32Array): Standing {
  let index: Spread | null = null;
  const known = new Map<number, Spread>();
  return ({ entry, offset }, clause) => {
    let spread = known.get(offset);
    if (spread === undefined) {
      index ??= spreadOf(fused, 0, fused.length);
      spread = blend(spreadOf(fused, offset, offset + entry.clauses), entry.clauses, index);
      known.set(offset, spread);
    }
    return (fused[clause]! - spread.mean) / Math.max(Math.sqrt(spread.variance), LEAST_DEVIATION);
  };
}

function spreadOf(values: Float32Array, from: number, to: number): Spread {
  let sum = 0;
  for (let i = from; i < to; i++) sum += values[i]!;
  const mean = sum / (to - from);
  let squares = 0;
  for (let i = from; i < to; i++) squares += (values[i]! - mean) ** 2;
  return { mean, variance: squares / (to - from) };
}

/** Of the clauses of a document and CLAUSES_OF_INDEX that are spread as those of the index, taken together. */
function blend(document: Spread, clauses: number, index: Spread): Spread {
  const all = clauses + CLAUSES_OF_INDEX;
  const mean = (clauses * document.mean + CLAUSES_OF_INDEX * index.mean) / all;
  const about = ({ mean: own, variance }: Spread) => variance + (own - mean) ** 2;
  return { mean, variance: (clauses * about(document) + CLAUSES_OF_INDEX * about(index)) / all };
}
