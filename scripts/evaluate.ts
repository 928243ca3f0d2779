/**
 * `npm run eval -- FOLDER...`: asks the open suites and prints hit@1, nDCG@10 and the figures of no-provision, by style, with
 * intervals, and what each part of the search gives. `--texts TEXTS` names the folder of regulations for suites that bring none
 * (scripts/evaluation/suites/README.md). `--everyday TEXTS` asks everyday questions about regulations whose texts stand in the
 * folder TEXTS (scripts/query-encoder/README.md): hit@1 and nDCG@10 only, with a bank of sayings that does not know these regulations.
 * `--report FILE` writes the same as markdown. `--save FILE` keeps the cells, `--against FILE` lists which of them changed since. Models may
 * be set by TIAOWEN_MODEL, TIAOWEN_RERANKER (adds a row), TIAOWEN_MODELS and TIAOWEN_MIRROR; nothing else of the environment counts.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { changedCells, type SavedCells } from './evaluation/changed-cells.js';
import { figures, intervalOf, type Figures } from './evaluation/metrics.js';
import { runFamily, type FamilyResult, type Variant } from './evaluation/run-family.js';
import { EVERYDAY_FILES, readEveryday } from './evaluation/everyday.js';
import { WHOLE } from './evaluation/limits.js';
import { bankFor } from './evaluation/sayings-of.js';
import { readSuite, type Family } from './evaluation/suite.js';
import { readConfig } from '../src/config.js';
import { loadSayings, openEmbedder, openReranker, openThesaurus, SAYING_VECTORS } from '../src/open.js';
import { openSayingBank, type SayingBank } from '../src/search/saying-bank.js';
import { WEIGHTS } from '../src/search/fusion.js';
import type { Signal } from '../src/search/signals.js';

const { folders, texts, everyday, report, save, against } = readArguments();
const { model, reranker: rerankerName, modelsFolder, mirror } = readConfig();
const config = { ...readConfig({}, {}), model, reranker: rerankerName, modelsFolder, mirror };
const embedder = await openEmbedder(config);
const reranker = await openReranker(config);
const text: string[] = [];
const before = against ? (JSON.parse(await readFile(against, 'utf8')) as SavedCells) : null;
const cells: Record<string, SavedCells[string]> = {};
const elsewhere = { bundledCorpus: config.corpus, regulations: texts === undefined ? null : resolve(texts) };
for (const folder of folders)
  await ask(basename(folder), await readSuite(resolve(folder), elsewhere), async (family) =>
    makeVariants(await bankFor(family, embedder)),
  );
if (everyday !== undefined) {
  const { topics, strangers, leftOut, files } = await readEveryday(resolve(everyday), EVERYDAY_FILES);
  const bank = await openSayingBank(strangers(loadSayings()), embedder, SAYING_VECTORS);
  const family = { name: 'everyday', corpus: resolve(everyday), files, topics };
  await ask('everyday', [family], () => Promise.resolve(everydayVariants(bank)));
  say(
    `\n${files.length} regulations in one index, each question judged in its own regulation; questions left out because their text is not in the folder: ${leftOut}.`,
    'Figures of no provision cannot be told here: clauses were judged by samples, so a regulation without a right clause may have one.',
  );
}
await embedder.close();
await reranker?.close();
if (report) await writeFile(report, heading() + text.join('\n') + '\n');
if (save) await writeFile(save, JSON.stringify(cells));

async function ask(
  suite: string,
  families: readonly Family[],
  variantsFor: (family: Family) => Promise<Variant[]>,
): Promise<void> {
  const all = new Map<string, FamilyResult>();
  for (const family of families) {
    for (const [name, { cells, topics }] of await runFamily(family, embedder, await variantsFor(family))) {
      const before = all.get(name) ?? { cells: [], topics: [] };
      all.set(name, { cells: [...before.cells, ...cells], topics: [...before.topics, ...topics] });
    }
  }
  cells[suite] = all.get('all')!.cells;
  say(`\n## ${suite}\n`, ...byStyle(all.get('all')!), '', ...ablation(all));
  if (before?.[suite])
    say(`\n### Cells that changed since ${basename(against!)}\n`, ...changes(suite, before));
}

function readArguments() {
  const text = { type: 'string' } as const;
  const options = { texts: text, everyday: text, report: text, save: text, against: text };
  try {
    const { values, positionals } = parseArgs({ options, allowPositionals: true });
    if (positionals.length > 0 || values.everyday !== undefined) return { folders: positionals, ...values };
  } catch {
    // Said below.
  }
  console.error(
    '用法：npm run eval -- [--report 文件] [--save 文件] [--against 文件] [--texts 法规文本目录] [--everyday 法规文本目录] 评测目录…（例如 ../shared/eval/education）',
  );
  process.exit(2);
}

function changes(suite: string, before: SavedCells): string[] {
  const changed = changedCells(before[suite]!, cells[suite]!);
  return changed.length === 0
    ? ['None.']
    : ['| style | query | file | change |', '| --- | --- | --- | --- |', ...changed];
}

/** The whole, and the whole without each of its parts. */
function makeVariants(sayings: SayingBank | null): Variant[] {
  const thesaurus = openThesaurus();
  const without = (...signals: Signal[]) => ({
    ...WEIGHTS,
    ...Object.fromEntries(signals.map((signal) => [signal, 0])),
  });
  const whole = { weights: WEIGHTS, thesaurus, sayings };
  return [
    { name: 'all', ...whole },
    { name: 'without sentence and window vectors', ...whole, weights: without('sentence', 'window') },
    {
      name: 'without late interaction',
      ...whole,
      weights: without('lateSentence', 'lateWindow', 'lateClause'),
    },
    { name: 'without words', ...whole, weights: without('words') },
    { name: 'without thesaurus', ...whole, thesaurus: null },
    { name: 'without sayings', ...whole, sayings: null },
    ...(reranker === null ? [] : [{ name: `with ${reranker.identity.name}`, ...whole, reranker }]),
  ];
}

/**
 * Every clause is read by late interaction, as in the small families of the other suites. Signals are not taken away: there are ten times
 * as many questions.
 */
function everydayVariants(bank: SayingBank | null): Variant[] {
  return makeVariants(bank)
    .filter(({ weights }) => weights === WEIGHTS)
    .map((one) => ({ ...one, late: WHOLE }));
}

function byStyle({ cells, topics }: FamilyResult): string[] {
  const hard = (style: string) => style.startsWith('colloquial') || style === 'paraphrase';
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
