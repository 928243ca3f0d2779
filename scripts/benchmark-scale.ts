/**
 * npm run bench:scale -- FOLDER [--keep INDEXES] FILES...: ingests samples of so many files of a corpus with random vectors (no network is
 * needed) and prints how cold start, memory and answers grow. With --keep the indexes stay in that folder and are measured again as they
 * are. docs/scale.md keeps what was measured.
 */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { listSources } from '../src/corpus-folder.js';
import { ingest } from '../src/ingest.js';
import { openEmbeddedStore } from '../src/store/embedded/embedded-store.js';
import type { Asked, IndexFigures } from './benchmark/measure-index.js';
import { createRandomEmbedder } from './benchmark/random-embedder.js';

const { values, positionals } = parseArgs({ options: { keep: { type: 'string' } }, allowPositionals: true });
const [folder, ...sizes] = positionals;
if (folder === undefined || sizes.length === 0)
  throw new Error('usage: npm run bench:scale -- FOLDER [--keep INDEXES] FILES...');
const source = resolve(folder);
const all = await listSources(source);
const work = await mkdtemp(join(tmpdir(), 'tiaowen-scale-'));
const indexes = values.keep === undefined ? work : resolve(values.keep);
const rows: string[] = [];
try {
  for (const size of sizes.map(Number)) {
    const index = join(indexes, `index-${size}`);
    if (!existsSync(index)) await make(index, size);
    rows.push(rowOf(await measure(index)));
    if (values.keep === undefined) await rm(index, { recursive: true });
  }
} finally {
  await rm(work, { recursive: true });
}
process.stdout
  .write(`| passages | clauses | cold start | memory added | search p50, p95, cpu | compare p50, p95, cpu |
| ---: | ---: | ---: | ---: | ---: | ---: |
${rows.join('\n')}
`);

/** Files are taken from all over the corpus. The name of the index is given to what is whole only. */
async function make(index: string, size: number): Promise<void> {
  const corpus = join(work, `corpus-${size}`);
  const every = Math.max(1, Math.floor(all.length / size));
  for (const file of all.filter((_, i) => i % every === 0).slice(0, size)) {
    await mkdir(dirname(join(corpus, file)), { recursive: true });
    await copyFile(join(source, file), join(corpus, file));
  }
  const draft = `${index}.part`;
  await rm(draft, { recursive: true, force: true });
  const store = openEmbeddedStore(draft, { mode: 'write' });
  await ingest({ corpus, store, embedder: createRandomEmbedder() });
  store.close();
  await rename(draft, index);
}

/** In a process of its own, so that memory is that of one index. */
async function measure(index: string): Promise<IndexFigures> {
  const script = join(import.meta.dirname, 'benchmark', 'measure-index.ts');
  const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', script, index]);
  return JSON.parse(stdout) as IndexFigures;
}

function rowOf({ passages, clauses, cold, rss, rssBefore, search, compare }: IndexFigures): string {
  const asked = ({ p50, p95, cpu }: Asked) => `${[p50, p95, cpu].map(Math.round).join(', ')} ms`;
  const added = `${Math.round((rss - rssBefore) / 1e6)} MB`;
  return `| ${[passages, clauses, `${(cold / 1000).toFixed(1)} s`, added, asked(search), asked(compare)].join(' | ')} |`;
}
