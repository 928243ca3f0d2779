import { describe, expect, it } from 'vitest';
import { preferIntent } from '../../src/search/prefer-intent.js';
import type { Intent } from '../../src/model/answer.js';
import type { SignalTable } from '../../src/search/signals.js';
import type { IndexReader } from '../../src/store/store.js';

/** Documents of one clause each; the clause with key `i` has `texts(i)`. */
function preferred(documents: number, texts: (key: number) => string, scores: Float32Array): number[] {
  const ranges = Array.from({ length: documents }, (_, i) => ({
    entry: { firstClause: i, clauses: 1 },
    offset: i,
  }));
  const reader = { clauseText: texts } as unknown as IndexReader;
  const fused = scores.slice();
  preferIntent(reader, ['figure'], { ranges } as unknown as SignalTable, fused);
  return [...fused.keys()].filter((i) => fused[i] !== scores[i]);
}

describe('preferIntent', () => {
  it('lifts the clauses that hold a figure, and no others', () => {
    const texts = (key: number) => (key % 2 === 0 ? '比例不低于10%。' : '加强领导。');
    expect(preferred(6, texts, new Float32Array(6))).toEqual([0, 2, 4]);
  });

  it('reads a clause once for all questions of an index, whatever they ask for', () => {
    const read: number[] = [];
    const texts = ['三十日内办结。', '由教育局负责。', '加强领导。'];
    const reader = {
      clauseText: (key: number) => {
        read.push(key);
        return texts[key]!;
      },
    } as unknown as IndexReader;
    const ranges = [{ entry: { firstClause: 0, clauses: 3 }, offset: 0 }];
    const lifted = (...intents: readonly Intent[]) => {
      const fused = new Float32Array(3);
      preferIntent(reader, intents, { ranges } as unknown as SignalTable, fused);
      return [...fused];
    };
    expect(lifted('deadline')).toEqual([1, 0, 0]);
    expect(lifted('unit')).toEqual([0, 1, 0]);
    expect(lifted('figure', 'deadline')).toEqual([2, 0, 0]);
    expect(read).toEqual([0, 1, 2]);
  });

  it('in a very large index lifts what scores best, not what is listed first', () => {
    const scores = Float32Array.from({ length: 3000 }, (_, i) => i);
    const lifted = preferred(3000, () => '每年10%。', scores);
    expect(lifted.at(-1)).toBe(2999);
    expect(lifted[0]).toBeGreaterThan(1900);
  });
});
