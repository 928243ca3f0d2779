import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { best, type Data } from '../../scripts/benchmark/alternatives/alternative.js';
import { bruteForce } from '../../scripts/benchmark/alternatives/brute-force.js';
import { hnswlibExact, hnswlibGraph } from '../../scripts/benchmark/alternatives/hnswlib.js';
import { largestDistricts, truth } from '../../scripts/benchmark/alternatives/truth.js';

/** Vectors on a circle, one a degree: the nearest are known. Every third is of district 1, the others of 0. */
const angles = Array.from({ length: 90 }, (_, i) => (i * Math.PI) / 180);
const data: Data = {
  dimension: 2,
  vectors: Float32Array.from(angles.flatMap((angle) => [Math.cos(angle), Math.sin(angle)])),
  queries: Float32Array.from(
    [40.2, 80.4].flatMap((a) => [Math.cos((a * Math.PI) / 180), Math.sin((a * Math.PI) / 180)]),
  ),
  topics: ['一', '二'],
  texts: angles.map(String),
  district: Uint16Array.from(angles, (_, i) => (i % 3 === 0 ? 1 : 0)),
  districts: ['甲', '乙'],
  index: '',
};
const none = () => {
  throw new Error('needs no package');
};

describe('best', () => {
  it('gives the highest admitted, best first, the first among equals', () => {
    const scores = Float32Array.from([1, 5, 3, 5, 2]);
    expect(best(scores, 3)).toEqual([1, 3, 2]);
    expect(best(scores, 9)).toEqual([1, 3, 2, 4, 0]);
    expect(best(scores, 2, (i) => i % 2 === 0)).toEqual([2, 4]);
  });
});

describe('truth', () => {
  it('is what is nearest, over all or inside a district', () => {
    expect(truth(data, 0, null, 3)).toEqual([40, 41, 39]);
    expect(truth(data, 0, 1, 2)).toEqual([39, 42]);
  });

  it('counts a unit by its best passage, once', () => {
    expect(truth(data, 0, null, 3, (passage) => Math.floor(passage / 10))).toEqual([4, 3, 5]);
  });

  it('knows the largest districts', () => {
    expect(largestDistricts(data, 1)).toEqual([0]);
    expect(largestDistricts(data, 5)).toEqual([0, 1]);
  });
});

describe('alternatives that need no package', () => {
  it.each([bruteForce, hnswlibExact, hnswlibGraph])(
    '$name finds the nearest, also by district',
    async (one) => {
      const folder = await mkdtemp(join(tmpdir(), 'tiaowen-alternative-'));
      try {
        const opened = await one.build(data, folder, none);
        for (const query of [0, 1]) {
          expect(await opened.search(query, 5)).toEqual(truth(data, query, null, 5));
          expect(await opened.filtered!(query, 1, 5)).toEqual(truth(data, query, 1, 5));
        }
      } finally {
        await rm(folder, { recursive: true });
      }
    },
  );
});
