import { describe, expect, it } from 'vitest';
import { probabilityOf, THRESHOLD, type Evidence } from '../../src/search/judgement.js';

const strong: Evidence = {
  named: false,
  relative: 1,
  cosine: 0.8,
  late: { weakest: 0.85, behind: 0 },
  length: Math.log(6),
  rarest: 1,
};
const weak: Evidence = {
  ...strong,
  relative: 0.5,
  cosine: 0.45,
  late: { weakest: 0.5, behind: 0.15 },
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

  it('falls with less support, more distance from the best, and the rarest word missing', () => {
    const base = probabilityOf(strong);
    expect(probabilityOf({ ...strong, late: { weakest: 0.7, behind: 0 } })).toBeLessThan(base);
    expect(probabilityOf({ ...strong, late: { weakest: 0.85, behind: 0.1 } })).toBeLessThan(base);
    expect(probabilityOf({ ...strong, rarest: 0 })).toBeLessThan(base);
    expect(probabilityOf(dense({ ...strong, cosine: 0.6 }))).toBeLessThan(probabilityOf(dense(strong)));
    expect(probabilityOf(dense({ ...strong, relative: 0.6 }))).toBeLessThan(probabilityOf(dense(strong)));
  });

  it('has nothing to judge where the query names the place', () => {
    expect(probabilityOf({ ...weak, named: true })).toBe(1);
  });
});
