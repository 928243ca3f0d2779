import { describe, expect, it } from 'vitest';
import type { Latency } from '../../scripts/benchmark/latency.js';
import type { Turn } from '../../scripts/benchmark/measure-ingest.js';
import { benchmarkPage, shareOfRaw } from '../../scripts/benchmark/page.js';
import type { BenchmarkResults } from '../../scripts/benchmark/results.js';

const spent = (wall: number) => ({ wall, cpu: 2 * wall - 500 });
const turns: readonly Turn[] = [
  { texts: 300, characters: 9_000, ingest: spent(4_000), embedder: spent(3_400), raw: spent(3_000) },
  { texts: 100, characters: 3_000, ingest: spent(1_000), embedder: spent(1_000), raw: spent(1_000) },
];
const latency = (clients: number, p50: number): Latency => ({
  clients,
  p50,
  p95: p50 * 2,
  p99: p50 * 3,
  cpu: p50 / 2,
});

const results: BenchmarkResults = {
  command: 'npm run bench -- FOLDER --sample 4',
  machine: { processor: 'A processor', threads: 2, load: [0.5, 2.04] },
  corpus: { files: 4, characters: 13_000, clauses: 100, passages: 420 },
  ingest: { threads: 2, load: 900, turns },
  stages: { parse: 100, passages: 5, terms: 200, write: 50, publish: 20, graph: 1_000 },
  again: { unchanged: 210, changed: 300, changedFiles: 1 },
  size: {
    disk: 3_000_000,
    parts: [{ holds: 'vectors of passages (float32)', bytes: 1_000_000 }],
    vectors: 860_160,
  },
  answers: {
    open: 20,
    model: 230,
    first: 50,
    rss: { bare: 100e6, model: 160e6, first: 160_860_160, end: 170e6 },
    search: [latency(1, 9.94)],
    compare: [latency(1, 30)],
    ten: latency(1, 300),
  },
  asks: 30,
  index: { given: false, documents: 5, clauses: 100, passages: 420 },
  alternatives: [
    {
      name: 'A graph',
      how: 'its defaults',
      lacks: 'words',
      byVector: true,
      version: 'graph 1.2.3',
      figures: {
        build: 1_500,
        memory: 2e6,
        disk: null,
        p50: 0.2,
        p95: 0.3,
        recall: 0.98765,
        filtered: { p50: 1, recall: 0.5 },
      },
    },
    { name: 'Absent', how: '', lacks: 'all', byVector: true, version: 'absent', figures: null },
    {
      name: 'Broken',
      how: '',
      lacks: 'sense',
      byVector: true,
      version: 'broken 1.0.0',
      figures: 'Error: no ',
    },
  ],
};

describe('shareOfRaw', () => {
  it('weighs the turns by what they took', () => {
    expect(shareOfRaw(turns, 'ingest', 'wall')).toBe(0.8);
    expect(shareOfRaw(turns, 'embedder', 'wall')).toBeCloseTo(4 / 4.4, 10);
    expect(shareOfRaw(turns, 'ingest', 'cpu')).toBeCloseTo(7 / 9, 10);
  });
});

describe('benchmarkPage', () => {
  const page = benchmarkPage(results);

  it('gives the ingest as a share of onnxruntime on the same texts, with the turns apart', () => {
    expect(page).toContain('The same 400 texts');
    expect(page).toMatch(/onnxruntime alone.*\| 100 \| 3,000 \| 100 % \| 18 ms \| 100 % \|/);
    expect(page).toMatch(/the whole ingest.*\| 80 \| 2,400 \| 80 % \(75 % to 100 %\) \| 23 ms \| 78 % \|/);
  });

  it('sets disk and memory against the raw vectors', () => {
    expect(page).toContain('3.0 MB on disk, 3.5 × the raw vectors (0.9 MB)');
    expect(page).toContain('0.9 MB (1.00 × the raw vectors)');
    expect(page).toContain('| **all** | **300 ms** |');
  });

  it('gives what alternatives take, and says which are not there or failed', () => {
    expect(page).toContain(
      '| A graph | its defaults | 1.5 s | 2.0 MB | none | 0.2 ms | 0.3 ms | 0.988 | 1.0 ms | 0.500 |',
    );
    expect(page).toContain('Not installed here: Absent** (`npm install --no-save');
    expect(page).toContain('Broken failed: Error: no.');
    expect(page).toContain('Versions: graph 1.2.3, broken 1.0.0.');
  });

  it('has a row for each kind and number of clients', () => {
    expect(page).toContain('| search | 1 | 9.9 ms | 20 ms | 30 ms | 5.0 ms |');
    expect(page).toContain('| compare, ten topics at once | 1 | 300 ms | 600 ms | 900 ms | 150 ms |');
  });
});
