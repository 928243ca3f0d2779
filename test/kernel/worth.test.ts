import { describe, expect, it } from 'vitest';
import { Worth } from '../../src/kernel/worth.js';

/** Of so many works, which take so long, how many others are asked for. */
function asked(worth: Worth, works: number, shared: number, alone: number): number {
  let count = 0;
  for (let i = 0; i < works; i++) {
    const ask = worth.ask();
    worth.saw(ask, ask ? shared : alone);
    if (ask) count++;
  }
  return count;
}

describe('Worth', () => {
  it('tries both, the first time not counted, and then asks others as long as they are faster', () => {
    const worth = new Worth();
    asked(worth, 1, 99, 99);
    expect(asked(worth, 2, 10, 20)).toBe(1);
    // One of 64 is done alone.
    expect(asked(worth, 640, 10, 20)).toBe(630);
  });

  it('works alone as long as that is faster, and looks now and then', () => {
    const worth = new Worth();
    asked(worth, 3, 20, 10);
    expect(asked(worth, 640, 20, 10)).toBe(80);
  });

  it('works alone where others gain next to nothing', () => {
    const worth = new Worth();
    asked(worth, 3, 9, 10);
    expect(asked(worth, 64, 9, 10)).toBe(8);
  });

  it('finds out that others took their time away, and that they have some again', () => {
    const worth = new Worth();
    asked(worth, 100, 10, 20);
    // All is slower, alone the less so.
    expect(asked(worth, 100, 60, 40)).toBeLessThan(30);
    asked(worth, 40, 10, 20);
    expect(asked(worth, 64, 10, 20)).toBeGreaterThan(60);
  });

  it('stays with others where all is slower and alone still more', () => {
    const worth = new Worth();
    asked(worth, 100, 10, 20);
    expect(asked(worth, 100, 30, 60)).toBeGreaterThan(90);
  });
});
