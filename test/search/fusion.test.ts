import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fuse, shareWithoutLate, WEIGHTS, type Weights } from '../../src/search/fusion.js';
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
      rarest: new Uint8Array(size),
      read: new Uint8Array(size),
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

/** The definition, signal by signal, each rounded to a float once it is added. */
function reference({ columns, size }: SignalTable, weights: Weights): Float32Array {
  const fused = new Float32Array(size);
  for (const signal of SIGNALS) {
    const values = [...columns[signal]];
    const sum = (terms: number[]) => terms.reduce((total, term) => total + term, 0);
    const isShare = ['words', 'bigrams', 'headings', 'lookup'].includes(signal);
    const mean = isShare ? 0 : sum(values) / size;
    const deviation = isShare ? 1 : Math.sqrt(sum(values.map((value) => (value - mean) ** 2)) / size);
    if (weights[signal] === 0 || deviation < 1e-9) continue;
    values.forEach((value, i) => (fused[i]! += (weights[signal] * (value - mean)) / deviation));
  }
  return fused;
}

/** Columns of all signals; those of late interaction with stretches of one value, as it fills them. */
const tables = fc.integer({ min: 1, max: 40 }).chain((size) => {
  const value = fc.float({ min: -1, max: 1, noNaN: true });
  const column = fc.array(value, { minLength: size, maxLength: size });
  const stretched = fc
    .tuple(column, fc.array(fc.boolean(), { minLength: size, maxLength: size }))
    .map(([values, isNew]) => {
      let last = values[0]!;
      return values.map((one, i) => (last = isNew[i]! ? one : last));
    });
  const late = { lateSentence: stretched, lateWindow: stretched, lateClause: stretched };
  const shares = { words: column, bigrams: column, headings: column, lookup: column };
  return fc.record({ sentence: column, window: column, ...late, ...shares }).map(tableOf);
});

describe('fuse, in one pass', () => {
  const weights = fc.record(
    Object.fromEntries(
      SIGNALS.map((signal) => [signal, fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 40 }))]),
    ) as Record<Signal, fc.Arbitrary<number>>,
  );

  it('gives the floats of the definition to the last bit', () => {
    fc.assert(
      fc.property(tables, weights, (table, some) => {
        for (const each of [WEIGHTS, some]) expect(fuse(table, each)).toEqual(reference(table, each));
      }),
    );
  });

  it('tells the share of the best without late interaction', () => {
    const none = { lateSentence: 0, lateWindow: 0, lateClause: 0 };
    fc.assert(
      fc.property(tables, weights, (table, some) => {
        const dense = reference(table, { ...some, ...none });
        const best = Math.max(...dense);
        const share = shareWithoutLate(table, some);
        dense.forEach((value, i) => {
          expect(share.of(i)).toBe(best > 0 ? Math.max(0, value) / best : 0);
        });
      }),
    );
  });
});

describe('rank', () => {
  it('is the head of a stable sort, whatever ties and whatever may not answer', () => {
    const score = fc.oneof(fc.integer({ min: 0, max: 5 }), fc.constant(-Infinity));
    fc.assert(
      fc.property(
        fc.array(fc.array(score, { maxLength: 9 })),
        fc.integer({ min: 1, max: 40 }),
        fc.option(fc.integer({ min: 2, max: 5 })),
        (documents, limit, ruledOut) => {
          const scores = documents.flat();
          const mayAnswer = ruledOut === null ? null : (index: number) => (index * 7) % ruledOut !== 0;
          const ranges = documents.map((own, i) => ({
            entry: { firstClause: 100 * i, clauses: own.length } as DocumentEntry,
            offset: documents.slice(0, i).flat().length,
          }));
          const sorted = scores
            .map((score, index) => ({ score, index }))
            .filter(({ score, index }) => score > -Infinity && (mayAnswer?.(index) ?? true))
            .sort((a, b) => b.score - a.score || a.index - b.index);
          const ranked = rank(Float32Array.from(scores), ranges, limit, mayAnswer);
          expect(ranked.map(({ score, index }) => ({ score, index }))).toEqual(sorted.slice(0, limit));
          for (const { range, index, clauseKey } of ranked)
            expect(clauseKey).toBe(range.entry.firstClause + index - range.offset);
          expect(ranked.every(({ range, index }) => index < range.offset + range.entry.clauses)).toBe(true);
        },
      ),
    );
  });

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

  it('asks whether a clause may answer only of those among the best so far', () => {
    const entry = { firstClause: 0, clauses: 6 } as DocumentEntry;
    const asked: number[] = [];
    const mayAnswer = (index: number) => asked.push(index) > 0 && index !== 1;
    const ranked = rank(Float32Array.from([3, 5, 2, 4, 1, 3]), [{ entry, offset: 0 }], 2, mayAnswer);
    expect(ranked.map(({ index }) => index)).toEqual([3, 0]);
    expect(asked).toEqual([0, 1, 2, 3]);
  });
});
