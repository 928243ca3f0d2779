/** Found or no provision 拒答: whether the best clause of a jurisdiction answers, or is only the nearest. */

/** What is known of a jurisdiction's best clause. */
export interface Evidence {
  /** Its fused score, in deviations above the mean clause of the index. */
  readonly fused: number;
  /** The best fused score over all jurisdictions. */
  readonly best: number;
  /** Its best cosine with the query. */
  readonly cosine: number;
}

/** The least evidence score that counts as found. First values, set on the open suites; a fitted judgement replaces them. */
export const THRESHOLD = 0.5;

/**
 * 0–1. The score against the best jurisdiction's score carries most of what is known (eval/README.md): where one district has a
 * provision, a district without one falls clearly behind. The cosine guards the case that nobody has one.
 */
export function evidenceScore({ fused, best, cosine }: Evidence): number {
  const relative = best > 0 ? Math.max(0, fused) / best : 0;
  return logistic(8 * (relative - 0.72) + 12 * (cosine - 0.5));
}

function logistic(x: number): number {
  return 1 / (1 + Math.exp(-x));
}
