/**
 * `npm run fit -- [--texts TEXTS] FOLDER...`: fits the judgement (found or no provision) on the open suites, cross-validated over families, and
 * writes src/search/judgement-fit.ts. Topics of other fields, of which a family has no provision, stand in for the questions that
 * nobody's document answers; the suites have hardly any.
 */
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

/** What an off-topic cell counts against a judged one: they are many and easy. */
const OFF_TOPIC_WEIGHT = 0.02;
const OFF_TOPICS = 60;
const BINS = 5;
/** Of texts about schools whatever mentions one of these may have a provision there. */
const NEAR_SCHOOLS = /学|教|师|校|园|幼|课|班|生|培训|实习|技能|职业|儿童|孩|娃|少年|家长|读|考/;
/** What texts about anything else have none of. */
const OF_SCHOOLS = /幼儿园|小学|中学|高考|课后|教师|作业|招生|学生|学校/;

interface JudgedCell {
  readonly family: string;
  readonly style: string;
  readonly grade: 0 | 2;
  readonly evidence: Evidence;
}

const { values, positionals } = parseArgs({ options: { texts: { type: 'string' } }, allowPositionals: true });
const folders = positionals.map((folder) => resolve(folder));
if (folders.length === 0) {
  console.error('用法：npm run fit -- [--texts 法规文本目录] 评测目录…');
  process.exit(2);
}
const config = readConfig({}, {});
const embedder = await openEmbedder(config);
const thesaurus = openThesaurus();
const texts = {
  bundledCorpus: config.corpus,
  regulations: values.texts === undefined ? null : resolve(values.texts),
};
const cells: JudgedCell[] = [];
for (const folder of folders) {
  for (const family of await readSuite(folder, texts)) cells.push(...(await judgedCells(family, embedder)));
}
await embedder.close();

const withoutLate = cells.map((cell) => ({ ...cell, evidence: { ...cell.evidence, late: null } }));
console.log(`${cells.length} cells, threshold ${THRESHOLD}; each family judged by a fit on the others\n`);
console.log('| fit | family | bal. acc. | F1 | AUC | off-topic found |');
console.log('| --- | --- | --: | --: | --: | --: |');
const predicted: { readonly cell: JudgedCell; readonly probability: number }[] = [];
const figuresOf = { LATE_FIT: crossValidate('late', cells), DENSE_FIT: crossValidate('dense', withoutLate) };
const data = { LATE_FIT: fitLogistic(samplesOf(cells)), DENSE_FIT: fitLogistic(samplesOf(withoutLate)) };
await write();
await writeReliability();

interface OffTopic {
  readonly query: string;
  /** Of the row of the bank that it is taken from. */
  readonly topic: string;
}

/** Rows of the bank on matters that the family's texts are not about: on anything but schools, or on schools. */
async function readOffTopics({ topics }: Family): Promise<OffTopic[]> {
  const lines = (await readFile(resolve(PACKAGE_ROOT, 'lexicon/sayings.jsonl'), 'utf8')).trim().split('\n');
  const rows = lines.map((line) => JSON.parse(line) as { topic: string; sayings: string[] });
  const ofSchools = topics.filter(({ query }) => NEAR_SCHOOLS.test(query)).length > topics.length / 2;
  const foreign = rows.filter(({ topic, sayings }) => {
    const text = topic + sayings.join('');
    return ofSchools ? !NEAR_SCHOOLS.test(text) : OF_SCHOOLS.test(text);
  });
  const every = Math.floor(foreign.length / OFF_TOPICS);
  // Keywords and sayings by turns: both kinds are asked.
  return Array.from({ length: OFF_TOPICS }, (_, i) => foreign[i * every]!).map(({ topic, sayings }, i) => ({
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

async function judgedCells(family: Family, model: Embedder): Promise<JudgedCell[]> {
  const sayings = await bankFor(family, model);
  const offTopics = await readOffTopics(family);
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
  return judged.map(({ style, grade, evidence }) => ({
    values: features(evidence),
    positive: grade === 2,
    weight: style === 'off-topic' ? OFF_TOPIC_WEIGHT : 1,
  }));
}

function crossValidate(name: string, all: readonly JudgedCell[]): string {
  const judged: CellResult[] = [];
  for (const family of new Set(all.map((cell) => cell.family))) {
    const fit = fitLogistic(samplesOf(all.filter((cell) => cell.family !== family)));
    const results = all
      .filter((cell) => cell.family === family)
      .map(({ style, grade, evidence }): CellResult => {
        const score = applyFit(fit, features(evidence));
        if (name === 'late') predicted.push({ cell: { family, style, grade, evidence }, probability: score });
        return {
          topic: '',
          query: '',
          style,
          file: '',
          grade,
          right: true,
          foundByUs: score >= THRESHOLD,
          score,
        };
      });
    judged.push(...results);
    print(name, family, results);
  }
  return print(name, 'all', judged);
}

function print(name: string, family: string, results: readonly CellResult[]): string {
  const own = figures(
    results.filter(({ style }) => style !== 'off-topic'),
    [],
  );
  const off = results.filter(({ style }) => style === 'off-topic');
  const share = off.filter(({ foundByUs }) => foundByUs).length / off.length;
  const numbers = [own.balancedAccuracy, own.f1, own.auc, share].map((value) => value.toFixed(3));
  console.log(`| ${[name, family, ...numbers].join(' | ')} |`);
  return `balanced accuracy ${numbers[0]}, F1 ${numbers[1]}, AUC ${numbers[2]}, off-topic cells found ${numbers[3]}`;
}

/**
 * How often cells with a probability of about p have a provision: each judged by a fit on the other families, classes at equal odds and
 * off-topic cells at their weight, as in the fit.
 */
async function writeReliability(): Promise<void> {
  const weighted = predicted.map(({ cell, probability }) => ({
    probability,
    positive: cell.grade === 2,
    weight: cell.style === 'off-topic' ? OFF_TOPIC_WEIGHT : 1,
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
provision count alike (equal odds), off-topic cells ${OFF_TOPIC_WEIGHT} each. ${figuresOf.LATE_FIT[0]!.toUpperCase()}${figuresOf.LATE_FIT.slice(1)}.

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
