/**
 * `npm run eval -- FOLDER...`: asks the open suites and prints hit@1, nDCG@10 and the figures of no-provision, by style, with
 * intervals, and what each part of the search gives. `--report FILE` writes the same as markdown.
 */
import { writeFile } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { figures, intervalOf, type Figures } from './evaluation/metrics.js';
import { runFamily, type FamilyResult, type Variant } from './evaluation/run-family.js';
import { readSuite } from './evaluation/suite.js';
import { readConfig } from '../src/config.js';
import { openEmbedder, openThesaurus } from '../src/open.js';
import { WEIGHTS } from '../src/search/fusion.js';
import type { Signal } from '../src/search/signals.js';

const { folders, report } = readArguments(process.argv.slice(2));
const config = readConfig({}, {});
const embedder = await openEmbedder(config);
const variants = makeVariants();
const text: string[] = [];
for (const folder of folders) {
  const all = new Map<string, FamilyResult>(variants.map(({ name }) => [name, { cells: [], topics: [] }]));
  for (const family of await readSuite(resolve(folder), config.corpus)) {
    for (const [name, { cells, topics }] of await runFamily(family, embedder, variants)) {
      all.get(name)!.cells.push(...cells);
      all.get(name)!.topics.push(...topics);
    }
  }
  say(`\n## ${basename(folder)}\n`, ...byStyle(all.get('all')!), '', ...ablation(all));
}
await embedder.close();
if (report) await writeFile(report, heading() + text.join('\n') + '\n');

function readArguments(words: readonly string[]): { folders: string[]; report: string | null } {
  const at = words.indexOf('--report');
  const given = words.filter((_, i) => at < 0 || (i !== at && i !== at + 1));
  if (given.length === 0 || (at >= 0 && words[at + 1] === undefined)) {
    console.error('用法：npm run eval -- [--report 文件] 评测目录…（例如 ../shared/eval/education）');
    process.exit(2);
  }
  return { folders: given, report: at < 0 ? null : words[at + 1]! };
}

/** The whole, and the whole without each of its parts. */
function makeVariants(): Variant[] {
  const thesaurus = openThesaurus();
  const without = (...signals: Signal[]) => ({
    ...WEIGHTS,
    ...Object.fromEntries(signals.map((signal) => [signal, 0])),
  });
  return [
    { name: 'all', weights: WEIGHTS, thesaurus },
    { name: 'without sentence and window vectors', weights: without('sentence', 'window'), thesaurus },
    {
      name: 'without late interaction',
      weights: without('lateSentence', 'lateWindow', 'lateClause'),
      thesaurus,
    },
    { name: 'without words', weights: without('words'), thesaurus },
    { name: 'without thesaurus', weights: WEIGHTS, thesaurus: null },
  ];
}

function byStyle({ cells, topics }: FamilyResult): string[] {
  const hard = (style: string) => style === 'colloquial' || style === 'paraphrase';
  const groups: [string, (style: string) => boolean][] = [
    ...[...new Set(topics.map(({ style }) => style))].map((style): [string, (s: string) => boolean] => [
      style,
      (s) => s === style,
    ]),
    ['colloquial and paraphrase', hard],
    ['all others', (style) => !hard(style)],
    ['**all**', () => true],
  ];
  return [
    '| style | topics | cells | hit@1 | nDCG@10 | empty | bal. acc. | F1 | AUC |',
    '| --- | --: | --: | --: | --: | --: | --: | --: | --: |',
    ...groups.map(([name, member]) => {
      const own = cells.filter(({ style }) => member(style));
      const asked = topics.filter(({ style }) => member(style));
      const interval = (figure: (f: Figures) => number) =>
        name === '**all**' ? ` (${intervalOf(own, asked, figure).map(share).join('–')})` : '';
      const f = figures(own, asked);
      const columns = [
        f.topics,
        f.cells,
        share(f.hitAt1) + interval((x) => x.hitAt1),
        share(f.ndcgAt10) + interval((x) => x.ndcgAt10),
        f.emptyCells,
        share(f.balancedAccuracy) + interval((x) => x.balancedAccuracy),
        share(f.f1),
        share(f.auc) + interval((x) => x.auc),
      ];
      return `| ${[name, ...columns].join(' | ')} |`;
    }),
  ];
}

function ablation(all: ReadonlyMap<string, FamilyResult>): string[] {
  return [
    '| search | hit@1 | nDCG@10 | bal. acc. | AUC |',
    '| --- | --: | --: | --: | --: |',
    ...[...all].map(([name, { cells, topics }]) => {
      const f = figures(cells, topics);
      return `| ${[name, ...[f.hitAt1, f.ndcgAt10, f.balancedAccuracy, f.auc].map(share)].join(' | ')} |`;
    }),
  ];
}

function heading(): string {
  const day = new Date().toISOString().slice(0, 10);
  return `# Evaluation

Written by \`npm run eval -- --report docs/evaluation.md FOLDER...\` on ${day}, model ${embedder.identity.name}
(${embedder.identity.sha256.slice(0, 12)}). hit@1: share of the cells with a provision whose first clause is graded. No provision: balanced accuracy,
F1 and AUC over cells with a provision and empty cells. In brackets: 95 % intervals, by resampling topics. The judgement was fitted on
these suites; its figures across families (each judged by a fit on the others) stand in src/search/judgement-fit.ts and are the honest ones.
`;
}

function share(value: number): string {
  return Number.isNaN(value) ? '–' : value.toFixed(3);
}

function say(...lines: string[]): void {
  text.push(...lines);
  console.log(lines.join('\n'));
}
