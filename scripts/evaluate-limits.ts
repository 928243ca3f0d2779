/**
 * npm run eval:limits -- [--crowd INDEX] [--report FILE] FOLDER...: what a large index loses of what a small one finds. The paths that open
 * only above 20,000 passages (vectors as int8) and above 1,024 documents (late interaction reads a few clauses of the documents that promise
 * most) are forced on the open evaluation suites and set against the full path. `--crowd`: an index of the shipped model that holds the files
 * of the suites, each below a folder with the name of its family, among many other documents; without it each family stands alone.
 */
import { writeFile } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { withIndex } from './evaluation/index-of-family.js';
import { limitsPage, PATHS, type Path, type PathResult } from './evaluation/limits.js';
import { inCrowd } from './evaluation/in-crowd.js';
import { askTopics, type FamilyResult } from './evaluation/run-family.js';
import { readSuite, type Family } from './evaluation/suite.js';
import { readConfig } from '../src/config.js';
import { openEmbedder, openSayings, openThesaurus } from '../src/open.js';
import { LATE_LIMITS } from '../src/search/candidates.js';
import { WEIGHTS } from '../src/search/fusion.js';
import { openEmbeddedStore } from '../src/store/embedded/embedded-store.js';
import type { Store } from '../src/store/store.js';

const { values, positionals } = parseArgs({
  options: { crowd: { type: 'string' }, report: { type: 'string' } },
  allowPositionals: true,
});
if (positionals.length === 0) {
  console.error('用法：npm run eval:limits -- [--crowd 索引目录] [--report 文件] 评测目录…');
  process.exit(2);
}

const config = readConfig({}, {});
const embedder = await openEmbedder(config);
const thesaurus = openThesaurus();
const sayings = await openSayings(embedder);
const texts = { bundledCorpus: config.corpus, regulations: null };
const text: string[] = [];
for (const folder of positionals) {
  const results: PathResult[] = PATHS.map((path) => ({ path, cells: [], topics: [] }));
  let documents = 0;
  for (const family of await readSuite(resolve(folder), texts)) {
    if (values.crowd === undefined) {
      // The index is opened anew for each path, so it must be on disk and closed by its writer.
      await withIndex(family, embedder, async (_, index) => {
        documents += await askAll(family, index, results, null);
      });
    } else documents = await askAll(family, resolve(values.crowd), results, family.name);
  }
  text.push(...limitsPage(basename(folder), documents, results));
}
await embedder.close();
const page = `${heading()}\n${text.join('\n')}\n`;
if (values.report === undefined) process.stdout.write(page);
else await writeFile(values.report, page);

/** Asks the topics of a family by each path; returns how many documents the index holds. */
async function askAll(
  family: Family,
  index: string,
  results: readonly PathResult[],
  crowded: string | null,
): Promise<number> {
  let documents = 0;
  for (const { path, cells, topics } of results) {
    const store = openEmbeddedStore(index, { mode: 'read', roundAbove: path.rounded ? 0 : Infinity });
    try {
      documents = store.status().documents;
      const own =
        crowded === null
          ? family
          : inCrowd(
              family,
              store.files().map((file) => file.path),
            );
      const result = await ask(store, own, path, documents);
      cells.push(...result.cells);
      topics.push(...result.topics);
    } finally {
      store.close();
    }
  }
  return documents;
}

function ask(store: Store, family: Family, path: Path, documents: number): Promise<FamilyResult> {
  const late = path.late(documents);
  return askTopics(store, embedder, family, { name: path.name, weights: WEIGHTS, thesaurus, sayings, late });
}

function heading(): string {
  return `# What a large index loses

Written by \`npm run eval:limits -- ${values.crowd === undefined ? '' : '--crowd INDEX '}${values.report === undefined ? '' : '--report FILE '}FOLDER...\` on ${new Date().toISOString().slice(0, 10)}, model ${embedder.identity.name}
(${embedder.identity.sha256.slice(0, 12)}). Each path asks the same topics of the same index; figures as in [evaluation.md](evaluation.md), in points (hundredths), differences to
the full path behind them. An index of more than 20,000 passages keeps its vectors as int8. One of more than 1,024 documents gives late interaction
${Math.floor(LATE_LIMITS.budget / LATE_LIMITS.mostDocuments)} clauses of each of the ${LATE_LIMITS.mostDocuments} documents that promise most; here the same share of the documents is read. Other numbers of clauses are what could be read instead.
`;
}
