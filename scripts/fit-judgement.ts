/**
 * `npm run fit -- [--texts TEXTS] FOLDER...`: fits the judgement (found or no provision) on the open suites, cross-validated over families, and
 * writes src/search/judgement-fit.ts. Topics of other fields, of which a family has no provision, stand in for the questions that
 * nobody's document answers; the suites have hardly any.
 */
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { format, resolveConfig } from 'prettier';
import { fitLogistic, type Sample } from './evaluation/logistic-regression.js';
import { documentsByFile, withIndex } from './evaluation/index-of-family.js';
import { figures, type CellResult } from './evaluation/metrics.js';
import { bankFor } from './evaluation/sayings-of.js';
import { readSuite, type Family } from './evaluation/suite.js';
import { PACKAGE_ROOT, readConfig } from '../src/config.js';
import type { Embedder } from '../src/embed/embedder.js';
import { openEmbedder, openThesaurus } from '../src/open.js';
import { evidenceOf } from '../src/search/compare.js';
import { WEIGHTS } from '../src/search/fusion.js';
import { applyFit, features, THRESHOLD, type Evidence } from '../src/search/judgement.js';
import { rank } from '../src/search/rank.js';
import type { SayingBank } from '../src/search/saying-bank.js';
import { scoreTopic } from '../src/search/score-topic.js';

/** Of first-answers only the first three clauses of a document were read, so its empty cells are not sure; and it has ten times as many as the others. */
const WEIGHTS_OF_SUITES: Readonly<Record<string, number>> = { 'first-answers': 0.1 };
/** What the off-topic cells count together against all judged ones: they are many and easy. */
const OFF_TOPIC_SHARE = 0.08;
/** Off-topic questions in all, about, and of a family at least. */
const OFF_TOPICS = { all: 720, least: 5 };
const BINS = 5;
/** The families of first-answers are many: they are judged in so many parts, each by a fit on all others. */
const PARTS = 8;
/** Of texts about schools whatever mentions one of these may have a provision there. */
const NEAR_SCHOOLS = /学|教|师|校|园|幼|课|班|生|培训|实习|技能|职业|儿童|孩|娃|少年|家长|读|考/;
/** What texts about anything else have none of. */
const OF_SCHOOLS = /幼儿园|小学|中学|高考|课后|教师|作业|招生|学生|学校/;

interface JudgedCell {
  readonly suite: string;
  readonly family: string;
  readonly style: string;
  readonly grade: 0 | 2;
  readonly evidence: Evidence;
}

const { values, positionals } = parseArgs({
  options: { texts: { type: 'string' }, cells: { type: 'string' } },
  allowPositionals: true,
});
const folders = positionals.map((folder) => resolve(folder));
if (folders.length === 0) {
  console.error('用法：npm run fit -- [--texts 法规文本目录] [--cells 存放或读取证据的文件] 评测目录…');
  process.exit(2);
}
const config = readConfig({}, {});
const embedder = await openEmbedder(config);
const thesaurus = openThesaurus();
const texts = {
  bundledCorpus: config.corpus,
  regulations: values.texts === undefined ? null : resolve(values.texts),
};
const cells = await readCells(values.cells === undefined ? null : resolve(values.cells));
await embedder.close();

const withoutLate = cells.map((cell) => ({ ...cell, evidence: { ...cell.evidence, late: null } }));
console.log(`${cells.length} cells, threshold ${THRESHOLD}; each family judged by a fit on the others\n`);
console.log('| fit | suite | bal. acc. | F1 | AUC | off-topic found |');
console.log('| --- | --- | --: | --: | --: | --: |');
const predicted: { readonly cell: JudgedCell; readonly probability: number }[] = [];
const figuresOf = { LATE_FIT: crossValidate('late', cells), DENSE_FIT: crossValidate('dense', withoutLate) };
const data = { LATE_FIT: fitLogistic(samplesOf(cells)), DENSE_FIT: fitLogistic(samplesOf(withoutLate)) };
await write();
await writeReliability();

/** Asks all suites, or reads what was found when they were asked, and kept in the file. */
async function readCells(path: string | null): Promise<JudgedCell[]> {
  if (path !== null && existsSync(path)) return JSON.parse(await readFile(path, 'utf8')) as JudgedCell[];
  const families: SuiteFamily[] = [];
  for (const folder of folders) {
    for (const family of await readSuite(folder, texts))
      families.push({ ...family, suite: basename(folder) });
  }
  const offTopicCount = Math.max(OFF_TOPICS.least, Math.ceil(OFF_TOPICS.all / families.length));
  const judged: JudgedCell[] = [];
  for (const family of families) judged.push(...(await judgedCells(family, embedder, offTopicCount)));
  if (path !== null) await writeFile(path, JSON.stringify(judged));
  return judged;
}

interface SuiteFamily extends Family {
  readonly suite: string;
}

interface OffTopic {
  readonly query: string;
  /** Of the row of the bank that it is taken from. */
  readonly topic: string;
}

/** Rows of the bank on matters that the family's texts are not about: on anything but schools, or on schools. */
async function readOffTopics({ topics }: Family, count: number): Promise<OffTopic[]> {
  const lines = (await readFile(resolve(PACKAGE_ROOT, 'lexicon/sayings.jsonl'), 'utf8')).trim().split('\n');
  const rows = lines.map((line) => JSON.parse(line) as { topic: string; sayings: string[] });
  const ofSchools = topics.filter(({ query }) => NEAR_SCHOOLS.test(query)).length > topics.length / 2;
  const foreign = rows.filter(({ topic, sayings }) => {
    const text = topic + sayings.join('');
    return ofSchools ? !NEAR_SCHOOLS.test(text) : OF_SCHOOLS.test(text);
  });
  const every = Math.floor(foreign.length / count);
  // Keywords and sayings by turns: both kinds are asked.
  return Array.from({ length: count }, (_, i) => foreign[i * every]!).map(({ topic, sayings }, i) => ({
    query: i % 3 === 2 ? sayings[0]! : topic,
    topic,
  }));
}

/** The bank as it would be if nobody had written that row. */
function without(bank: SayingBank | null, topic: string): SayingBank | null {
  if (bank === null) return null;
  return {
    encode: (meaning) => bank.encode(meaning),
    nearest: (question) => bank.nearest(question).filter((near) => near.topic !== topic),
  };
}

async function judgedCells(
  family: SuiteFamily,
  model: Embedder,
  offTopicCount: number,
): Promise<JudgedCell[]> {
  const sayings = await bankFor(family, model);
  const offTopics = await readOffTopics(family, offTopicCount);
  return withIndex(family, model, async (store) => {
    const byFile = documentsByFile(store);
    const files = new Map([...byFile.keys()].map((file) => [file, [] as { grade: 1 | 2 }[]]));
    const asked = [
      ...family.topics.map(({ query, style, gold }) => ({ query, style, gold, bank: sayings })),
      ...offTopics.map(({ query, topic }) => ({
        query,
        style: 'off-topic',
        gold: files,
        bank: without(sayings, topic),
      })),
    ];
    const judged: JudgedCell[] = [];
    for (const { query, style, gold, bank } of asked) {
      const scored = await scoreTopic(
        {
          store,
          embedder: model,
          readMap: (id) => store.sourceMap(id)!,
          weights: WEIGHTS,
          thesaurus,
          sayings: bank,
          places: null,
        },
        query,
      );
      for (const [file, places] of gold) {
        const grade = Math.max(0, ...places.map((place) => place.grade));
        const keys = new Set((byFile.get(file) ?? []).map(({ key }) => key));
        const [first] = rank(
          scored.fused,
          scored.table.ranges.filter(({ entry }) => keys.has(entry.key)),
          1,
        );
        if (grade === 1 || first === undefined) continue;
        judged.push({
          suite: family.suite,
          family: family.name,
          style,
          grade: grade === 2 ? 2 : 0,
          evidence: evidenceOf(scored, first),
        });
      }
    }
    return judged;
  });
}

function samplesOf(judged: readonly JudgedCell[]): Sample[] {
  const weightOf = weighing(judged);
  return judged.map((cell) => ({
    values: features(cell.evidence),
    positive: cell.grade === 2,
    weight: weightOf(cell),
  }));
}

type Weighed = Pick<JudgedCell, 'style' | 'suite'>;

/** What a cell counts among others. */
function weighing(judged: readonly Weighed[]): (cell: Weighed) => number {
  const isOffTopic = ({ style }: Weighed) => style === 'off-topic';
  const ofSuite = ({ suite }: Weighed) => WEIGHTS_OF_SUITES[suite] ?? 1;
  const onTopic = judged.filter((cell) => !isOffTopic(cell)).reduce((sum, cell) => sum + ofSuite(cell), 0);
  const offTopic = (OFF_TOPIC_SHARE * onTopic) / judged.filter(isOffTopic).length;
  return (cell) => (isOffTopic(cell) ? offTopic : ofSuite(cell));
}

function partsOf(judged: readonly JudgedCell[]): JudgedCell[][] {
  const names = [...new Set(judged.map(({ family }) => family))];
  const byFamily = names.map((name) => judged.filter(({ family }) => family === name));
  const isMany = ([cell]: readonly JudgedCell[]) => WEIGHTS_OF_SUITES[cell!.suite] !== undefined;
  const many = byFamily.filter(isMany);
  const parts = Array.from({ length: PARTS }, (_, i) => many.filter((__, k) => k % PARTS === i).flat());
  return [...byFamily.filter((family) => !isMany(family)), ...parts.filter((part) => part.length > 0)];
}

/** Each family is judged by a fit on the others. Returns the figures of the suites that are judged whole, in words. */
function crossValidate(name: string, all: readonly JudgedCell[]): string {
  const bySuite = new Map<string, CellResult[]>();
  for (const part of partsOf(all)) {
    const own = new Set(part);
    const fit = fitLogistic(samplesOf(all.filter((cell) => !own.has(cell))));
    for (const cell of part) {
      const { suite, style, grade } = cell;
      const score = applyFit(fit, features(cell.evidence));
      if (name === 'late') predicted.push({ cell, probability: score });
      const asked = { topic: '', query: '', file: '' };
      const result = { ...asked, style, grade, right: true, foundByUs: score >= THRESHOLD, score };
      const results = bySuite.get(suite) ?? [];
      results.push(result);
      bySuite.set(suite, results);
    }
  }
  for (const [suite, results] of bySuite) print(name, suite, results);
  const whole = [...bySuite].filter(([suite]) => WEIGHTS_OF_SUITES[suite] === undefined);
  return print(
    name,
    'judged whole',
    whole.flatMap(([, results]) => results),
  );
}

function print(name: string, suite: string, results: readonly CellResult[]): string {
  const own = figures(
    results.filter(({ style }) => style !== 'off-topic'),
    [],
  );
  const off = results.filter(({ style }) => style === 'off-topic');
  const share = off.filter(({ foundByUs }) => foundByUs).length / off.length;
  const numbers = [own.balancedAccuracy, own.f1, own.auc, share].map((value) => value.toFixed(3));
  console.log(`| ${[name, suite, ...numbers].join(' | ')} |`);
  return `balanced accuracy ${numbers[0]}, F1 ${numbers[1]}, AUC ${numbers[2]}, off-topic cells found ${numbers[3]}`;
}

/**
 * How often cells with a probability of about p have a provision: each judged by a fit on the other families, classes at equal odds and
 * off-topic cells at their weight, as in the fit.
 */
async function writeReliability(): Promise<void> {
  const weightOf = weighing(cells);
  const weighted = predicted.map(({ cell, probability }) => ({
    probability,
    positive: cell.grade === 2,
    weight: weightOf(cell),
  }));
  const total = (positive: boolean) =>
    weighted.reduce((sum, one) => sum + (one.positive === positive ? one.weight : 0), 0);
  const totals = { true: total(true), false: total(false) };
  const rows = Array.from({ length: BINS }, (_, bin) => {
    const own = weighted.filter(
      ({ probability }) => Math.min(BINS - 1, Math.floor(probability * BINS)) === bin,
    );
    const share = (positive: boolean) =>
      own.reduce((sum, one) => sum + (one.positive === positive ? one.weight : 0), 0) / totals[`${positive}`];
    const mean = own.reduce((sum, { probability }) => sum + probability, 0) / own.length;
    const observed = share(true) / (share(true) + share(false));
    const bar = '█'.repeat(Math.round(observed * 20)).padEnd(20, '░');
    return `| ${bin / BINS}–${(bin + 1) / BINS} | ${own.length} | ${mean.toFixed(2)} | ${observed.toFixed(2)} | \`${bar}\` |`;
  });
  const text = `# Reliability of the judgement

Written by \`npm run fit\` on ${new Date().toISOString().slice(0, 10)}: ${folders.map((folder) => basename(folder)).join(', ')}, model ${embedder.identity.name}. Of the cells whose best
clause got a probability in a range, the share that has a provision. Each cell is judged by a fit on the other families; cells with and without a
provision count alike (equal odds), off-topic cells ${OFF_TOPIC_SHARE} of all others. ${figuresOf.LATE_FIT[0]!.toUpperCase()}${figuresOf.LATE_FIT.slice(1)}.

| probability | cells | mean | observed | |
| --- | --: | --: | --: | --- |
${rows.join('\n')}
`;
  const path = resolve(PACKAGE_ROOT, 'docs/judgement.md');
  await writeFile(path, await format(text, { ...(await resolveConfig(path)), filepath: path }));
}

async function write(): Promise<void> {
  const path = resolve(PACKAGE_ROOT, 'src/search/judgement-fit.ts');
  const rounded = (_: string, value: unknown) =>
    typeof value === 'number' ? Number(value.toFixed(4)) : value;
  const about = `${new Date().toISOString().slice(0, 10)}, ${folders.map((folder) => basename(folder)).join(', ')}, model ${embedder.identity.name}`;
  const constants = (['LATE_FIT', 'DENSE_FIT'] as const).map(
    (name) =>
      `/** Cross-validated over families: ${figuresOf[name]}. */\nexport const ${name}: Fit = ${JSON.stringify(data[name], rounded)};`,
  );
  const text = `/** Written by scripts/fit-judgement.ts, ${about}: do not edit by hand. */\nimport type { Fit } from './judgement.js';\n\n${constants.join('\n\n')}\n`;
  await writeFile(path, await format(text, { ...(await resolveConfig(path)), filepath: path }));
}
