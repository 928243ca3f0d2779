import { describe, expect, it } from 'vitest';
import { Worth } from '../../src/kernel/worth.js';

/** How often the others are not asked before they are. */
function alone(worth: Worth): number {
  let count = 0;
  while (!worth.again()) count++;
  return count;
}

describe('Worth', () => {
  it('asks others again and again while they gain, or have nothing to do', () => {
    const worth = new Worth();
    for (let i = 0; i < 5; i++) {
      expect(alone(worth)).toBe(0);
      worth.saw(0.1, 50, 4.9);
      worth.saw(0.1, 0, 9);
    }
  });

  it('asks more and more seldom while they lose, and sooner when they gain', () => {
    const worth = new Worth();
    const counts = Array.from({ length: 8 }, () => {
      worth.saw(0.1, 50, 5.1);
      return alone(worth);
    });
    expect(counts).toEqual([1, 3, 7, 15, 31, 63, 64, 64]);
    const later = Array.from({ length: 8 }, () => {
      worth.saw(0.1, 50, 1);
      return alone(worth);
    });
    expect(later).toEqual([32, 16, 8, 4, 2, 1, 0, 0]);
  });

  it('counts nothing as lost where this thread came too late for any', () => {
    const worth = new Worth();
    worth.saw(Infinity, 50, 100);
    expect(alone(worth)).toBe(0);
  });
});
