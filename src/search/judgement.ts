/** Found or no provision 拒答: whether the best clause of a jurisdiction answers, or is only the nearest. */
import { DENSE_FIT, LATE_FIT } from './judgement-fit.js';

/** What is known of a jurisdiction's best clause. */
export interface Evidence {
  /**
   * Its fused score as a share of the best fused score of the index, 0–1. Where one district has a provision, a district without one
   * falls clearly behind: this carries most of what is known (eval/README.md).
   */
  readonly relative: number;
  /** Its best cosine with the query. It guards the case that nobody has a provision: then somebody is best all the same. */
  readonly cosine: number;
  /** Late interaction with the whole clause; null when the model has no token vectors. */
  readonly late: number | null;
}

/** A logistic regression over standardised evidence. Features: relative, cosine and, where there is one, late. */
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
  return evidence.late === null
    ? applyFit(DENSE_FIT, features(evidence))
    : applyFit(LATE_FIT, features(evidence));
}

export function features({ relative, cosine, late }: Evidence): number[] {
  return late === null ? [relative, cosine] : [relative, cosine, late];
}

export function applyFit({ intercept, weights, means, deviations }: Fit, values: readonly number[]): number {
  const sum = values.reduce(
    (total, value, i) => total + (weights[i]! * (value - means[i]!)) / deviations[i]!,
    intercept,
  );
  return 1 / (1 + Math.exp(-sum));
}
