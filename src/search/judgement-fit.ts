/** Written by scripts/fit-judgement.ts, 2026-11-28, education and regulations, model tiaowen/policy-encoder-small-zh: do not edit by hand. */
import type { Fit } from './judgement.js';

/** Cross-validated over families: balanced accuracy 0.858, F1 0.809, AUC 0.932, off-topic cells found 0.056. */
export const LATE_FIT: Fit = {
  intercept: 0.2106,
  weights: [2.1013, -1.2079, 1.0884, 0.7072],
  means: [0.5981, 0.0723, 2.5804, 0.1834],
  deviations: [0.1331, 0.0829, 0.4619, 0.387],
};

/** Cross-validated over families: balanced accuracy 0.809, F1 0.749, AUC 0.883, off-topic cells found 0.075. */
export const DENSE_FIT: Fit = {
  intercept: 0.3134,
  weights: [0.9292, 1.4673, 0.7099, 0.9466],
  means: [0.6705, 0.5818, 2.5804, 0.1834],
  deviations: [0.282, 0.1391, 0.4619, 0.387],
};
