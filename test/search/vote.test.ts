import { expect, it } from 'vitest';
import { vote, type Asked } from '../../src/search/vote.js';

const asked = (fused: number[], sentence: number[], window: number[], best: number): Asked =>
  ({
    fused: Float32Array.from(fused),
    table: {
      columns: { sentence: Float32Array.from(sentence), window: Float32Array.from(window) },
      bestSentence: new Int32Array(fused.length).fill(best),
    },
  }) as unknown as Asked;

it('each clause takes the vote, and the sentence, of the topic that explains it best, and the cosine of whatever is nearest', () => {
  const question = asked([5, 1, 0], [0.5, 0.25, 0.5], [0.25, 0.75, 0.5], 1);
  const closest = vote(question, [
    asked([2, 4, -1], [0.75, 0.25, 0], [0, 0, 0], 2),
    asked([1, 3, 10], [0, 0, 0.25], [0, 0, 1], 3),
  ]);
  expect([...question.fused].map((score) => Math.round(score * 10) / 10)).toEqual([5.8, 2.6, 4]);
  expect([...question.table.bestSentence]).toEqual([1, 2, 3]);
  expect([...closest]).toEqual([0.75, 0.75, 1]);
});
