import { describe, expect, it } from 'vitest';
import { evidenceOf } from '../../src/search/compare.js';
import { probabilityOf, THRESHOLD, type Evidence } from '../../src/search/judgement.js';
import type { DocumentRange } from '../../src/search/signals.js';
import type { ScoredTopic } from '../../src/search/score-topic.js';

const strong: Evidence = {
  named: false,
  relative: 1,
  cosine: 0.8,
  late: { weakest: 0.85, behind: 0, standing: 4, share: 1 },
  length: Math.log(6),
  rarest: 1,
};
const weak: Evidence = {
  ...strong,
  relative: 0.5,
  cosine: 0.45,
  late: { weakest: 0.5, behind: 0.15, standing: 2, share: 0.4 },
  rarest: 0,
};
const dense = (evidence: Evidence): Evidence => ({ ...evidence, late: null });

describe('probabilityOf', () => {
  it('tells a clause that answers from the best of what does not, with token vectors and without', () => {
    for (const of of [(evidence: Evidence) => evidence, dense]) {
      expect(probabilityOf(of(strong))).toBeGreaterThan(0.8);
      expect(probabilityOf(of(weak))).toBeLessThan(THRESHOLD);
    }
  });

  it('falls with less support, more distance from the best, less distance from the background, and the rarest word missing', () => {
    const base = probabilityOf(strong);
    const { late } = strong;
    for (const less of [{ weakest: 0.7 }, { behind: 0.1 }, { standing: 3 }, { share: 0.7 }])
      expect(probabilityOf({ ...strong, late: { ...late!, ...less } }), Object.keys(less)[0]).toBeLessThan(
        base,
      );
    expect(probabilityOf({ ...strong, rarest: 0 })).toBeLessThan(base);
    expect(probabilityOf({ ...strong, cosine: 0.6 })).toBeLessThan(base);
    expect(probabilityOf(dense({ ...strong, cosine: 0.6 }))).toBeLessThan(probabilityOf(dense(strong)));
    expect(probabilityOf(dense({ ...strong, relative: 0.6 }))).toBeLessThan(probabilityOf(dense(strong)));
  });

  it('has nothing to judge where the query names the place', () => {
    expect(probabilityOf({ ...weak, named: true })).toBe(1);
  });
});

describe('evidenceOf', () => {
  const column = (...values: number[]) => Float32Array.from(values);
  const scored = {
    understood: { topic: '校车' },
    table: {
      columns: {
        lateClause: column(0.9, 0.2),
        lookup: column(0, 0),
      },
      grounds: { weakest: column(0.5, 0.1), rarest: column(1, 0), read: column(1, 0) },
    },
    background: {
      standing: (_: unknown, index: number) => [2.5, 1][index],
      share: (index: number) => [0.5, 0.25][index],
    },
    relative: (index: number) => [0.5, 1][index],
    cosine: (index: number) => [0.7, 0.8][index],
    bestLate: 1,
  } as unknown as ScoredTopic;

  it('a document that late interaction passed over is judged without it, not as if it had nothing', () => {
    const range = {} as DocumentRange;
    const read = evidenceOf(scored, { index: 0, range });
    expect(read).toMatchObject({ relative: 0.5, length: Math.log(2), rarest: 1, named: false });
    expect(read.late!.weakest).toBeCloseTo(0.5);
    expect(read.late!.behind).toBeCloseTo(0.1);
    expect(read.late).toMatchObject({ standing: 2.5, share: 0.5 });
    const passedOver = evidenceOf(scored, { index: 1, range });
    expect(passedOver).toMatchObject({ relative: 1, late: null, rarest: 0 });
    expect(passedOver.cosine).toBeCloseTo(0.8);
  });
});
