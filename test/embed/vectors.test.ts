import { describe, expect, it } from 'vitest';
import { clsPooled, meanPooled, sentenceRow, tokenRows } from '../../src/embed/vectors.js';

/** Two texts of three places (the second has two tokens and a padding), two dimensions. */
const states = { dims: [2, 3, 2], data: Float32Array.of(3, 4, 0, 1, 1, 0, 0, -2, 2, 0, 9, 9) };

describe('vectors', () => {
  it('pools the first token', () => {
    expect([...clsPooled(states, 0)].map((x) => x.toFixed(3))).toEqual(['0.600', '0.800']);
    expect([...clsPooled(states, 1)]).toEqual([0, -1]);
  });

  it('pools the mean of the tokens without the padding', () => {
    const [x, y] = meanPooled(states, 1, 2);
    expect(x).toBeCloseTo(Math.SQRT1_2);
    expect(y).toBeCloseTo(-Math.SQRT1_2);
  });

  it('takes a row of a sentence output, normalised, and leaves a zero vector zero', () => {
    expect([...sentenceRow({ dims: [2, 2], data: Float32Array.of(0, 0, 0, 5) }, 1)]).toEqual([0, 1]);
    expect([...sentenceRow({ dims: [2, 2], data: Float32Array.of(0, 0, 0, 5) }, 0)]).toEqual([0, 0]);
  });

  it('scales the rows of the asked tokens to int8', () => {
    expect([...tokenRows(states, 0, 1, 3)]).toEqual([0, 127, 127, 0]);
    expect([...tokenRows(states, 0, 0, 1)]).toEqual([76, 102]);
    expect(tokenRows(states, 0, 1, 1)).toHaveLength(0);
  });
});
