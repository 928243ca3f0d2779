/** An index of an earlier format is taken up: nothing is embedded again, and what the format did not keep is filled in. */
import { cpSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { isOfDerived } from '../contract/derived-findings.js';
import { TERMS_VERSION } from '../../src/analysis/analyze.js';
import { readConfig } from '../../src/config.js';
import { createKnowledgeBase } from '../../src/create-knowledge-base.js';
import { ingest } from '../../src/ingest.js';
import { repair } from '../../src/ingest/repair.js';
import { toSource } from '../../src/model/source-map.js';
import { openKnowledgeBase } from '../../src/open.js';
import { findDivision } from '../../src/parse/jurisdiction/divisions.js';
import { upgradeIndex } from '../../src/store/embedded/upgrade.js';
import { FORMAT_VERSION } from '../../src/store/store.js';
import { createMemoryStore } from '../../src/store/memory.js';
import { createFakeEmbedder } from '../embed/fake-embedder.js';
import { database, failure, makeFolders, read, readAll, write } from './index-folder.js';

const FORMAT_1 = join(import.meta.dirname, 'format-1');
const FORMAT_2 = join(import.meta.dirname, 'format-2');
const FORMAT_3 = join(import.meta.dirname, 'format-3');
const WRITTEN = new Date('2023-05-08T01:02:03.000Z');
const fake = createFakeEmbedder(16, 8);
const asked: string[] = [];
const embedder: typeof fake = {
  ...fake,
  embedPassages: (texts, options) => {
    asked.push(...texts);
    return fake.embedPassages(texts, options);
  },
};
const folders = makeFolders();
let folder: string;
let corpus: string;

const unpack = (format: string) =>
  writeFileSync(database(folder), gunzipSync(readFileSync(join(format, 'tiaowen.sqlite.gz'))));

beforeEach(() => {
  asked.length = 0;
  folder = folders.make();
  corpus = folders.make();
  unpack(FORMAT_1);
  cpSync(join(FORMAT_1, 'corpus'), corpus, { recursive: true });
  for (const name of ['甲县.txt', '乙县.pdf', '空.txt']) utimesSync(join(corpus, name), WRITTEN, WRITTEN);
});
afterEach(() => {
  folders.clean();
});

test.each([FORMAT_1, FORMAT_2, FORMAT_3])(
  'a reader does not touch %s and names the command that takes it up',
  (format) => {
    unpack(format);
    const before = readFileSync(database(folder));
    const { code, message } = failure(() => read(folder));
    expect(code).toBe('index-format');
    expect(message).toContain('请运行 tiaowen ingest');
    expect(message).not.toContain('删除');
    expect(readFileSync(database(folder))).toEqual(before);
  },
);

/** All that can be read is what an ingest of the same corpus into an empty index gives. */
async function expectAsFresh(store: ReturnType<typeof write>): Promise<void> {
  const fresh = createMemoryStore();
  await ingest({ corpus, store: fresh, embedder: fake });
  const { sentence } = await fake.embedQuery('课后服务');
  const all = (one: typeof fresh) => ({ ...(readAll(one, sentence) as object), status: null });
  expect(all(store)).toEqual(all(fresh));
}

test('a writer takes it up as it is: everything is held, and what is missing is said', () => {
  const store = write(folder);
  expect(store.status()).toMatchObject({
    formatVersion: FORMAT_VERSION,
    files: 3,
    unreadable: 1,
    documents: 2,
    passages: 8,
  });
  expect(store.documents().map(({ diagnostics, warnings }) => [diagnostics, warnings])).toEqual([
    [0, 0],
    [1, 1],
  ]);
  expect(store.files().map(({ retrieved }) => retrieved)).toEqual([null, null, null]);
  expect(store.originals().size).toBe(0);
  expect(store.source('甲县.txt')).toBeNull();
  const missing = store.verify().filter(({ code }) => !isOfDerived(code));
  expect(missing.map(({ code, subject }) => [code, subject])).toEqual([
    ['original-missing', '乙县.pdf'],
    ['original-missing', '甲县.txt'],
  ]);
  const [pdf] = store.documents();
  const held = { store, embedder: () => Promise.resolve(fake), findDivision };
  expect(() => createKnowledgeBase(held).original(pdf!.id)).toThrow(
    expect.objectContaining({ code: 'original-missing', message: expect.stringContaining('tiaowen ingest') }),
  );
  store.close();
  read(folder).close();
});

test('an ingest fills in what is missing, embeds nothing and changes no document', async () => {
  const raw = new Database(database(folder));
  const before = raw.prepare('SELECT id, text FROM clauses ORDER BY id').all();
  raw.close();
  const store = write(folder);
  const report = await ingest({ corpus, store, embedder });
  expect(asked).toEqual([]);
  expect(report.files.map(({ path, state }) => [path, state])).toEqual([
    ['乙县.pdf', 'unchanged'],
    ['甲县.txt', 'unchanged'],
    ['空.txt', 'unreadable'],
  ]);
  expect(store.verify()).toEqual([]);

  await expectAsFresh(store);
  store.close();

  const after = new Database(database(folder));
  expect(after.prepare('SELECT id, text FROM clauses ORDER BY id').all()).toEqual(before);
  after.close();

  // And once it is whole it is not read again.
  const again = write(folder);
  const { generation } = again.status();
  await ingest({ corpus, store: again, embedder });
  expect(again.status().generation).toBe(generation);
  again.close();
});

test('what is filled in are the bytes, when they were written, and the pages of a PDF', async () => {
  const store = write(folder);
  await ingest({ corpus, store, embedder });
  const [pdf] = store.files();
  expect(pdf!.retrieved).toEqual({ at: WRITTEN.toISOString(), from: null });
  expect(Buffer.from(store.original(pdf!.sha256)!)).toEqual(readFileSync(join(corpus, '乙县.pdf')));
  const document = store.document(store.documents()[0]!.id)!;
  const pages = document.clauses.map(({ span }) => {
    const places = store.places(pdf!.path, toSource(document.map, span)!);
    return places.map(({ page }) => page);
  });
  expect(pages).toEqual([[1], [1], [2], [2]]);
  expect(store.places('甲县.txt', { start: 0, end: 100 })).toEqual([]);
  store.close();
});

test('format 2: everything is kept as it is, gets its checksums, and no file is read again', async () => {
  unpack(FORMAT_2);
  const store = write(folder);
  expect(store.verify().map(({ code }) => code)).toEqual(['graph-out-of-step']);
  const { generation } = store.status();
  const report = await ingest({ corpus, store, embedder });
  expect(asked).toEqual([]);
  expect(report.files.map(({ state }) => state)).toEqual(['unchanged', 'unchanged', 'unreadable']);
  // One for the terms.
  expect(store.status().generation).toBe(generation + 1);
  expect(store.verify()).toEqual([]);

  await expectAsFresh(store);
  store.close();
});

test('format 2: how far the rows are is told, an index of this format is opened without a word', async () => {
  unpack(FORMAT_2);
  const told: [number, number][] = [];
  const onProgress = (done: number, total: number) => void told.push([done, total]);
  await upgradeIndex(folder, { onProgress });
  const [done, total] = told.at(-1)!;
  expect(done).toBe(total);
  const raw = new Database(database(folder));
  const rows = raw.prepare('SELECT count(*) FROM clauses').pluck().get() as number;
  raw.close();
  expect(total).toBeGreaterThan(2 * rows);
  told.length = 0;
  await upgradeIndex(folder, { onProgress });
  await upgradeIndex(folders.make(), { onProgress });
  expect(told).toEqual([]);
});

test('format 2: a clause that was altered before is told, and not given for a quote', async () => {
  unpack(FORMAT_2);
  const raw = new Database(database(folder));
  const altered = raw.prepare<[], string>('SELECT id FROM clauses WHERE key = 2').pluck().get()!;
  raw.exec(`UPDATE clauses SET text = replace(text, '。', '！') WHERE key = 2`);
  raw.close();
  await upgradeIndex(folder);
  const store = read(folder);
  const document = store.documents()[0]!.id;
  expect(store.verify().map(({ code, subject }) => [code, subject])).toEqual([
    ['clause-text', altered],
    ['clauses-damaged', document],
    ['graph-out-of-step', folder],
  ]);
  expect(failure(() => store.clause(altered)).code).toBe('index-damaged');
  store.close();
  const writer = write(folder);
  await repair(writer, writer.verify());
  await ingest({ corpus, store: writer, embedder });
  expect(writer.verify()).toEqual([]);
  await expectAsFresh(writer);
  writer.close();
});

test('format 2: what it kept and is altered later is told', () => {
  unpack(FORMAT_2);
  write(folder).close();
  const raw = new Database(database(folder));
  raw.exec(`UPDATE clauses SET label = label || '一' WHERE key = 1`);
  raw.exec('UPDATE token_vectors SET vectors = zeroblob(length(vectors)) WHERE passage = 8');
  raw.close();
  const store = read(folder);
  expect(store.verify().map(({ code, subject }) => [code, subject])).toEqual([
    ['clauses-damaged', store.documents()[0]!.id],
    ['token-vectors-damaged', store.documents()[1]!.id],
    ['graph-out-of-step', folder],
  ]);
  store.close();
});

test('format 3: terms as printed become simplified ones, and only what is traditional is embedded again', async () => {
  unpack(FORMAT_3);
  corpus = folders.make();
  cpSync(join(FORMAT_3, 'corpus'), corpus, { recursive: true });
  for (const name of ['丙縣.txt', '丁县.txt']) utimesSync(join(corpus, name), WRITTEN, WRITTEN);
  const store = write(folder);
  expect(store.termsVersion()).toBe(1);
  expect(store.lexical('words', ['收费']).size).toBe(1);
  expect(() => openKnowledgeBase(readConfig({ index: folder, corpus }, {}))).toThrow(
    expect.objectContaining({ code: 'index-format', message: expect.stringContaining('tiaowen ingest') }),
  );

  // A file alone, as an upload is taken in, doesn't make the index whole.
  writeFileSync(join(corpus, '戊县.txt'), '戊县课后服务办法\n第一条　学校应当提供课后服务。\n');
  await ingest({ corpus, store, embedder, only: new Set(['戊县.txt']) });
  expect(store.termsVersion()).toBe(1);
  asked.length = 0;

  const report = await ingest({ corpus, store, embedder });
  expect(report.files.map(({ state }) => state)).toEqual(['unchanged', 'unchanged', 'unchanged']);
  expect(asked).toEqual([
    '第一條　學校應當提供課後服務，每週五天。',
    '第二條　課後服務收費標準由縣發展改革委核定。',
  ]);
  expect(store.termsVersion()).toBe(TERMS_VERSION);
  expect(store.lexical('words', ['收费']).size).toBe(2);
  expect(store.lexical('words', ['收費']).size).toBe(0);
  expect(store.verify()).toEqual([]);
  await expectAsFresh(store);

  const { generation } = store.status();
  await ingest({ corpus, store, embedder });
  expect(store.status().generation).toBe(generation);
  store.close();
  await openKnowledgeBase(readConfig({ index: folder, corpus }, {})).close();
});
