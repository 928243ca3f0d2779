/**
 * npm run bench:scale -- [FOLDER [--keep INDEXES] [--again] FILES...]: ingests samples of so many files of a corpus with random vectors (no
 * network is needed) and measures how cold start, memory, answers and another ingest grow. What is measured goes into docs/scale.json, in
 * place of what was measured before of as many files; docs/scale.svg and the table of docs/scale.md are written from it, also when no sizes are
 * given. More files than the corpus has: it is taken again under other paths. With --keep the indexes stay in that folder and are measured
 * again as they are. `--again` measures another ingest with nothing changed and with one file of a hundred changed.
 */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { appendFile, mkdtemp, readFile, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { measureApart } from './benchmark/child.js';
import type { IndexFigures } from './benchmark/measure-index.js';
import { plotSvg } from './benchmark/plot.js';
import { createRandomEmbedder } from './benchmark/random-embedder.js';
import { copyFiles } from './benchmark/sample.js';
import { mergeScale, replaceBlock, type ScaleEntry } from './benchmark/scale-data.js';
import { growthPlot, scaleTable } from './benchmark/scale-page.js';
import { evenly } from './benchmark/statistics.js';
import { PACKAGE_ROOT } from '../src/config.js';
import { listSources } from '../src/corpus-folder.js';
import { ingest } from '../src/ingest.js';
import { openEmbeddedStore } from '../src/store/embedded/embedded-store.js';

const { values, positionals } = parseArgs({
  options: { keep: { type: 'string' }, again: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const [folder, ...sizes] = positionals;
const docs = (name: string) => join(PACKAGE_ROOT, 'docs', name);
const work = await mkdtemp(join(tmpdir(), 'tiaowen-scale-'));
try {
  if (folder === undefined) await writePages([]);
  else for (const size of sizes.map(Number)) await writePages([await measure(resolve(folder), size)]);
} finally {
  await rm(work, { recursive: true });
}

/** After each size, so that a run that is stopped keeps what it measured. */
async function writePages(fresh: readonly ScaleEntry[]): Promise<void> {
  const kept = JSON.parse(await readFile(docs('scale.json'), 'utf8')) as ScaleEntry[];
  const entries = mergeScale(kept, fresh);
  await writeFile(docs('scale.json'), `${JSON.stringify(entries, null, 1)}\n`);
  await writeFile(docs('scale.svg'), plotSvg(growthPlot(entries)));
  const page = await readFile(docs('scale.md'), 'utf8');
  await writeFile(docs('scale.md'), replaceBlock(page, 'measured', scaleTable(entries)));
  for (const entry of fresh) process.stdout.write(`${JSON.stringify(entry)}\n`);
}

async function measure(source: string, files: number): Promise<ScaleEntry> {
  const index = join(values.keep === undefined ? work : resolve(values.keep), `index-${files}`);
  const corpus = join(work, `corpus-${files}`);
  const made = existsSync(index);
  if (!made || values.again) await fill(corpus, source, files);
  if (!made) await make(index, corpus);
  // In a process of its own, so that memory is that of one index.
  const figures = await measureApart<IndexFigures>('measure-index.ts', index);
  const { documents, clauses, passages, cold, coldCpu, rss, rssBefore, search, compare } = figures;
  const again = values.again ? await measureAgain(index, corpus) : { unchanged: null, changed: null };
  const disk = await sizeOf(index);
  if (values.keep === undefined) await rm(index, { recursive: true });
  const { stdout } = await promisify(execFile)('git', ['rev-parse', '--short', 'HEAD'], {
    cwd: PACKAGE_ROOT,
  });
  return {
    files,
    documents,
    clauses,
    passages,
    commit: stdout.trim(),
    on: new Date().toISOString().slice(0, 10),
    load: loadavg()[0]!,
    cold,
    coldCpu,
    memory: rss - rssBefore,
    vectors: passages * bytesOfVector(passages),
    disk,
    search,
    compare,
    ...again,
  };
}

/** Of a passage in memory, as the store keeps it: int8 above 20,000 passages. */
function bytesOfVector(passages: number): number {
  return createRandomEmbedder().identity.dimension * (passages > 20_000 ? 1 : Float32Array.BYTES_PER_ELEMENT);
}

/** Files from all over the corpus; the whole of it as often as it fits, under a folder of its own each time. */
async function fill(corpus: string, source: string, files: number): Promise<void> {
  const all = await listSources(source);
  for (let turn = 0; turn * all.length < files; turn++)
    await copyFiles(
      source,
      turn === 0 ? corpus : join(corpus, `again-${turn}`),
      evenly(all, files - turn * all.length),
    );
}

/** The name of the index is given to what is whole only. */
async function make(index: string, corpus: string): Promise<void> {
  const draft = `${index}.part`;
  await rm(draft, { recursive: true, force: true });
  await ingestInto(draft, corpus);
  await rename(draft, index);
}

/** Leaves the index as it was, but for its generation. */
async function measureAgain(
  index: string,
  corpus: string,
): Promise<Pick<ScaleEntry, 'unchanged' | 'changed'>> {
  const unchanged = await ingestInto(index, corpus);
  const paths = await listSources(corpus);
  const edited = evenly(paths, Math.ceil(paths.length / 100));
  const before = await Promise.all(edited.map((path) => readFile(join(corpus, path))));
  for (const path of edited) await appendFile(join(corpus, path), '\n第九百九十九条　本条是为测量增加的。\n');
  const took = await ingestInto(index, corpus);
  await Promise.all(edited.map((path, i) => writeFile(join(corpus, path), before[i]!)));
  await ingestInto(index, corpus);
  return { unchanged, changed: { files: edited.length, took } };
}

/** Milliseconds. */
async function ingestInto(index: string, corpus: string): Promise<number> {
  const from = performance.now();
  const store = openEmbeddedStore(index, { mode: 'write' });
  try {
    await ingest({ corpus, store, embedder: createRandomEmbedder() });
  } finally {
    store.close();
  }
  return performance.now() - from;
}

async function sizeOf(index: string): Promise<number> {
  const sizes = (await readdir(index)).map(async (name) => (await stat(join(index, name))).size);
  return (await Promise.all(sizes)).reduce((total, size) => total + size, 0);
}
