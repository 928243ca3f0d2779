import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { backgroundOf } from '../../src/search/background.js';
import type { DocumentRange } from '../../src/search/signals.js';

const range = (offset: number, clauses: number) => ({ offset, entry: { clauses } }) as DocumentRange;
const numbers = (length: number) =>
  fc.array(fc.double({ min: -20, max: 20, noNaN: true }), { minLength: length, maxLength: length });

const standingIn = (scores: Float32Array) => backgroundOf(scores).standing;

describe('standing', () => {
  it('a clause stands out of its document, not of the index', () => {
    const one = [...Array.from({ length: 59 }, (_, i) => i % 2), 9];
    const other = one.map((score) => score + 6);
    const standing = standingIn(Float32Array.from([...one, ...other]));
    const [first, second] = [standing(range(0, 60), 59), standing(range(60, 60), 119)];
    expect(first).toBeGreaterThan(3);
    expect(standing(range(0, 60), 1)).toBeLessThan(0);
    // The index pulls both towards its own mean, which lies between them.
    expect(Math.abs(first - second)).toBeLessThan(1.5);
  });

  it('a document of one clause is compared with the index', () => {
    const scores = [...Array.from({ length: 50 }, (_, i) => i % 2), 8];
    expect(standingIn(Float32Array.from(scores))(range(50, 1), 50)).toBeGreaterThan(1.5);
  });

  it('nothing stands out where all scores are alike, and it is never infinite', () => {
    expect(standingIn(Float32Array.of(3, 3, 3))(range(0, 3), 1)).toBe(0);
  });

  it('rises with the score within a document, and does not change when all scores move alike', () => {
    fc.assert(
      fc.property(numbers(12), fc.double({ min: -50, max: 50, noNaN: true }), (scores, shift) => {
        const standing = standingIn(Float32Array.from(scores));
        const moved = standingIn(Float32Array.from(scores.map((score) => score + shift)));
        const own = range(4, 5);
        for (let i = 4; i < 9; i++) {
          expect(moved(own, i)).toBeCloseTo(standing(own, i), 3);
          for (let j = 4; j < 9; j++)
            if (scores[i]! > scores[j]!) expect(standing(own, i)).toBeGreaterThanOrEqual(standing(own, j));
        }
      }),
    );
  });
});

it('the share is of the best of the index, and of nothing there is none', () => {
  const { share } = backgroundOf(Float32Array.of(6, 12, -3));
  expect([share(0), share(1), share(2)]).toEqual([0.5, 1, 0]);
  expect(backgroundOf(Float32Array.of(-1, -2)).share(0)).toBe(0);
});
