import { describe, expect, it } from 'vitest';
import { adoptBetter } from '../../src/search/adopt-better.js';
import type { KeptTable } from '../../src/search/signals.js';

function scored(of: number, fused: readonly number[]) {
  const floats = () => Float32Array.from(fused, (_, i) => of + i / 8);
  const flags = () => new Uint8Array(fused.length).fill(of);
  const table: KeptTable = {
    ranges: [],
    size: fused.length,
    columns: {
      sentence: floats(),
      window: floats(),
      lateClause: floats(),
      words: floats(),
      lookup: floats(),
    },
    late: true,
    grounds: { weakest: floats(), rarest: flags(), read: flags() },
    bestSentence: new Int32Array(fused.length).fill(of),
  };
  return { table, fused: Float32Array.from(fused) };
}

describe('adoptBetter', () => {
  it('takes all that is known of a clause from the query that finds it better by more than one', () => {
    const own = scored(0, [3, 1, -Infinity, 2]);
    const other = scored(1, [4, 2.5, 0, 9]);
    expect([...adoptBetter(own, other)]).toEqual([0, 1, 1, 1]);
    expect([...own.fused]).toEqual([3, 1.5, -1, 8]);
    const { columns, grounds, bestSentence } = own.table;
    for (const column of [...Object.values(columns), grounds.weakest])
      expect([...column]).toEqual([0, 1.125, 1.25, 1.375]);
    for (const flags of [grounds.rarest, grounds.read, bestSentence])
      expect([...flags]).toEqual([0, 1, 1, 1]);
  });
});
