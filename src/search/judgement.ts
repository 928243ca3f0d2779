/** Found or no provision 拒答: whether the best clause of a jurisdiction answers, or is only the nearest. */
import { DENSE_FIT, LATE_FIT } from './judgement-fit.js';

/** What is known of a clause that may answer. */
export interface Evidence {
  /** It stands at the very place that the query names (an article by its number): then nothing is left to judge. */
  readonly named: boolean;
  /** Its fused score without late interaction, as a share of the best of the index, 0–1. */
  readonly relative: number;
  /**
   * Its best cosine with the query or with what an everyday question may mean. It guards the case that nobody has a provision: then somebody
   * is best all the same.
   */
  readonly cosine: number;
  /** Null when the model has no token vectors, or late interaction passed the document over (in a very large index). */
  readonly late: {
    /** Late interaction of the query's tokens that the clause supports least, −1 to 1. */
    readonly weakest: number;
    /** How far its late interaction is behind the best of the index, ≥ 0. Where one district has a provision, one without falls behind. */
    readonly behind: number;
    /** How far its fused score is above those of its document, in standard deviations (background.ts). */
    readonly standing: number;
    /** Its fused score, as a share of the best of the index, 0–1. */
    readonly share: number;
  } | null;
  /** Natural logarithm of the topic's length in characters: long questions in everyday words never match as closely as keywords. */
  readonly length: number;
  /** 1 when the word of the query that is rarest in the index stands in the document, else 0. */
  readonly rarest: number;
}

/** A logistic regression over standardised evidence; features() has the order. */
export interface Fit {
  readonly intercept: number;
  readonly weights: readonly number[];
  readonly means: readonly number[];
  readonly deviations: readonly number[];
}

/** The least probability that counts as found. */
export const THRESHOLD = 0.5;

/** Probability that the clause states a provision, 0–1, as fitted by scripts/fit-judgement.ts. */
export function probabilityOf(evidence: Evidence): number {
  if (evidence.named) return 1;
  return applyFit(evidence.late === null ? DENSE_FIT : LATE_FIT, features(evidence));
}

export function features({ relative, cosine, late, length, rarest }: Evidence): number[] {
  return late === null
    ? [relative, cosine, length, rarest]
    : [late.weakest, late.behind, late.standing, late.share, cosine, length, rarest];
}

export function applyFit({ intercept, weights, means, deviations }: Fit, values: readonly number[]): number {
  const sum = values.reduce(
    (total, value, i) => total + (weights[i]! * (value - means[i]!)) / deviations[i]!,
    intercept,
  );
  return 1 / (1 + Math.exp(-sum));
}
