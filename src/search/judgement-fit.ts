/** Written by scripts/fit-judgement.ts, 2026-11-28, education and regulations, model tiaowen/policy-encoder-small-zh: do not edit by hand. */
import type { Fit } from './judgement.js';

/** Cross-validated over families: balanced accuracy 0.864, F1 0.816, AUC 0.943, off-topic cells found 0.076. */
export const LATE_FIT: Fit = {
  intercept: 0.2136,
  weights: [1.9409, -1.4141, 1.1322, 0.698],
  means: [0.5884, 0.0725, 2.5804, 0.1832],
  deviations: [0.142, 0.0811, 0.4619, 0.3868],
};

/** Cross-validated over families: balanced accuracy 0.784, F1 0.720, AUC 0.882, off-topic cells found 0.064. */
export const DENSE_FIT: Fit = {
  intercept: 0.3049,
  weights: [0.8786, 1.402, 0.8022, 0.9845],
  means: [0.672, 0.6036, 2.5804, 0.1832],
  deviations: [0.2768, 0.1388, 0.4619, 0.3868],
};
