/** What was measured of growth as a table and a plot. */
import type { Plot } from './plot.js';
import type { Asked, ScaleEntry } from './scale-data.js';

/** What is to be reached at 600,000 passages on two cores. */
export const GOALS = { cold: 2_000, search: 50, compare: 100, memoryPerVectors: 1.3 } as const;

export function scaleTable(entries: readonly ScaleEntry[]): string {
  const asked = ({ p50, p95, cpu }: Asked) => [p50, p95, cpu].map(Math.round).join(', ');
  const rows = entries.map((entry) => {
    const {
      passages,
      clauses,
      files,
      cold,
      coldCpu,
      memory,
      vectors,
      disk,
      search,
      compare,
      unchanged,
      changed,
    } = entry;
    return `| ${[
      passages.toLocaleString('en'),
      clauses.toLocaleString('en'),
      files.toLocaleString('en'),
      `${seconds(cold)}, ${seconds(coldCpu)}`,
      `${mb(memory)} (${(memory / vectors).toFixed(1)} ×)`,
      mb(disk),
      asked(search),
      asked(compare),
      unchanged === null ? '' : seconds(unchanged),
      changed === null ? '' : `${seconds(changed.took)} (${changed.files})`,
      `${entry.load.toFixed(0)}, ${entry.commit}`,
    ].join(' | ')} |`;
  });
  return `| passages | clauses | files | cold start, processor | memory added (× the vectors kept) | on disk | search p50, p95, processor (ms) | compare p50, p95, processor (ms) | ingest again, nothing changed | 1 % of the files changed | load, commit |
| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | --- |
${rows.join('\n')}`;
}

/** Throws RangeError without entries. */
export function growthPlot(entries: readonly ScaleEntry[]): Plot {
  const points = (of: (entry: ScaleEntry) => number) =>
    entries.map((entry) => [entry.passages, of(entry)] as const);
  return {
    title: 'Growth from ten thousand to a million passages',
    xName: 'passages',
    panels: [
      {
        title: 'A question',
        unit: 'processor time, ms',
        series: [
          { name: 'search', points: points(({ search }) => search.cpu) },
          { name: 'compare', points: points(({ compare }) => compare.cpu) },
        ],
        goals: [
          { name: 'goal, search p95', y: GOALS.search, series: 0 },
          { name: 'goal, compare p95', y: GOALS.compare, series: 1 },
        ],
      },
      {
        title: 'Memory',
        unit: 'MB',
        series: [
          { name: 'added by the index', points: points(({ memory }) => memory / 1e6) },
          {
            name: 'goal, 1.3 × vectors',
            points: points(({ vectors }) => (GOALS.memoryPerVectors * vectors) / 1e6),
          },
        ],
        goals: [],
      },
      {
        title: 'Cold start',
        unit: 'until the first answer, s of processor time',
        series: [{ name: 'cold start', points: points(({ coldCpu }) => coldCpu / 1000) }],
        goals: [{ name: 'goal', y: GOALS.cold / 1000, series: 0 }],
      },
    ],
  };
}

const seconds = (value: number): string => `${(value / 1000).toFixed(1)} s`;
const mb = (bytes: number): string => `${Math.round(bytes / 1e6)} MB`;
