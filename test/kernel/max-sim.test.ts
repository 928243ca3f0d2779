import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maxSim, prepareQuery } from '../../src/kernel/max-sim.js';

const LEAST = -127 * 127;

/** The same in so many words. */
function reference(query: Int8Array, passage: Int8Array, dimension: number): number[] {
  const rows = (vectors: Int8Array) =>
    Array.from({ length: vectors.length / dimension }, (_, row) =>
      Array.from(vectors.subarray(row * dimension, (row + 1) * dimension)),
    );
  return rows(query).map((q) =>
    Math.max(LEAST, ...rows(passage).map((p) => p.reduce((sum, value, i) => sum + value * q[i]!, 0))),
  );
}

const vectors = (dimension: number, tokens: number) =>
  fc.int8Array({ minLength: tokens * dimension, maxLength: tokens * dimension, min: -128, max: 127 });

describe('maxSim', () => {
  it('gives the integers of the definition for any dimension and number of tokens', () => {
    const cases = fc
      .tuple(
        fc.oneof(fc.integer({ min: 1, max: 40 }), fc.constant(128)),
        fc.integer({ min: 1, max: 10 }),
        fc.integer({ min: 1, max: 9 }),
      )
      .chain(([dimension, asked, held]) =>
        fc.record({
          dimension: fc.constant(dimension),
          query: vectors(dimension, asked),
          passage: vectors(dimension, held),
        }),
      );
    fc.assert(
      fc.property(cases, ({ dimension, query, passage }) => {
        const found = maxSim(prepareQuery(query, dimension), passage, LEAST);
        expect([...found]).toEqual(reference(query, passage, dimension));
      }),
      { numRuns: 300 },
    );
  });

  it('keeps what it is given as least where no product exceeds it', () => {
    const query = prepareQuery(Int8Array.of(1, 0, 0, -1), 2);
    expect([...maxSim(query, Int8Array.of(-5, 3), 0)]).toEqual([0, 0]);
    expect([...maxSim(query, Int8Array.of(-5, -3), 0)]).toEqual([0, 3]);
  });

  it('holds extreme values of long vectors', () => {
    const query = new Int8Array(4096).fill(-128);
    expect([...maxSim(prepareQuery(query, 4096), query, LEAST)]).toEqual([4096 * 128 * 128]);
  });

  it('has room for a passage larger than its memory, and forgets it', () => {
    const query = Int8Array.of(1, 2, 3, 4);
    const long = new Int8Array(4 * 60_000);
    long.set([9, 9, 9, 9], 4 * 59_999);
    expect([...maxSim(prepareQuery(query, 4), long, LEAST)]).toEqual([90]);
    expect([...maxSim(prepareQuery(query, 4), Int8Array.of(1, 0, 0, 0), LEAST)]).toEqual([1]);
  });

  it('may be asked several queries in turn', () => {
    const one = prepareQuery(Int8Array.of(1, 0), 2);
    const other = prepareQuery(Int8Array.of(0, 1, 1, 1), 2);
    const passage = Int8Array.of(3, 5);
    for (let turn = 0; turn < 2; turn++) {
      expect([...maxSim(one, passage, LEAST)]).toEqual([3]);
      expect([...maxSim(other, passage, LEAST)]).toEqual([5, 8]);
    }
  });

  it('refuses what is not whole tokens', () => {
    expect(() => prepareQuery(new Int8Array(5), 4)).toThrow(RangeError);
    expect(() => prepareQuery(new Int8Array(0), 4)).toThrow(RangeError);
    const query = prepareQuery(new Int8Array(4), 4);
    expect(() => maxSim(query, new Int8Array(6), LEAST)).toThrow(RangeError);
    expect(() => maxSim(query, new Int8Array(0), LEAST)).toThrow(RangeError);
  });
});
