/** Written by scripts/fit-judgement.ts, 2026-11-29, education, regulations, plans, local-regulations, model tiaowen/policy-encoder-small-zh: do not edit by hand. */
import type { Fit } from './judgement.js';

/** Cross-validated over families: balanced accuracy 0.796, F1 0.752, AUC 0.882, off-topic cells found 0.104. */
export const LATE_FIT: Fit = {
  intercept: 0.082,
  weights: [0.6516, -1.5167, 0.7433, 0.2962, 0.5436],
  means: [0.5871, 0.0636, 0.6588, 2.5927, 0.1549],
  deviations: [0.1244, 0.068, 0.1078, 0.4655, 0.3618],
};

/** Cross-validated over families: balanced accuracy 0.785, F1 0.741, AUC 0.871, off-topic cells found 0.170. */
export const DENSE_FIT: Fit = {
  intercept: 0.1722,
  weights: [1.1553, 1.0464, 0.1737, 0.5881],
  means: [0.6712, 0.6588, 2.5927, 0.1549],
  deviations: [0.2667, 0.1078, 0.4655, 0.3618],
};
