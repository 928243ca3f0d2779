/**
 * Columns that one question after the other works in. Fresh ones would be got from the system each time: of 150,000 clauses that takes as long
 * as to fill them.
 */
import { ColumnFusion } from '../kernel/column-fusion.js';

/** What they hold is void once another question is asked: what is needed longer is copied. */
export interface WorkColumns {
  readonly size: number;
  readonly fusion: ColumnFusion;
}

let kept: WorkColumns | null = null;

/** For an index of so many clauses; those of the last one asked are kept. */
export function workColumns(size: number): WorkColumns {
  if (kept?.size !== size) kept = { size, fusion: new ColumnFusion(size) };
  return kept;
}
