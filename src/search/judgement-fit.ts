/** Written by scripts/fit-judgement.ts, 2026-11-29, education, regulations, plans, local-regulations, model tiaowen/policy-encoder-small-zh: do not edit by hand. */
import type { Fit } from './judgement.js';

/** Cross-validated over families: balanced accuracy 0.792, F1 0.748, AUC 0.883, off-topic cells found 0.093. */
export const LATE_FIT: Fit = {
  intercept: 0.0842,
  weights: [0.655, -1.4977, 0.7938, 0.2555, 0.5401],
  means: [0.5869, 0.0637, 0.6638, 2.5927, 0.1549],
  deviations: [0.1244, 0.068, 0.1072, 0.4655, 0.3618],
};

/** Cross-validated over families: balanced accuracy 0.779, F1 0.732, AUC 0.871, off-topic cells found 0.154. */
export const DENSE_FIT: Fit = {
  intercept: 0.1679,
  weights: [1.1236, 1.094, 0.1113, 0.5855],
  means: [0.6713, 0.6638, 2.5927, 0.1549],
  deviations: [0.2674, 0.1072, 0.4655, 0.3618],
};
