/**
 * npm run bench -- FOLDER [--sample N]: ingests a sample of a corpus into a temporary index and measures what a user waits for; writes
 * docs/benchmarks.md. Everything is measured in one run on one machine, so that the ratios hold elsewhere.
 */
import { appendFile, copyFile, mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { availableParallelism, cpus, loadavg, tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { PACKAGE_ROOT, readConfig } from '../src/config.js';
import { listSources } from '../src/corpus-folder.js';
import { openKnowledgeBase, runIngest } from '../src/open.js';
import { openEmbeddedStore } from '../src/store/embedded/embedded-store.js';
import { measureLatency, type Latency } from './benchmark/latency.js';
import { measureModel } from './benchmark/raw-model.js';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { sample: { type: 'string', default: '40' } },
});
const source = positionals[0];
if (source === undefined) throw new Error('usage: npm run bench -- FOLDER [--sample FILES]');

const QUESTIONS = [
  '教师轮岗交流',
  '违反规定的处罚',
  '资金来源和使用',
  '安全管理责任',
  '数据共享',
  '应急预案',
];
/** Texts with which the model alone is measured. */
const MODEL_TEXTS = 400;
const ASKS = 60;

const work = await mkdtemp(join(tmpdir(), 'tiaowen-bench-'));
try {
  const corpus = join(work, 'corpus');
  const all = await listSources(resolve(source));
  const step = Math.max(1, Math.floor(all.length / Number(values.sample)));
  const files = all.filter((_, i) => i % step === 0).slice(0, Number(values.sample));
  for (const file of files) {
    await mkdir(dirname(join(corpus, file)), { recursive: true });
    await copyFile(join(resolve(source), file), join(corpus, file));
  }
  const config = readConfig({ corpus, index: join(work, 'index') });
  const timed = async <T>(action: () => Promise<T> | T): Promise<[T, number]> => {
    const from = performance.now();
    const result = await action();
    return [result, performance.now() - from];
  };

  const [report, ingestMs] = await timed(() => runIngest(config));
  const [, unchangedMs] = await timed(() => runIngest(config));
  const changed = files.filter((_, i) => i % 100 === 0);
  for (const file of changed)
    await appendFile(join(corpus, file), '\n第九百九十九条　本条是为测量增加的。\n');
  const [, changedMs] = await timed(() => runIngest(config));

  const store = openEmbeddedStore(config.index, { mode: 'read' });
  const texts = store.documents().flatMap(({ key }) => store.encoded(key).map(({ passage }) => passage.text));
  const characters = store.documents().reduce((sum, { id }) => sum + store.document(id)!.text.length, 0);
  const { passages, clauses, model } = store.status();
  store.close();
  const distinct = [...new Set(texts)];
  const every = Math.max(1, Math.floor(distinct.length / MODEL_TEXTS));
  const raw = await measureModel(distinct.filter((_, i) => i % every === 0).slice(0, MODEL_TEXTS));

  const [base, openMs] = await timed(() => openKnowledgeBase(config));
  const [, readyMs] = await timed(() => base.ready());
  const [, firstMs] = await timed(() => base.search(QUESTIONS[0]!));
  const search: Latency[] = [];
  const compare: Latency[] = [];
  for (const clients of [1, 8, 32]) {
    const question = (n: number) => QUESTIONS[n % QUESTIONS.length]!;
    search.push(await measureLatency(clients, ASKS, (n) => base.search(question(n))));
    compare.push(await measureLatency(clients, ASKS, (n) => base.compare([question(n)])));
  }
  await base.close();

  const disk = (await stat(join(config.index, 'tiaowen.sqlite'))).size;
  const vectors = passages * (model?.dimension ?? 0) * 4;
  const rate = (distinct.length * 1000) / ingestMs;
  const ms = (value: number) => `${Math.round(value)} ms`;
  const mb = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;
  const rows = (kind: string, measured: readonly Latency[]) =>
    measured.map(
      ({ clients, p50, p95, p99 }) => `| ${kind} | ${clients} | ${ms(p50)} | ${ms(p95)} | ${ms(p99)} |`,
    );
  const page = `# Benchmarks

Written by \`npm run bench -- FOLDER --sample ${values.sample}\` (scripts/benchmark.ts); not edited by hand. ${cpus()[0]?.model.trim()}, ${availableParallelism()} threads,
load average ${loadavg()[0]!.toFixed(1)} at the end: above the number of threads others were at work too, and the ratios say more than the times.

${files.length} files, ${characters} characters, ${clauses} clauses, ${passages} passages, of which ${distinct.length} are distinct and embedded.

## Ingest

| measured | value |
| --- | --- |
| whole ingest (model loaded, parsed, embedded, written) | ${ms(ingestMs)} |
| characters a second | ${Math.round((characters * 1000) / ingestMs)} |
| distinct passages a second | ${rate.toFixed(1)} |
| the model alone, one pass at a time on ${availableParallelism()} threads | ${raw.onePass.toFixed(1)} passages a second |
| the model alone, ${availableParallelism()} workers of one thread | ${raw.workers.toFixed(1)} passages a second |
| ingest as a share of one pass at a time | ${((100 * rate) / raw.onePass).toFixed(0)} % |
| ingest as a share of the workers | ${((100 * rate) / raw.workers).toFixed(0)} % |
| second ingest, nothing changed | ${ms(unchangedMs)} |
| re-ingest, ${changed.length} of ${files.length} files changed by one clause | ${ms(changedMs)} |

## Index

| measured | value |
| --- | --- |
| on disk | ${mb(disk)} |
| vectors alone, as floats | ${mb(vectors)} |
| open | ${ms(openMs)} |
| model ready | ${ms(readyMs)} |
| first question, which loads the vectors | ${ms(firstMs)} |

## Answers

${ASKS} questions each, from one process without HTTP.

| kind | clients | p50 | p95 | p99 |
| --- | ---: | ---: | ---: | ---: |
${[...rows('search', search), ...rows('compare', compare)].join('\n')}
`;
  await writeFile(join(PACKAGE_ROOT, 'docs', 'benchmarks.md'), page);
  process.stdout.write(`${page}\n${report.passages} passages\n`);
} finally {
  await rm(work, { recursive: true });
}
