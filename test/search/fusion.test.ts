import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fuse, WEIGHTS } from '../../src/search/fusion.js';
import { rank } from '../../src/search/rank.js';
import { SIGNALS, type Signal, type SignalTable } from '../../src/search/signals.js';
import type { DocumentEntry } from '../../src/store/store.js';

function tableOf(columns: Partial<Record<Signal, number[]>>): SignalTable {
  const size = Object.values(columns)[0]!.length;
  const full = Object.fromEntries(
    SIGNALS.map((signal) => [signal, Float32Array.from(columns[signal] ?? new Array(size).fill(0))]),
  );
  return {
    ranges: [],
    size,
    columns: full as Record<Signal, Float32Array>,
    grounds: {
      weakest: new Float32Array(size),
      rarest: new Float32Array(size),
      read: new Float32Array(size),
    },
    late: true,
    bestSentence: new Int32Array(size).fill(-1),
  };
}

describe('fuse', () => {
  it('lets a signal that says the same of all clauses say nothing', () => {
    const table = tableOf({ sentence: [0.9, 0.1, 0.5], words: [0, 0, 0] });
    const only = fuse(table, { ...WEIGHTS, words: 0 });
    expect([...fuse(table, WEIGHTS)]).toEqual([...only]);
  });

  it('does not depend on the unit of a signal', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 3, maxLength: 30 }),
        fc.integer({ min: 1, max: 1000 }),
        (values, scale) => {
          const a = fuse(tableOf({ sentence: values }), WEIGHTS);
          const b = fuse(tableOf({ sentence: values.map((value) => value * scale) }), WEIGHTS);
          // A column that is nearly flat may fall on either side of "says nothing".
          const spread = Math.max(...values) - Math.min(...values);
          fc.pre(spread > 1e-3);
          for (let i = 0; i < a.length; i++) expect(b[i]).toBeCloseTo(a[i]!, 2);
        },
      ),
    );
  });
});

describe('rank', () => {
  it('orders by score and breaks ties by place', () => {
    const entry = { firstClause: 10, clauses: 3 } as DocumentEntry;
    const other = { firstClause: 40, clauses: 2 } as DocumentEntry;
    const ranges = [
      { entry, offset: 0 },
      { entry: other, offset: 3 },
    ];
    const ranked = rank(Float32Array.from([1, 2, 1, 2, 0]), ranges, 4);
    expect(ranked.map(({ clauseKey }) => clauseKey)).toEqual([11, 40, 10, 12]);
  });
});
