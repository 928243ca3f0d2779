/** verify() names what was tampered with, and nothing of it is given as if it were sound. */
import Database from 'better-sqlite3';
import { afterEach, expect, test } from 'vitest';
import { openEmbeddedStore } from '../../src/store/embedded/embedded-store.js';
import type { Store } from '../../src/store/store.js';
import { makeRandom, MODEL, randomUnit } from '../contract/make-document.js';
import { database, failure, makeFolders, makeIndex } from './index-folder.js';

const folders = makeFolders();
afterEach(() => {
  folders.clean();
});

test.each([
  ['clause-text', `UPDATE clauses SET text = text || '？' WHERE key = 1`, 'of-a.txt#sec-1.item-1'],
  ['text-missing', 'DELETE FROM document_texts', 'of-a.txt'],
  ['clauses-missing', 'DELETE FROM clauses WHERE key = 2', 'of-a.txt'],
  ['file-missing', 'DELETE FROM files', 'of-a.txt'],
  ['passage-outside', 'UPDATE passages SET "end" = 100000 WHERE key = 1', 'of-a.txt#sec-1.item-1'],
  ['passage-outside', 'UPDATE passages SET clause = 999 WHERE key = 1', '1'],
  ['passages-missing', 'DELETE FROM passages WHERE key = 1', null],
  ['original-missing', 'DELETE FROM originals', 'a.txt'],
  ['original-damaged', `UPDATE originals SET bytes = x'00'`, 'a.txt'],
  ['source-text-missing', 'DELETE FROM sources', 'a.txt'],
  ['place-outside', 'UPDATE places SET "end" = 100000 WHERE start = 90', 'a.txt'],
  ['vectors-missing', 'DELETE FROM document_vectors', 'of-a.txt'],
  ['vectors-missing', 'UPDATE document_vectors SET vectors = substr(vectors, 5)', 'of-a.txt'],
  ['vector-norm', 'UPDATE document_vectors SET vectors = zeroblob(length(vectors))', 'of-a.txt'],
  ['lexical-out-of-step', 'DELETE FROM lexical_words WHERE rowid = 1', null],
  ['lexical-out-of-step', 'DELETE FROM clause_terms WHERE key = 3', null],
  ['lexical-terms', `UPDATE clause_terms SET bigrams = '别的'`, null],
  ['token-vectors-stray', 'UPDATE token_vectors SET passage = 9999 WHERE passage = 1', null],
  ['token-vectors-length', `UPDATE token_vectors SET vectors = x'010203' WHERE passage = 1`, null],
  ['documents-missing', 'DELETE FROM documents', 'a.txt'],
  ['file-damaged', `UPDATE files SET retrieved_at = '2024'`, 'a.txt'],
  ['source-text-damaged', `UPDATE sources SET text = replace(text, 'a', 'b')`, 'a.txt'],
  ['place-damaged', 'UPDATE places SET page = 3 WHERE start = 10', 'a.txt'],
  ['clauses-damaged', `UPDATE clauses SET locator = '第九项' WHERE key = 2`, 'of-a.txt'],
  ['clauses-damaged', `UPDATE document_texts SET map = replace(map, '7', '8')`, 'of-a.txt'],
  ['passages-damaged', 'UPDATE passages SET start = start + 1 WHERE key = 2', 'of-a.txt'],
  ['vectors-damaged', 'UPDATE document_vectors SET vectors = flipped(vectors)', 'of-a.txt'],
  [
    'token-vectors-damaged',
    'UPDATE token_vectors SET vectors = flipped(vectors) WHERE passage = 1',
    'of-a.txt',
  ],
  ['token-vectors-damaged', 'DELETE FROM token_vectors WHERE passage = 1', 'of-a.txt'],
  ['lexical-damaged', `UPDATE clause_terms SET words = words || ' 又' WHERE key = 1`, null],
  ['lexical-sizes', `UPDATE lexical_words_docsize SET sz = x'7f' WHERE id = 1`, null],
  ['lexical-sizes', `UPDATE lexical_words_data SET block = x'0101' WHERE id = 1`, null],
  ['schema-damaged', 'ALTER TABLE places RENAME COLUMN page TO pane', null],
  ['graph-out-of-step', 'UPDATE state SET generation = 9', null],
])('%s: %s', async (code, sql, subject) => {
  const folder = folders.make();
  await makeIndex(folder, ['a.txt']);
  alter(folder, sql);
  const store = openEmbeddedStore(folder, { mode: 'read', exactLimit: 0 });
  const finding = store.verify().find((found) => found.code === code);
  expect(finding).toBeDefined();
  expect(finding!.message).toMatch(/\p{Script=Han}/u);
  if (subject !== null) expect(finding!.subject).toBe(subject);
  store.close();
});

/** What one reads of an index, each on rows that the statement alters. */
const READS: Record<string, [sql: string, (store: Store) => unknown]> = {
  'the list of documents': [
    `UPDATE documents SET metadata = replace(metadata, '某区', '某市')`,
    (store) => store.documents(),
  ],
  'the list of files': [`UPDATE files SET url = 'https://example.org'`, (store) => store.files()],
  'a document, its text': [
    `UPDATE document_texts SET text = replace(text, '任务', '项目')`,
    (store) => store.document('of-a.txt'),
  ],
  'a document that lost a clause': [
    'DELETE FROM clauses WHERE key = 2',
    (store) => store.document('of-a.txt'),
  ],
  'a clause by id': [
    `UPDATE clauses SET text = text || '？'`,
    (store) => store.clause('of-a.txt#sec-1.item-1'),
  ],
  'a clause by key': [`UPDATE clauses SET label = '9.'`, (store) => store.clauseByKey(0)],
  'the original': [
    'UPDATE originals SET bytes = flipped(bytes)',
    (store) => store.original(store.files()[0]!.sha256),
  ],
  'the source': [`UPDATE sources SET text = text || '。'`, (store) => store.source('a.txt')],
  'page places': ['UPDATE places SET page = 9', (store) => store.places('a.txt', { start: 0, end: 5 })],
  passages: [`UPDATE passages SET "end" = "end" - 1 WHERE key = 1`, (store) => store.passage(0)],
  'sentence vectors': [
    'UPDATE document_vectors SET vectors = flipped(vectors)',
    (store) => store.nearest(randomUnit(makeRandom(1), MODEL.dimension), 3),
  ],
  'token vectors': ['UPDATE token_vectors SET vectors = flipped(vectors)', (store) => store.tokenVectors(0)],
};

test.each(Object.entries(READS))('%s: what was altered is refused, not given', async (_, [sql, ask]) => {
  const folder = folders.make();
  await makeIndex(folder, ['a.txt']);
  alter(folder, sql);
  const { code, message } = failure(() => {
    const store = openEmbeddedStore(folder, { mode: 'read' });
    try {
      ask(store);
    } finally {
      store.close();
    }
  });
  expect(code).toBe('index-damaged');
  expect(message).toContain('check --repair');
});

function alter(folder: string, sql: string): void {
  const raw = new Database(database(folder));
  raw.function('flipped', (blob: Buffer) => Buffer.from(blob.map((byte, i) => (i === 5 ? byte ^ 1 : byte))));
  // Else SQLite keeps the tables of FTS5 from being written.
  raw.unsafeMode();
  raw.exec(sql);
  raw.close();
}
