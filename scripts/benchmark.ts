/**
 * npm run bench -- FOLDER [--sample FILES] [--index INDEX] [--packages FOLDER] [--quick] [--out FILE]: ingests a sample of a corpus into a
 * temporary index and measures what a user waits for, against what the parts can do at best and against what a user could take instead. All
 * in one run on one machine, so that the ratios hold elsewhere. Writes docs/benchmarks.md; with --quick (few files, few questions) it only
 * prints, unless --out names a file. `--index`: size, answers and alternatives are measured of this index, made before, in place of the
 * sample's. `--packages`: where the alternatives were installed (.tiaowen/alternatives).
 */
import { appendFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, cpus, loadavg, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { measureAlternatives } from './benchmark/alternatives.js';
import { measureApart } from './benchmark/child.js';
import { measureSize } from './benchmark/index-size.js';
import type { AnswerFigures } from './benchmark/measure-answers.js';
import { measureIngest } from './benchmark/measure-ingest.js';
import { measureStages } from './benchmark/measure-stages.js';
import { benchmarkPage } from './benchmark/page.js';
import type { BenchmarkResults } from './benchmark/results.js';
import { evenly } from './benchmark/statistics.js';
import { PACKAGE_ROOT, readConfig } from '../src/config.js';
import { listSources } from '../src/corpus-folder.js';
import { openEmbedder, runIngest } from '../src/open.js';
import { openEmbeddedStore } from '../src/store/embedded/embedded-store.js';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    sample: { type: 'string' },
    index: { type: 'string' },
    packages: { type: 'string', default: join(PACKAGE_ROOT, '.tiaowen', 'alternatives') },
    quick: { type: 'boolean', default: false },
    out: { type: 'string' },
  },
});
const source = positionals[0] ?? (values.quick ? join(PACKAGE_ROOT, 'corpus') : undefined);
if (source === undefined)
  throw new Error(
    'usage: npm run bench -- FOLDER [--sample FILES] [--index INDEX] [--packages FOLDER] [--quick] [--out FILE]',
  );
const { sample, turns, asks } = values.quick
  ? { sample: Number(values.sample ?? 2), turns: 2, asks: 30 }
  : { sample: Number(values.sample ?? 40), turns: 4, asks: 100 };
const out = values.out ?? (values.quick ? null : join(PACKAGE_ROOT, 'docs', 'benchmarks.md'));

const work = await mkdtemp(join(tmpdir(), 'tiaowen-bench-'));
try {
  const page = benchmarkPage(await measure(resolve(source)));
  if (out !== null) await writeFile(out, page);
  process.stdout.write(page);
} finally {
  await rm(work, { recursive: true });
}

async function measure(folder: string): Promise<BenchmarkResults> {
  const begun = loadavg()[0]!;
  const config = readConfig({ corpus: join(work, 'corpus'), index: join(work, 'index') }, {});
  const files = evenly(await listSources(folder), sample);
  const threads = availableParallelism();
  say(`${files.length} files: ingest against onnxruntime, in ${turns} turns`);
  const ingest = await measureIngest(config, { source: folder, files, turns, threads });
  say('stages of an ingest');
  const embedder = await openEmbedder(config);
  const stages = await measureStages(config.corpus, config.index, work, embedder);
  await embedder.close();
  say('ingest again');
  const unchanged = await timed(() => runIngest(config));
  const edited = evenly(files, Math.ceil(files.length / 100));
  for (const file of edited)
    await appendFile(join(config.corpus, file), '\n第九百九十九条　本条是为测量增加的。\n');
  const changed = await timed(() => runIngest(config));
  const { characters, clauses, passages } = await counts(config.index);
  const measured = { ...config, index: values.index === undefined ? config.index : resolve(values.index) };
  const held = await counts(measured.index);
  say('size, cold start and answers');
  const answers = await measureApart<AnswerFigures>('measure-answers.ts', measured.index, String(asks));
  say('alternatives');
  const alternatives = await measureAlternatives(measured, resolve(values.packages), work);
  return {
    command: `npm run bench -- FOLDER${values.quick ? ' --quick' : ''} --sample ${sample}${values.index === undefined ? '' : ' --index INDEX'}`,
    machine: {
      processor: cpus()[0]?.model.trim() ?? 'unknown processor',
      threads,
      load: [begun, loadavg()[0]!],
    },
    corpus: { files: files.length, characters, clauses, passages },
    ingest,
    stages,
    again: { unchanged, changed, changedFiles: edited.length },
    index: { given: values.index !== undefined, ...held },
    size: await measureSize(measured.index, held.passages, held.dimension),
    answers,
    asks,
    alternatives,
  };
}

async function counts(index: string) {
  const store = openEmbeddedStore(index, { mode: 'read' });
  try {
    const characters = store
      .documents()
      .reduce((total, { id }) => total + store.document(id)!.text.length, 0);
    const { documents, clauses, passages, model } = store.status();
    return { characters, documents, clauses, passages, dimension: model?.dimension ?? 0 };
  } finally {
    store.close();
  }
}

async function timed(action: () => Promise<unknown>): Promise<number> {
  const from = performance.now();
  await action();
  return performance.now() - from;
}

function say(what: string): void {
  process.stderr.write(`${what} …\n`);
}
