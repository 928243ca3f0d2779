/** Written by scripts/fit-judgement.ts, 2026-11-28, education and regulations, model tiaowen/policy-encoder-small-zh: do not edit by hand. */
import type { Fit } from './judgement.js';

/** Cross-validated over families: balanced accuracy 0.855, F1 0.807, AUC 0.934, off-topic cells found 0.055. */
export const LATE_FIT: Fit = {
  intercept: 0.2106,
  weights: [2.1038, -1.242, 1.1214, 0.7209],
  means: [0.5984, 0.0719, 2.5804, 0.1832],
  deviations: [0.133, 0.0823, 0.4619, 0.3868],
};

/** Cross-validated over families: balanced accuracy 0.831, F1 0.775, AUC 0.913, off-topic cells found 0.090. */
export const DENSE_FIT: Fit = {
  intercept: 0.3342,
  weights: [1.0959, 1.498, 0.7704, 0.9999],
  means: [0.7088, 0.5809, 2.5804, 0.1832],
  deviations: [0.2604, 0.1396, 0.4619, 0.3868],
};
