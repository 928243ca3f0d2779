import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Interaction, leastSupported, prepareQuery, ROW, ROW_LENGTH } from '../../src/kernel/interaction.js';

const LEAST = -127 * 127;

/** The same in so many words; null where no passage has vectors. */
function reference(query: Int8Array, passages: readonly Int8Array[], key: number, dimension: number) {
  const rows = (vectors: Int8Array) =>
    Array.from({ length: vectors.length / dimension }, (_, row) =>
      Array.from(vectors.subarray(row * dimension, (row + 1) * dimension)),
    );
  const held = passages.flatMap((vectors, i) => (vectors.length === 0 ? [] : [{ key: key + i, vectors }]));
  const best = held.map(({ vectors }) =>
    rows(query).map((q) =>
      Math.max(LEAST, ...rows(vectors).map((p) => p.reduce((sum, value, i) => sum + value * q[i]!, 0))),
    ),
  );
  if (best.length === 0) return null;
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  const join = (a: readonly number[], b: readonly number[]) => a.map((value, i) => Math.max(value, b[i]!));
  const sums = best.map(sum);
  const whole = best.reduce(join);
  return {
    sentence: Math.max(...sums),
    window: Math.max(...best.map((one, i) => sum(i === 0 ? one : join(one, best[i - 1]!)))),
    clause: sum(whole),
    weakest: sum([...whole].sort((a, b) => a - b).slice(0, leastSupported(whole.length))),
    passage: held[sums.indexOf(Math.max(...sums))]!.key,
  };
}

/** What a row says, as reference() has it. */
function read(rows: Int32Array, query: number) {
  const row = rows.subarray(query * ROW_LENGTH);
  if (row[ROW.passage]! < 0) return null;
  return Object.fromEntries(Object.entries(ROW).map(([name, place]) => [name, row[place]]));
}

const vectors = (dimension: number, tokens: number) =>
  fc.int8Array({ minLength: tokens * dimension, maxLength: tokens * dimension, min: -128, max: 127 });
const between = (min: number, max: number) => fc.integer({ min, max });

describe('Interaction', () => {
  it('gives the integers of the definition for any dimension, number of tokens, of passages and of queries', () => {
    const cases = fc
      .record({
        dimension: fc.oneof(between(1, 40), fc.constant(128)),
        asked: fc.array(between(1, 13), { minLength: 1, maxLength: 4 }),
        held: fc.array(fc.oneof(between(1, 9), fc.constant(0)), { maxLength: 5 }),
      })
      .chain(({ dimension, asked, held }) =>
        fc.record({
          dimension: fc.constant(dimension),
          queries: fc.tuple(...asked.map((tokens) => vectors(dimension, tokens))),
          passages: fc.tuple(...held.map((tokens) => vectors(dimension, tokens))),
          mask: between(0, 15),
        }),
      );
    fc.assert(
      fc.property(cases, fc.nat(1_000), ({ dimension, queries, passages, mask }, key) => {
        const interaction = new Interaction(queries.map((query) => prepareQuery(query, dimension)));
        const rows = interaction.score(passages, key, mask);
        queries.forEach((query, i) => {
          const isAsked = (mask & (1 << i)) !== 0;
          expect(read(rows, i)).toEqual(isAsked ? reference(query, passages, key, dimension) : null);
        });
      }),
      { numRuns: 300 },
    );
  });

  it('counts no product below −127² and holds extreme values of long vectors', () => {
    const opposite = [Int8Array.from({ length: 16 }, () => -128)];
    const far = new Interaction([prepareQuery(new Int8Array(16).fill(127), 16)]).score(opposite, 0, 1);
    expect(read(far, 0)).toMatchObject({ sentence: LEAST, weakest: LEAST });
    const long = new Int8Array(4096).fill(-128);
    const near = new Interaction([prepareQuery(long, 4096)]).score([long], 0, 1);
    expect(read(near, 0)).toMatchObject({ sentence: 4096 * 128 * 128, clause: 4096 * 128 * 128 });
  });

  it('has room for a passage larger than its memory, and forgets it', () => {
    const interaction = new Interaction([prepareQuery(Int8Array.of(1, 2, 3, 4), 4)]);
    const long = new Int8Array(4 * 60_000);
    long.set([9, 9, 9, 9], 4 * 59_999);
    expect(read(interaction.score([long], 5, 1), 0)).toMatchObject({ sentence: 90, passage: 5 });
    expect(read(interaction.score([Int8Array.of(1, 0, 0, 0)], 6, 1), 0)).toMatchObject({
      sentence: 1,
      passage: 6,
    });
  });

  it('may be asked in turn with another one', () => {
    const one = new Interaction([prepareQuery(Int8Array.of(1, 0), 2)]);
    const other = new Interaction([prepareQuery(Int8Array.of(0, 1, 1, 1), 2)]);
    for (let turn = 0; turn < 2; turn++) {
      expect(read(one.score([Int8Array.of(3, 5)], 0, 1), 0)).toMatchObject({ sentence: 3 });
      expect(read(other.score([Int8Array.of(3, 5)], 0, 1), 0)).toMatchObject({ sentence: 13, weakest: 5 });
    }
  });

  it('refuses what is not whole tokens', () => {
    expect(() => prepareQuery(new Int8Array(5), 4)).toThrow(RangeError);
    expect(() => prepareQuery(new Int8Array(0), 4)).toThrow(RangeError);
    const interaction = new Interaction([prepareQuery(new Int8Array(4), 4)]);
    expect(() => interaction.score([new Int8Array(6)], 0, 1)).toThrow(RangeError);
  });
});
