import { describe, expect, it } from 'vitest';
import { changedCells } from '../../scripts/evaluation/changed-cells.js';
import { cell } from './cell.js';

describe('changedCells', () => {
  it('names what was won and what was lost, and nothing that stayed', () => {
    const before = [
      cell('a'),
      cell('b', { right: false }),
      cell('c', { grade: 0 }),
      cell('d'),
      cell('e', { grade: 1 }),
    ];
    const after = [
      cell('a', { right: false }),
      cell('b'),
      cell('c', { grade: 0, foundByUs: false, score: 0.2 }),
      cell('d'),
      cell('e', { grade: 1, foundByUs: false }),
      cell('new', { right: false }),
    ];
    expect(changedCells(before, after)).toEqual([
      '| keyword | 校车 | a | first clause now wrong |',
      '| keyword | 校车 | b | first clause now right |',
      '| keyword | 校车 | c | now no provision, rightly (0.90 → 0.20) |',
    ]);
  });
});
