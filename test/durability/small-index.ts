/** A small corpus, an index of it with the test embedder, and everything that a user can be told of it. */
import { cpSync, mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createKnowledgeBase } from '../../src/create-knowledge-base.js';
import { ingest } from '../../src/ingest.js';
import { findDivision } from '../../src/parse/jurisdiction/divisions.js';
import { openEmbeddedStore } from '../../src/store/embedded/embedded-store.js';
import type { EmbeddedOptions } from '../../src/store/embedded/embedded-store.js';
import type { Store } from '../../src/store/store.js';
import { createFakeEmbedder } from '../embed/fake-embedder.js';

export const embedder = createFakeEmbedder(32, 8);
export const QUERIES = ['教师轮岗交流', '课后服务收费', '校园食品安全', '无人机'];
const PDF = join(import.meta.dirname, '../store/format-1/corpus/乙县.pdf');
const WRITTEN = new Date('2024-03-02T01:00:00Z');

export const plan = (place: string, year: number, topics: readonly string[]) =>
  `${place}教育发展规划\n${place}人民政府\n${year}年5月6日\n一、主要任务\n` +
  topics
    .map(
      (topic, i) =>
        `（${'一二三四五六'[i]}）${topic}\n1.推进${topic}。到${year + 2}年全部完成。\n2.加强${topic}的经费保障，由各单位落实。\n`,
    )
    .join('');

export const SOURCES: Readonly<Record<string, string>> = {
  '甲县.txt': plan('山东省聊城市东阿县', 2021, ['教师轮岗交流', '校园食品安全', '集团化办学']),
  '丙区.txt': plan('天津市武清区', 2022, ['课后服务', '教师培训', '学位供给']),
  '丁市.txt': plan('山东省潍坊市', 2023, ['校车安全', '课后服务收费']),
};
/** Later versions of a file, so that an ingest replaces rows. */
export const CHANGES: readonly Readonly<Record<string, string>>[] = [
  { '丙区.txt': plan('天津市武清区', 2022, ['课后服务', '教师轮岗', '学位供给', '体育美育']) },
  { '甲县.txt': plan('山东省聊城市东阿县', 2021, ['教师轮岗交流', '劳动教育']) },
  { '丙区.txt': plan('天津市武清区', 2024, ['课后服务收费', '心理健康']) },
];

/** Writes the files, always of the same date, into the folder; `pdf` adds one with pages. */
export function writeCorpus(folder: string, files: Readonly<Record<string, string>>, pdf = false): void {
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  if (pdf) cpSync(PDF, join(folder, '乙县.pdf'));
  for (const name of [...Object.keys(files), ...(pdf ? ['乙县.pdf'] : [])])
    utimesSync(join(folder, name), WRITTEN, WRITTEN);
}

/** What a small index could do without: a graph, or columns.bin and tokens-N.bin. */
export const GRAPH: Limits = { exactLimit: 0 };
export const COLUMNS: Limits = { roundAbove: 0, tokensAbove: 0 };
export type Limits = Pick<EmbeddedOptions, 'exactLimit' | 'roundAbove' | 'tokensAbove'>;

export const openToWrite = (index: string, limits = GRAPH) =>
  openEmbeddedStore(index, { mode: 'write', ...limits });
export const openToRead = (index: string, limits = GRAPH) =>
  openEmbeddedStore(index, { mode: 'read', ...limits });

export async function ingestInto(index: string, corpus: string, limits = GRAPH): Promise<void> {
  const store = openToWrite(index, limits);
  try {
    await ingest({ corpus, store, embedder });
  } finally {
    store.close();
  }
}

/** All answers as one text; the generation is left out, for it counts publications. The store stays open. */
export async function answersOf(store: Store, queries: readonly string[] = QUERIES): Promise<string> {
  const base = createKnowledgeBase({
    store,
    embedder: () => Promise.resolve(embedder),
    findDivision,
    thesaurus: null,
  });
  const found = [];
  for (const query of queries) found.push(await base.search(query, { limit: 20 }));
  const documents = base.documents().map(({ id }) => base.document(id));
  const clauses = documents.flatMap((view) => view.clauses.map(({ id }) => base.clause(id)));
  return JSON.stringify({
    found,
    compared: await base.compare(queries, { perCell: 5 }),
    documents,
    clauses,
    citations: clauses.map(({ clause }) => base.citation(clause.id, 'gbt7714')),
    originals: documents.map(({ document }) =>
      Buffer.from(base.original(document.id).content).toString('base64'),
    ),
    files: base.files(),
  });
}

/** Those of an index. */
export async function answersIn(index: string, queries?: readonly string[]): Promise<string> {
  const store = openToRead(index);
  try {
    return await answersOf(store, queries);
  } finally {
    store.close();
  }
}
