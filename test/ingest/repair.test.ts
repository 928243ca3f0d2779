/** check --repair: whatever row was damaged, the index is whole again after the repair and an ingest, and answers as before. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ingest } from '../../src/ingest.js';
import { checkSources } from '../../src/ingest/check-sources.js';
import { isLeftToIngest, repair } from '../../src/ingest/repair.js';
import { backupDatabase, setAsideDatabase } from '../../src/store/embedded/backup.js';
import { sweepIndex } from '../../src/store/embedded/sweep.js';
import { createFakeEmbedder } from '../embed/fake-embedder.js';
import { database, makeFolders, read, readAll, write } from '../store/index-folder.js';

const embedder = createFakeEmbedder(16, 8);
const query = embedder.embedQuery('推进教师交流').then(({ sentence }) => sentence);
const folders = makeFolders();
let corpus: string;
let folder: string;

const PLAN = (place: string, topic: string) =>
  `${place}教育发展规划\n${place}人民政府\n2023年5月6日\n一、主要任务\n（一）${topic}\n1.推进${topic}。到2025年全部完成。\n2.加强${topic}的保障。\n`;

async function update(): Promise<void> {
  const store = write(folder);
  await ingest({ corpus, store, embedder });
  store.close();
}

/** All answers, without the generation, which counts the publications. */
async function answers(): Promise<unknown> {
  const store = read(folder);
  const all = readAll(store, await query) as { status: { generation: number } };
  store.close();
  return { ...all, status: { ...all.status, generation: 0 } };
}

/** As of an index of which it is not sure that it can be opened. */
function findingsOf(index: string): readonly unknown[] {
  try {
    const store = read(index);
    const findings = store.verify();
    store.close();
    return findings;
  } catch (error) {
    return [error];
  }
}

beforeEach(async () => {
  corpus = mkdtempSync(join(tmpdir(), 'tiaowen-corpus-'));
  folder = folders.make();
  writeFileSync(join(corpus, 'a.txt'), PLAN('甲县', '教师轮岗'));
  writeFileSync(join(corpus, 'b.txt'), PLAN('乙县', '课后服务'));
  await update();
});
afterEach(() => {
  folders.clean();
  rmSync(corpus, { recursive: true });
});

test.each([
  `UPDATE clauses SET text = text || '？' WHERE key = 1`,
  'DELETE FROM document_texts WHERE document = 1',
  'DELETE FROM clauses WHERE key = 2',
  'UPDATE passages SET "end" = 100000 WHERE key = 1',
  'DELETE FROM document_vectors WHERE document = 2',
  'UPDATE document_vectors SET vectors = zeroblob(length(vectors))',
  'DELETE FROM lexical_words WHERE rowid = 1',
  'DELETE FROM clause_terms WHERE key = 1',
  `UPDATE clause_terms SET bigrams = '别的'`,
  'DELETE FROM originals',
  `UPDATE originals SET bytes = x'00'`,
  'DELETE FROM sources',
  `UPDATE clauses SET label = '（九）' WHERE key = 1`,
  `UPDATE files SET url = 'https://example.org' WHERE path = 'b.txt'`,
  `UPDATE sources SET text = text || '。'`,
  'UPDATE passages SET start = start + 1 WHERE key = 2',
  'UPDATE token_vectors SET vectors = zeroblob(length(vectors)) WHERE passage = 1',
  'DELETE FROM token_vectors',
  `UPDATE clause_terms SET words = words || ' 又' WHERE key = 1`,
  `UPDATE lexical_words_docsize SET sz = x'7f' WHERE id = 1`,
  // What a reader needs before it can tell anything:
  `UPDATE documents SET metadata = '{' WHERE key = 1`,
  `UPDATE documents SET first_clause = 2 WHERE key = 1`,
  `UPDATE documents SET file = 'b.txt' WHERE key = 1`,
  `UPDATE documents SET file = 'c.txt' WHERE key = 2`,
  'DELETE FROM documents WHERE key = 1',
  'UPDATE token_vectors SET passage = 999 WHERE passage = 1',
  'UPDATE state SET generation = 9',
])('%s', async (sql) => {
  const before = await answers();
  const raw = new Database(database(folder));
  raw.unsafeMode();
  raw.exec(sql);
  raw.close();
  expect(findingsOf(folder)).not.toEqual([]);
  sweepIndex(folder);
  const store = write(folder);
  const findings = store.verify();
  await repair(store, findings);
  expect(store.verify().every(isLeftToIngest)).toBe(true);
  store.close();
  await update();
  const after = read(folder);
  expect(after.verify()).toEqual([]);
  after.close();
  expect(await answers()).toEqual(before);
});

test('a sound index is left as it is', async () => {
  const store = write(folder);
  const { generation } = store.status();
  expect(await repair(store, [])).toEqual([]);
  expect(store.status().generation).toBe(generation);
  store.close();
});

test('source files that were changed or removed are found, new ones are not in question', async () => {
  writeFileSync(join(corpus, 'a.txt'), PLAN('甲县', '教师交流'));
  writeFileSync(join(corpus, 'c.txt'), PLAN('丙县', '教师交流'));
  const store = read(folder);
  const told: [number, number][] = [];
  store.verify((done, total) => void told.push([done, total]));
  expect(told[0]![0]).toBe(0);
  expect(told.at(-1)![0]).toBe(told[0]![1]);
  told.length = 0;
  const findings = await checkSources(store, corpus, ['a.txt', 'c.txt'], (...progress) =>
    told.push(progress),
  );
  expect(told).toEqual([
    [0, 2],
    [1, 2],
    [2, 2],
  ]);
  expect(findings.map(({ code, subject }) => [code, subject])).toEqual([
    ['source-changed', 'a.txt'],
    ['source-missing', 'b.txt'],
  ]);
  store.close();
});

test('a backup made while the index is written is what was published, and nothing is overwritten', async () => {
  const before = await answers();
  const copy = join(folders.make(), 'tiaowen.sqlite');
  const store = write(folder);
  store.removeFile('a.txt');
  await backupDatabase(folder, copy);
  await store.publish();
  store.close();
  await expect(backupDatabase(folder, copy)).rejects.toMatchObject({ code: 'index-unwritable' });
  expect(await answers()).not.toEqual(before);
  writeFileSync(database(folder), readFileSync(copy));
  expect(await answers()).toEqual(before);
});

test('a database set aside is kept under another name each time', async () => {
  const whole = readFileSync(database(folder));
  const first = setAsideDatabase(folder);
  expect(readFileSync(first)).toEqual(whole);
  expect(() => read(folder)).toThrow('没有找到索引');
  await update();
  expect(setAsideDatabase(folder)).not.toBe(first);
});
