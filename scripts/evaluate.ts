/** `npm run eval -- FOLDER...`: asks the open suites and prints hit@1, nDCG@10 and the figures of no-provision, by style. */
import { resolve } from 'node:path';
import { figures, type Figures } from './evaluation/metrics.js';
import { runFamily, type FamilyResult } from './evaluation/run-family.js';
import { readSuite } from './evaluation/suite.js';
import { readConfig } from '../src/config.js';
import { openEmbedder, openThesaurus } from '../src/open.js';
import { WEIGHTS } from '../src/search/fusion.js';

const folders = process.argv.slice(2);
if (folders.length === 0) {
  console.error('用法：npm run eval -- 评测目录…（例如 ../shared/eval/education）');
  process.exit(2);
}
const config = readConfig({}, {});
const embedder = await openEmbedder(config);
const thesaurus = openThesaurus();
for (const folder of folders) {
  const results: FamilyResult[] = [];
  for (const family of await readSuite(resolve(folder), config.corpus)) {
    results.push(await runFamily(family, embedder, { weights: WEIGHTS, thesaurus }));
  }
  print(folder, { cells: results.flatMap((r) => r.cells), topics: results.flatMap((r) => r.topics) });
}
await embedder.close();

function print(name: string, { cells, topics }: FamilyResult): void {
  console.log(`\n## ${name}\n`);
  console.log('| style | topics | cells | hit@1 | nDCG@10 | empty | bal. acc. | F1 | AUC |');
  console.log('| --- | --: | --: | --: | --: | --: | --: | --: | --: |');
  const styles = [...new Set(topics.map(({ style }) => style))];
  for (const style of styles) {
    console.log(
      row(
        style,
        figures(
          cells.filter((c) => c.style === style),
          topics.filter((t) => t.style === style),
        ),
      ),
    );
  }
  const hard = (style: string) => style === 'colloquial' || style === 'paraphrase';
  console.log(
    row(
      'plain styles',
      figures(
        cells.filter((c) => !hard(c.style)),
        topics.filter((t) => !hard(t.style)),
      ),
    ),
  );
  console.log(row('all', figures(cells, topics)));
}

function row(name: string, f: Figures): string {
  const share = (value: number) => (Number.isNaN(value) ? '–' : value.toFixed(3));
  const columns = [
    f.topics,
    f.cells,
    share(f.hitAt1),
    share(f.ndcgAt10),
    f.emptyCells,
    share(f.balancedAccuracy),
    share(f.f1),
    share(f.auc),
  ];
  return `| ${[name, ...columns].join(' | ')} |`;
}
