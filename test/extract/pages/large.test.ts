/** Pages that no office prints. What takes more than about linear time does not end within the time that vitest gives a test. */
import { describe, expect, it } from 'vitest';
import { compose } from '../../../src/extract/pages/compose.js';
import type { Box, PrintedPage, Rule, Run } from '../../../src/extract/pages/printed-page.js';

const run = (text: string, x: number, y: number, size = 10): Run => ({
  text,
  box: [x, y, x + text.length * size, y + size],
  size,
  bold: false,
  oblique: false,
});

function pageOf(number: number, runs: readonly Run[], rules: readonly Rule[] = []): PrintedPage {
  return { number, width: 600, height: 800, runs, rules, toShown: (box: Box) => box };
}

const many = <T>(count: number, make: (i: number) => T): T[] =>
  Array.from({ length: count }, (_, i) => make(i));

describe('compose', () => {
  it('the same line all over thousands of pages is no running head but at the edges', () => {
    const pages = many(2_000, (n) =>
      pageOf(
        n + 1,
        many(30, (i) => run('以万元计', 60, 130 + 18 * i)),
      ),
    );
    const { noise, blocks } = compose(pages);
    expect(noise).toHaveLength(2_000 * 6);
    expect(blocks.map(({ text }) => text.length).reduce((a, b) => a + b)).toBeGreaterThan(2_000 * 24 * 4);
  });

  it('figures at the edges of thousands of pages are numbers where they count the pages', () => {
    const text = many(20, (i) => run('加强领导，落实责任', 60, 130 + 20 * i));
    const pages = many(2_000, (n) =>
      pageOf(n + 1, [...text, run(String(n + 8), 300, 700), run('2025', 60, 110)]),
    );
    const { noise } = compose(pages);
    const numbers = noise.filter(({ reason }) => reason === 'page-number');
    expect(numbers).toHaveLength(2_000);
  });

  it('a page of fifty thousand lines', () => {
    const { source } = compose([
      pageOf(
        1,
        many(50_000, (i) => run('甲', 60 + (i % 7), i, 1)),
      ),
    ]);
    expect(source.match(/甲/g)).toHaveLength(50_000);
  });

  it('a page of three thousand bands of two columns', () => {
    const bands = many(3_000, (b) => [
      ...many(5, (i) => [
        run('左边的一栏', 60, b * 60 + i * 10, 8),
        run('右边的一栏', 110, b * 60 + i * 10, 8),
      ]).flat(),
      run('横过两栏的一整行文字', 60, b * 60 + 50, 9),
    ]).flat();
    const { source } = compose([pageOf(1, bands)]);
    expect(source.match(/左边的一栏/g)).toHaveLength(15_000);
  });

  it('thousands of notes below thousands of lines', () => {
    const text = many(25_000, (i) => run('加强领导，落实责任', 60, i * 12));
    const notes = many(25_000, (i) => run(`[${i % 999}]见附件`, 60, 320_000 + i * 8, 6));
    const { noise } = compose([pageOf(1, [...text, ...notes])]);
    expect(noise.filter(({ reason }) => reason === 'footnote').length).toBeGreaterThan(20_000);
  });

  it('a grid of millions of cells is a drawing', () => {
    const rules = many(1_900, (i): Rule[] => [
      [0, i * 10, 19_000, i * 10],
      [i * 10, 0, i * 10, 19_000],
    ]).flat();
    const { blocks } = compose([pageOf(1, [run('加强领导', 60, 100)], rules)]);
    expect(blocks.map(({ kind, text }) => [kind, text.trim()])).toEqual([['text', '加强领导']]);
  });
});
