import { describe, expect, it } from 'vitest';
import { DenseScan } from '../../src/kernel/dense-scan.js';
import { makeRandom, randomUnit } from '../contract/make-document.js';

function rowsOf(count: number, dimension: number, seed: number): Float32Array[] {
  const random = makeRandom(seed);
  return Array.from({ length: count }, () => randomUnit(random, dimension));
}

function bytesOf(rows: readonly Float32Array[]): Uint8Array {
  return Buffer.concat(rows.map((row) => Buffer.from(row.buffer, row.byteOffset, row.byteLength)));
}

const exact = (a: Float32Array, b: Float32Array) => a.reduce((sum, value, i) => sum + value * b[i]!, 0);

/** The same rounding and the same sums in so many words. */
function rounded(row: Float32Array, query: Float32Array, finest: number): number {
  const most = (vector: Float32Array) => vector.reduce((max, value) => Math.max(max, Math.abs(value)), 0);
  const scale = Math.fround(most(row) / 127);
  const factor = Math.fround(127 / Math.fround(most(row)));
  const even = (value: number) => {
    const down = Math.floor(value);
    const middle = value - down === 0.5;
    return middle ? (down % 2 === 0 ? down : down + 1) : Math.round(value);
  };
  const product = row.reduce(
    (sum, value, i) =>
      sum + even(Math.fround(value * factor)) * Math.round((query[i]! / most(query)) * finest),
    0,
  );
  return Math.fround(product * scale * (most(query) / finest));
}

describe('DenseScan', () => {
  it.each([1, 15, 16, 17, 64, 100, 512])(
    'is the product of what was rounded, in %i dimensions',
    (dimension) => {
      const rows = rowsOf(150, dimension, dimension);
      const scan = new DenseScan(150, dimension);
      scan.put(0, bytesOf(rows));
      const [query] = rowsOf(1, dimension, 7);
      const finest = Math.min(32_767, Math.floor((2 ** 31 - 1) / (127 * Math.ceil(dimension / 16) * 16)));
      expect([...scan.cosines(query!)]).toEqual(rows.map((row) => rounded(row, query!, finest)));
    },
  );

  it.each([1, 4, 7, 1030])('gives a second query the cosines of a first one, of %i rows', (count) => {
    const scan = new DenseScan(count, 100);
    scan.put(0, bytesOf(rowsOf(count, 100, count)));
    // A group of its own for each row, so that the best of it is its cosine.
    for (let row = 0; row < count; row++) scan.groups[row] = row;
    const queries = rowsOf(3, 100, 7);
    const found = scan.best(queries, count);
    queries.forEach((query, i) => expect(found[i]!.cosines[0]).toEqual(scan.cosines(query)));
  });

  it('is near the cosine of the floats', () => {
    const rows = rowsOf(500, 512, 1);
    const scan = new DenseScan(500, 512);
    scan.put(0, bytesOf(rows));
    const near = rows[9]!.map((value, i) => value + rows[8]![i]!).map((value) => value / Math.SQRT2);
    const found = scan.cosines(near);
    rows.forEach((row, i) => expect(Math.abs(found[i]! - exact(row, near))).toBeLessThan(0.002));
  });

  it.each([1, 3, 6, 2503])(
    'gives the best rows of groups for several queries at once, of %i rows',
    (count) => {
      const random = makeRandom(count);
      // Every row twice, so that there are equals.
      const rows = rowsOf(Math.ceil(count / 2), 32, 3)
        .flatMap((row) => [row, row])
        .slice(0, count);
      const scan = new DenseScan(count, 32);
      scan.put(0, bytesOf(rows));
      // Groups of one row and of more than a stretch, with one kind or both, and some of no row between them.
      const length = [1, 2, 5, 1300];
      for (let row = 0, group = 1; row < count; group += 1 + Math.floor(random() * 3))
        for (let left = length[Math.floor(random() * 4)]!; left > 0 && row < count; left--)
          scan.groups[row++] = group;
      for (let row = 0; row < count; row++) scan.kinds[row] = random() < 0.3 ? 1 : 0;
      const groups = scan.groups.at(-1)! + 2;
      const queries = rowsOf(3, 32, 4);
      const found = scan.best(queries, groups);
      queries.forEach((query, i) => {
        const cosines = scan.cosines(query);
        const bestOf = (kind: number) => {
          const best = new Float32Array(groups).fill(-1);
          const keys = new Int32Array(groups).fill(-1);
          cosines.forEach((cosine, row) => {
            const group = scan.groups[row]!;
            if (scan.kinds[row] !== kind || (keys[group]! >= 0 && cosine <= best[group]!)) return;
            best[group] = cosine;
            keys[group] = row;
          });
          return { best, keys };
        };
        const [first, second] = [bestOf(0), bestOf(1)];
        expect(found[i]!.cosines[0]).toEqual(first.best);
        expect(found[i]!.keys).toEqual(first.keys);
        const filled = second.best.map((cosine, group) =>
          second.keys[group]! < 0 ? first.best[group]! : cosine,
        );
        expect(found[i]!.cosines[1]).toEqual(filled);
      });
    },
  );

  it('gives its bytes and is filled from them', () => {
    const scan = new DenseScan(5, 20);
    scan.put(0, bytesOf(rowsOf(5, 20, 2)));
    const other = new DenseScan(2, 20);
    const from = scan.bytesOf(3, 2);
    const into = other.bytesOf(0, 2);
    into.rows.set(from.rows);
    into.scales.set(from.scales);
    const [query] = rowsOf(1, 20, 8);
    expect(other.cosines(query!)).toEqual(scan.cosines(query!).subarray(3));
    expect(() => scan.bytesOf(4, 2)).toThrow(RangeError);
    expect(() => scan.bytesOf(-1, 2)).toThrow(RangeError);
  });

  it('takes rows that were rounded before', () => {
    const rows = rowsOf(2, 20, 2);
    const scan = new DenseScan(2, 20);
    scan.put(0, bytesOf(rows));
    const other = new DenseScan(2, 20);
    [0, 1].forEach((row) => {
      const { rows: kept, scales } = scan.bytesOf(row, 1);
      const components = new Int8Array(kept).subarray(0, 20);
      other.putRounded(row, components, new Float32Array(new Uint8Array(scales).buffer)[0]!);
    });
    const [query] = rowsOf(1, 20, 8);
    expect(other.cosines(query!)).toEqual(scan.cosines(query!));
    expect(() => other.putRounded(0, new Int8Array(19), 1)).toThrow(RangeError);
    expect(() => other.putRounded(2, new Int8Array(20), 1)).toThrow(RangeError);
  });

  it('holds rows wherever they are put, and zeros elsewhere', () => {
    const rows = rowsOf(3, 20, 2);
    const scan = new DenseScan(200, 20);
    // At an odd address, as a BLOB may be.
    const odd = new Uint8Array(bytesOf(rows).length + 1).subarray(1);
    odd.set(bytesOf(rows));
    scan.put(197, odd);
    scan.put(5, bytesOf(rows.slice(0, 1)));
    const found = scan.cosines(rows[0]!);
    found.forEach((value, row) => {
      if (row === 5 || row === 197) expect(value).toBeCloseTo(1, 2);
      else if (row < 197) expect(value).toBe(0);
    });
  });

  it('takes vectors of one large and of no component, and a query of zeros', () => {
    const axis = new Float32Array(16);
    axis[3] = -1;
    const scan = new DenseScan(2, 16);
    scan.put(0, bytesOf([axis, new Float32Array(16)]));
    expect([...scan.cosines(axis)].map((value) => Math.abs(Math.round(value * 1e6) / 1e6))).toEqual([1, 0]);
    expect([...scan.cosines(new Float32Array(16))].map(Math.abs)).toEqual([0, 0]);
  });

  it('refuses what does not fit', () => {
    const scan = new DenseScan(2, 16);
    expect(() => scan.put(0, new Uint8Array(3))).toThrow(RangeError);
    expect(() => scan.put(1, new Uint8Array(2 * 16 * 4))).toThrow(RangeError);
    expect(() => scan.put(-1, new Uint8Array(16 * 4))).toThrow(RangeError);
    expect([...new DenseScan(0, 16).cosines(new Float32Array(16))]).toEqual([]);
  });
});
