import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { plotSvg, type Plot } from '../../scripts/benchmark/plot.js';
import { mergeScale, replaceBlock, type ScaleEntry } from '../../scripts/benchmark/scale-data.js';
import { growthPlot, scaleTable } from '../../scripts/benchmark/scale-page.js';
import { parseXml } from './parse-xml.js';

const entry = (files: number, passages: number, change: Partial<ScaleEntry> = {}): ScaleEntry => ({
  files,
  documents: files,
  clauses: passages / 4,
  passages,
  commit: 'abc1234',
  on: '2026-11-28',
  load: 2.4,
  cold: 1_500,
  coldCpu: 1_100,
  memory: 60e6,
  vectors: 50e6,
  disk: 200e6,
  search: { p50: 20.4, p95: 30, cpu: 18 },
  compare: { p50: 40, p95: 60, cpu: 38 },
  unchanged: null,
  changed: null,
  ...change,
});

describe('mergeScale', () => {
  it('keeps what was measured before, in order, and replaces what was measured anew', () => {
    const kept = [entry(50, 9_000), entry(600, 100_000, { cold: 9 })];
    const merged = mergeScale(kept, [entry(600, 101_000, { cold: 7 }), entry(200, 30_000)]);
    expect(merged.map(({ files, cold }) => [files, cold])).toEqual([
      [50, 1_500],
      [200, 1_500],
      [600, 7],
    ]);
  });
});

describe('replaceBlock', () => {
  it('changes what stands between the marks and nothing else', () => {
    const page = 'before\n<!-- t -->\n\nold\n\n<!-- /t -->\nafter';
    expect(replaceBlock(page, 't', 'new')).toBe('before\n<!-- t -->\n\nnew\n\n<!-- /t -->\nafter');
    expect(replaceBlock(replaceBlock(page, 't', 'new'), 't', 'old')).toBe(page);
  });

  it('refuses a page without the marks', () => {
    expect(() => replaceBlock('<!-- /t --> <!-- t -->', 't', 'new')).toThrow('<!-- t -->');
  });
});

describe('scaleTable', () => {
  it('has a row an entry', () => {
    const table = scaleTable([
      entry(50, 9_000, { unchanged: 300, changed: { files: 1, took: 800 } }),
      entry(600, 100_000),
    ]);
    expect(table.split('\n')).toHaveLength(4);
    expect(table).toContain(
      '| 9,000 | 2,250 | 50 | 1.5 s, 1.1 s | 60 MB (1.2 ×) | 200 MB | 20, 30, 18 | 40, 60, 38 | 0.3 s | 0.8 s (1) | 2, abc1234 |',
    );
  });
});

describe('plotSvg', () => {
  const plot: Plot = {
    title: 'a < b & "c"',
    xName: 'passages',
    panels: [
      {
        title: 'Latency',
        unit: 'ms',
        series: [
          {
            name: 'search',
            points: [
              [10_000, 10],
              [100_000, 20],
              [1_000_000, 40],
            ],
          },
        ],
        goals: [{ name: 'goal', y: 80, series: 0 }],
      },
    ],
  };
  const svg = plotSvg(plot);
  const circles = [...svg.matchAll(/<circle [^>]*cx="([\d.]+)" cy="([\d.]+)"/g)].map(([, x, y]) => [
    Number(x),
    Number(y),
  ]);

  it('is well-formed, whatever the names hold', () => {
    expect(parseXml(svg)).toContain('svg');
    expect(svg).toContain('aria-label="a &lt; b &amp; &quot;c&quot;"');
  });

  it('has logarithmic axes: equal factors, equal steps', () => {
    expect(circles).toHaveLength(3);
    const step = (axis: 0 | 1, i: number) => circles[i + 1]![axis]! - circles[i]![axis]!;
    expect(step(0, 0)).toBeGreaterThan(0);
    expect(step(0, 0)).toBeCloseTo(step(0, 1), 0);
    expect(step(1, 0)).toBeLessThan(0);
    expect(step(1, 0)).toBeCloseTo(step(1, 1), 0);
  });

  it('draws a goal above what stays below it', () => {
    const goal = Number(/class="goal l0"[^>]* y1="([\d.]+)"/.exec(svg)![1]);
    expect(goal).toBeLessThan(circles.at(-1)![1]!);
    expect(svg).toContain('>goal</text>');
  });

  it('has colours of its own for dark pages', () => {
    expect(svg).toContain('@media (prefers-color-scheme: dark)');
  });

  it('refuses what has no logarithm', () => {
    const zero = { ...plot.panels[0]!, goals: [{ name: 'none', y: 0, series: 0 }] };
    expect(() => plotSvg({ ...plot, panels: [zero] })).toThrow(RangeError);
    expect(() => plotSvg({ ...plot, panels: [] })).toThrow(RangeError);
  });
});

describe('docs/scale', () => {
  const docs = resolve(import.meta.dirname, '../../docs');
  const read = (name: string) => readFileSync(resolve(docs, name), 'utf8');
  const entries = JSON.parse(read('scale.json')) as ScaleEntry[];

  it('has the table and the plot of what was measured', () => {
    expect(read('scale.md')).toContain(scaleTable(entries));
    expect(read('scale.svg')).toBe(plotSvg(growthPlot(entries)));
  });
});
