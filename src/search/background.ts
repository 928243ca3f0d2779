/** The background 背景 of a topic: what a document says anyway, against which a clause that answers stands out. */
import { mostOf } from './fusion.js';
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

export interface Background {
  /**
   * How far the score of a clause is above those of its document, in standard deviations. Of the document, and not of the index: there it would grow with every
   * document on another matter that joins, and fall where all are on the matter that is asked about.
   */
  readonly standing: (range: DocumentRange, index: number) => number;
  /** The score of a clause as a share of the best of the index, 0–1. */
  readonly share: (index: number) => number;
}

/** `fused`: one score per clause of the index. They are read when something is first asked: a search without judgement asks nothing. */
export function backgroundOf(fused: Float32Array): Background {
  let known: (Spread & { readonly best: number }) | null = null;
  const ofIndex = () => (known ??= { ...spreadOf(fused, 0, fused.length), best: mostOf(fused) });
  return {
    standing: ({ entry, offset }, index) => {
      const document = spreadOf(fused, offset, offset + entry.clauses);
      const { mean, variance } = blend(document, entry.clauses, ofIndex());
      return (fused[index]! - mean) / Math.max(Math.sqrt(variance), LEAST_DEVIATION);
    },
    share: (index) => {
      const { best } = ofIndex();
      return best > 0 ? Math.max(0, fused[index]!) / best : 0;
    },
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
