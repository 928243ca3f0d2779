import { describe, expect, it } from 'vitest';
import { figures, intervalOf } from '../../scripts/evaluation/metrics.js';
import { cell } from './cell.js';

const topics = [{ topic: 't', style: 'keyword', ndcg: 0.5 }];

describe('figures', () => {
  it('of no provision are none where no cell is empty', () => {
    const cells = [cell('a'), cell('b', { right: false, foundByUs: false })];
    expect(figures(cells, topics)).toMatchObject({
      hitAt1: 0.5,
      ndcgAt10: 0.5,
      emptyCells: 0,
      balancedAccuracy: NaN,
      f1: NaN,
      auc: NaN,
    });
    expect(intervalOf(cells, topics, ({ auc }) => auc)).toEqual([NaN, NaN]);
    expect(intervalOf(cells, topics, ({ hitAt1 }) => hitAt1)).toEqual([0.5, 0.5]);
  });

  it('of no provision are told where one is', () => {
    const empty = cell('b', { grade: 0, right: false, foundByUs: false, score: 0.1 });
    expect(figures([cell('a'), empty], topics)).toMatchObject({ balancedAccuracy: 1, f1: 1, auc: 1 });
  });
});
