import { describe, expect, it } from 'vitest';
import { evenly, percentile, recall, sum } from '../../scripts/benchmark/statistics.js';

describe('percentile', () => {
  it('is the smallest value that the share does not exceed, whatever the order', () => {
    const hundred = Array.from({ length: 100 }, (_, i) => 100 - i);
    expect([0, 0.5, 0.95, 0.99, 1].map((share) => percentile(hundred, share))).toEqual([1, 50, 95, 99, 100]);
    expect(percentile([3, 1, 2], 0.5)).toBe(2);
    expect(percentile([7], 0.99)).toBe(7);
  });

  it('leaves the values as they were, and knows none among none', () => {
    const values = [3, 1, 2];
    percentile(values, 0.5);
    expect(values).toEqual([3, 1, 2]);
    expect(percentile([], 0.5)).toBeNaN();
  });
});

describe('recall', () => {
  it('is the share of the wanted that was found', () => {
    expect(recall([5, 1, 9], [1, 2, 3, 9])).toBe(0.5);
    expect(recall([], [1])).toBe(0);
    expect(recall([], [])).toBe(1);
  });
});

describe('evenly', () => {
  it('takes from all over the list, in order', () => {
    expect(evenly([0, 1, 2, 3, 4, 5, 6, 7, 8, 9], 5)).toEqual([0, 2, 4, 6, 8]);
    expect(evenly(['a', 'b', 'c', 'd', 'e'], 3)).toEqual(['a', 'b', 'd']);
    expect(evenly(['a', 'b'], 9)).toEqual(['a', 'b']);
  });
});

describe('sum', () => {
  it('is 0 of nothing', () => {
    expect([sum([]), sum([1.5, 2])]).toEqual([0, 3.5]);
  });
});
