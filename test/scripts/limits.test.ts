import { describe, expect, it } from 'vitest';
import { inCrowd } from '../../scripts/evaluation/in-crowd.js';
import { limitsPage, PATHS } from '../../scripts/evaluation/limits.js';
import type { Family } from '../../scripts/evaluation/suite.js';
import { cell } from './cell.js';

const empty = cell('empty', { grade: 0, right: false, foundByUs: false, score: 0.1 });
const topics = [{ topic: 't', style: 'keyword', ndcg: 0.75 }];

describe('limitsPage', () => {
  it('sets each path against the first, in points, and counts the cells that changed', () => {
    const [full, rounded] = PATHS;
    const lines = limitsPage('suite', 40, [
      { path: full!, cells: [cell('a'), cell('b'), empty], topics },
      { path: rounded!, cells: [cell('a', { right: false }), cell('b'), empty], topics },
    ]);
    expect(lines).toContain(`| ${full!.name} | 100.0 | 75.0 | 100.0 | 100.0 |  |`);
    expect(lines).toContain(
      `| ${rounded!.name} | 50.0 (−50.0) | 75.0 (+0.0) | 100.0 (+0.0) | 100.0 (+0.0) | 1 |`,
    );
    expect(lines.join('\n')).toContain('One cell is 50.0 points of hit@1.');
  });
});

describe('PATHS', () => {
  it('begin with the full one, and read the same share of documents as a large index does', () => {
    expect(PATHS[0]).toMatchObject({ rounded: false });
    expect(PATHS[0]!.late(8).mostDocuments).toBe(Infinity);
    const limited = PATHS.filter((path) => path.late(8).mostPerDocument < Infinity);
    expect(limited.map((path) => path.late(3_400).mostDocuments)).toEqual([
      1_274, 384, 1_274, 384, 1_274, 384,
    ]);
    expect(limited.map((path) => path.late(8).leastPerDocument)).toEqual([2, 2, 5, 5, 16, 16]);
    expect(limited.every((path) => path.late(1).mostDocuments === 1)).toBe(true);
  });
});

describe('inCrowd', () => {
  const family: Family = {
    name: '学前教育',
    files: null,
    corpus: '',
    topics: [{ id: 't', query: '校车', style: 'keyword', gold: new Map([['北京.txt', []]]) }],
  };

  it('finds the files of a family below the folder of its name', () => {
    const placed = inCrowd(family, ['评测/职业教育/北京.txt', '评测/学前教育/北京.txt', '东北京.txt']);
    expect([...placed.topics[0]!.gold.keys()]).toEqual(['评测/学前教育/北京.txt']);
  });

  it('refuses an index that lacks one', () => {
    expect(() => inCrowd(family, ['别处/北京.txt'])).toThrow('holds 0 files');
  });
});
