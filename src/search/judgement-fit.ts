/** Written by scripts/fit-judgement.ts, 2026-11-28, education and regulations, model tiaowen/policy-encoder-small-zh: do not edit by hand. */
import type { Fit } from './judgement.js';

/** Cross-validated over families: balanced accuracy 0.861, F1 0.811, AUC 0.940, off-topic cells found 0.075. */
export const LATE_FIT: Fit = {
  intercept: 0.1977,
  weights: [1.9085, -1.436, 1.1006, 0.7066],
  means: [0.5891, 0.0722, 2.5804, 0.1832],
  deviations: [0.1416, 0.0811, 0.4619, 0.3868],
};

/** Cross-validated over families: balanced accuracy 0.778, F1 0.713, AUC 0.883, off-topic cells found 0.067. */
export const DENSE_FIT: Fit = {
  intercept: 0.2995,
  weights: [0.9055, 1.414, 0.7837, 0.9747],
  means: [0.6727, 0.6039, 2.5804, 0.1832],
  deviations: [0.2753, 0.1385, 0.4619, 0.3868],
};
