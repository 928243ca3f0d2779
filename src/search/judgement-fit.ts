/** Written by scripts/fit-judgement.ts, 2026-11-29, education, regulations, plans, local-regulations, first-answers, model tiaowen/policy-encoder-small-zh: do not edit by hand. */
import type { Fit } from './judgement.js';

/** Cross-validated over families: balanced accuracy 0.823, F1 0.784, AUC 0.906, off-topic cells found 0.096. */
export const LATE_FIT: Fit = {
  intercept: 0.2613,
  weights: [0.5823, -0.5579, 0.7484, 0.3621, 0.9472, 0.2042, 0.3153],
  means: [0.5809, 0.0544, 2.5243, 0.7746, 0.6604, 2.5459, 0.1416],
  deviations: [0.1235, 0.062, 0.8889, 0.2215, 0.1073, 0.4345, 0.3486],
};

/** Cross-validated over families: balanced accuracy 0.774, F1 0.729, AUC 0.869, off-topic cells found 0.068. */
export const DENSE_FIT: Fit = {
  intercept: 0.1365,
  weights: [0.9192, 1.2206, 0.0333, 0.544],
  means: [0.7023, 0.6604, 2.5459, 0.1416],
  deviations: [0.26, 0.1073, 0.4345, 0.3486],
};
