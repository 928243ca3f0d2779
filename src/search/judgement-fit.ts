/** Written by scripts/fit-judgement.ts, 2026-11-29, education, regulations, plans, local-regulations, model tiaowen/policy-encoder-small-zh: do not edit by hand. */
import type { Fit } from './judgement.js';

/** Cross-validated over families: balanced accuracy 0.804, F1 0.761, AUC 0.883, off-topic cells found 0.106. */
export const LATE_FIT: Fit = {
  intercept: 0.0561,
  weights: [0.8482, -1.4991, 0.6431, 0.4668, 0.5067],
  means: [0.582, 0.0635, 0.644, 2.5839, 0.1497],
  deviations: [0.1256, 0.0672, 0.1106, 0.4671, 0.3568],
};

/** Cross-validated over families: balanced accuracy 0.787, F1 0.743, AUC 0.867, off-topic cells found 0.163. */
export const DENSE_FIT: Fit = {
  intercept: 0.126,
  weights: [1.0986, 1.0473, 0.302, 0.596],
  means: [0.6683, 0.644, 2.5839, 0.1497],
  deviations: [0.2703, 0.1106, 0.4671, 0.3568],
};
