import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planBatches } from '../../src/embed/batches.js';

describe('planBatches', () => {
  it('takes each text alone and in order by default', () => {
    expect(planBatches([5, 9, 1], 0)).toEqual([[0], [1], [2]]);
    expect(planBatches([], 0)).toEqual([]);
  });

  it('groups texts of like length, longest first', () => {
    expect(planBatches([10, 50, 11, 49, 10], 100)).toEqual([
      [1, 3],
      [2, 0, 4],
    ]);
  });

  it('holds every text once, and no more padded tokens than the budget unless one text alone exceeds it', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 512 })),
        fc.integer({ min: 0, max: 4096 }),
        (lengths, budget) => {
          const batches = planBatches(lengths, budget);
          expect(batches.flat().sort((a, b) => a - b)).toEqual(lengths.map((_, i) => i));
          for (const batch of batches) {
            const padded = Math.max(...batch.map((i) => lengths[i]!)) * batch.length;
            expect(batch.length === 1 || padded <= budget).toBe(true);
          }
        },
      ),
    );
  });
});
