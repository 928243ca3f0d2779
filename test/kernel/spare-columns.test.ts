import { describe, expect, it } from 'vitest';
import { giveBack, spareBytes, spareFloats, spareIntegers } from '../../src/kernel/spare-columns.js';

describe('spare columns', () => {
  it('gives out again what was given back, as numbers of either kind, and nothing twice', () => {
    const floats = spareFloats(1001).fill(7);
    const { buffer } = floats;
    giveBack(floats);
    const integers = spareIntegers(1001);
    expect(integers.buffer).toBe(buffer);
    expect(spareFloats(1001).buffer).not.toBe(buffer);
    expect(spareBytes(1001)).toHaveLength(1001);
  });

  it('refuses what was given back already: two would work in one column', () => {
    const column = spareFloats(1002);
    giveBack(column);
    expect(() => {
      giveBack(column);
    }).toThrow(TypeError);
  });

  it('leaves a part of something larger alone', () => {
    const whole = new Float32Array(2006);
    giveBack(whole.subarray(0, 1003));
    expect(spareFloats(1003).buffer).not.toBe(whole.buffer);
  });

  it('keeps a bounded number, and lets sizes go that are no longer given back', () => {
    const sizes = [1004, 1005, 1006];
    const given = sizes.map((size) => Array.from({ length: 40 }, () => spareFloats(size)));
    for (const columns of given) giveBack(...columns);
    const again = sizes.map((size) => Array.from({ length: 40 }, () => spareFloats(size).buffer));
    const shared = again.map(
      (buffers, i) => buffers.filter((buffer) => given[i]!.some((one) => one.buffer === buffer)).length,
    );
    expect(shared).toEqual([0, 28, 28]);
  });
});
