import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ColumnFusion } from '../../src/kernel/column-fusion.js';

interface Share {
  readonly values: readonly number[];
  readonly weight: number;
}

/** The definition, column by column. */
function reference(
  columns: readonly (readonly number[])[],
  weights: readonly number[],
  shares: readonly Share[],
): Float32Array {
  const rows = columns[0]!.length;
  const fused = new Float32Array(rows);
  columns.forEach((values, at) => {
    const mean = values.reduce((sum, value) => sum + value, 0) / rows;
    const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / rows);
    if (weights[at] === 0 || deviation < 1e-9) return;
    values.forEach((value, i) => (fused[i]! += (weights[at]! * (value - mean)) / deviation));
  });
  for (const { values, weight } of shares) values.forEach((value, i) => (fused[i]! += weight * value));
  return fused;
}

const weight = fc.oneof(fc.constant(0), fc.double({ min: 0.1, max: 40, noNaN: true }));
const column = (rows: number) =>
  fc.array(fc.float({ min: -1, max: 1, noNaN: true }), { minLength: rows, maxLength: rows });
/** With values that repeat, across the four rows that are taken at a time and within them. */
const stretched = (rows: number) =>
  fc
    .tuple(column(rows), fc.array(fc.integer({ min: 1, max: 9 }), { minLength: rows, maxLength: rows }))
    .map(([values, lengths]) =>
      values.flatMap((value, i) => new Array<number>(lengths[i]!).fill(value)).slice(0, rows),
    );

describe('ColumnFusion', () => {
  const cases = fc.integer({ min: 1, max: 30 }).chain((rows) =>
    fc.record({
      columns: fc.tuple(column(rows), column(rows), stretched(rows), stretched(rows), stretched(rows)),
      weights: fc.array(weight, { minLength: 5, maxLength: 5 }),
      shares: fc.array(fc.record({ values: column(rows), weight }), { maxLength: 3 }),
    }),
  );

  it('gives the floats of the definition to the last bit', () => {
    const fusions = Array.from({ length: 31 }, (_, rows) => new ColumnFusion(rows));
    fc.assert(
      fc.property(cases, ({ columns, weights, shares }) => {
        // Used again, so that nothing of what was asked before may be left.
        const fusion = fusions[columns[0].length]!;
        columns.forEach((values, at) => fusion.columns[at]!.set(values));
        const fused = fusion.fuse(weights);
        for (const { values, weight } of shares) fusion.add(Float32Array.from(values), weight);
        expect(fused).toEqual(reference(columns, weights, shares));
      }),
      { numRuns: 500 },
    );
  });

  it('has nothing to say of no rows', () => {
    const fusion = new ColumnFusion(0);
    expect(fusion.fuse([1, 1, 1, 1, 1])).toHaveLength(0);
    fusion.add(new Float32Array(0), 1);
  });

  it('tells the best of stretches by a sum of four columns, in doubles', () => {
    const cases = fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 12 }).chain((lengths) => {
      const rows = lengths.reduce((sum, length) => sum + length, 0);
      return fc.record({
        lengths: fc.constant(lengths),
        columns: fc.tuple(column(rows), column(rows), column(rows), column(rows)),
        weights: fc.tuple(weight, weight),
      });
    });
    fc.assert(
      fc.property(cases, ({ lengths, columns, weights }) => {
        let end = 0;
        const ends = Int32Array.from(lengths, (length) => (end += length));
        const [a, b, c, d] = columns;
        const expected = lengths.map((length, i) => {
          const values = Array.from({ length }, (_, k) => {
            const row = ends[i]! - length + k;
            return a[row]! + b[row]! + weights[0] * c[row]! + weights[1] * d[row]!;
          });
          return Math.max(...values);
        });
        const fusion = new ColumnFusion(end);
        const floats = columns.map((values) => Float32Array.from(values));
        const found = fusion.highest([floats[0]!, floats[1]!, floats[2]!, floats[3]!], weights, ends);
        expect([...found]).toEqual(expected);
      }),
      { numRuns: 300 },
    );
  });
});
