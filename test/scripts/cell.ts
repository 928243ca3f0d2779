/** A cell of an evaluation: one with a provision that was found. */
import type { CellResult } from '../../scripts/evaluation/metrics.js';

export const cell = (file: string, change: Partial<CellResult> = {}): CellResult => ({
  topic: 't',
  query: '校车',
  style: 'keyword',
  file,
  grade: 2,
  right: true,
  foundByUs: true,
  score: 0.9,
  ...change,
});
