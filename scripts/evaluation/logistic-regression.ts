/** Logistic regression by Newton's method with a ridge: a handful of features, a few hundred cells. */
import type { Fit } from '../../src/search/judgement.js';

export interface Sample {
  readonly values: readonly number[];
  readonly positive: boolean;
  /** How much it counts; classes are balanced on top of it. */
  readonly weight: number;
}

/** `ridge` pulls the weights (not the intercept) towards zero, in units of one sample. */
export function fitLogistic(samples: readonly Sample[], ridge = 2): Fit {
  const width = samples[0]!.values.length;
  const means = columns(width, (i) => weightedMean(samples, (s) => s.values[i]!));
  const deviations = columns(width, (i) =>
    Math.max(Math.sqrt(weightedMean(samples, (s) => (s.values[i]! - means[i]!) ** 2)), 1e-6),
  );
  const rows = samples.map(({ values }) => [
    1,
    ...values.map((value, i) => (value - means[i]!) / deviations[i]!),
  ]);
  const total = (positive: boolean) =>
    sum(samples.filter((s) => s.positive === positive).map((s) => s.weight));
  const half = sum(samples.map((s) => s.weight)) / 2;
  const importance = samples.map((s) => (s.weight * half) / total(s.positive));

  let beta = new Array<number>(width + 1).fill(0);
  for (let step = 0; step < 50; step++) {
    const gradient = beta.map((value, i) => (i === 0 ? 0 : -ridge * value));
    const hessian = beta.map((_, i) => beta.map((__, j) => (i === j && i > 0 ? ridge : i === j ? 1e-9 : 0)));
    rows.forEach((row, n) => {
      const p = 1 / (1 + Math.exp(-dot(row, beta)));
      const error = (samples[n]!.positive ? 1 : 0) - p;
      row.forEach((x, i) => {
        gradient[i]! += importance[n]! * error * x;
        row.forEach((y, j) => (hessian[i]![j]! += importance[n]! * p * (1 - p) * x * y));
      });
    });
    const change = solve(hessian, gradient);
    beta = beta.map((value, i) => value + change[i]!);
    if (Math.max(...change.map(Math.abs)) < 1e-9) break;
  }
  return { intercept: beta[0]!, weights: beta.slice(1), means, deviations };
}

/** Gauss elimination with pivots. */
function solve(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const rows = matrix.map((row, i) => [...row, right[i]!]);
  const n = rows.length;
  for (let i = 0; i < n; i++) {
    const pivot = rows
      .slice(i)
      .reduce((best, row, k) => (Math.abs(row[i]!) > Math.abs(rows[best]![i]!) ? i + k : best), i);
    [rows[i], rows[pivot]] = [rows[pivot]!, rows[i]!];
    for (let k = i + 1; k < n; k++) {
      const factor = rows[k]![i]! / rows[i]![i]!;
      for (let j = i; j <= n; j++) rows[k]![j]! -= factor * rows[i]![j]!;
    }
  }
  const x = new Array<number>(n).fill(0);
  for (let i = n - 1; i >= 0; i--) {
    const rest = sum(x.slice(i + 1).map((value, k) => value * rows[i]![i + 1 + k]!));
    x[i] = (rows[i]![n]! - rest) / rows[i]![i]!;
  }
  return x;
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
const dot = (a: readonly number[], b: readonly number[]) => sum(a.map((value, i) => value * b[i]!));
const columns = (width: number, make: (i: number) => number) =>
  Array.from({ length: width }, (_, i) => make(i));

function weightedMean(samples: readonly Sample[], of: (sample: Sample) => number): number {
  return sum(samples.map((s) => s.weight * of(s))) / sum(samples.map((s) => s.weight));
}
