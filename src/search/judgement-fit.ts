/** Written by scripts/fit-judgement.ts, 2026-11-28, education and regulations, model tiaowen/policy-encoder-small-zh: do not edit by hand. */
import type { Fit } from './judgement.js';

/** Cross-validated over families: balanced accuracy 0.861, F1 0.811, AUC 0.941, off-topic cells found 0.078. */
export const LATE_FIT: Fit = {
  intercept: 0.2022,
  weights: [1.8866, -1.4081, 1.1186, 0.7152],
  means: [0.5882, 0.0723, 2.5804, 0.1832],
  deviations: [0.1423, 0.081, 0.4619, 0.3868],
};

/** Cross-validated over families: balanced accuracy 0.778, F1 0.713, AUC 0.882, off-topic cells found 0.065. */
export const DENSE_FIT: Fit = {
  intercept: 0.2999,
  weights: [0.8903, 1.4036, 0.7938, 0.9836],
  means: [0.6735, 0.604, 2.5804, 0.1832],
  deviations: [0.2754, 0.1385, 0.4619, 0.3868],
};
