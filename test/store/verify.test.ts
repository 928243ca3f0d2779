/** verify() names what was tampered with. */
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, expect, test } from 'vitest';
import { openEmbeddedStore } from '../../src/store/embedded/embedded-store.js';
import { makeFolders, makeIndex } from './index-folder.js';

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
  ['graph-out-of-step', 'UPDATE state SET generation = 9', null],
])('%s: %s', async (code, sql, subject) => {
  const folder = folders.make();
  await makeIndex(folder, ['a.txt']);
  const raw = new Database(join(folder, 'tiaowen.sqlite'));
  raw.exec(sql);
  raw.close();
  const store = openEmbeddedStore(folder, { mode: 'read' });
  const finding = store.verify().find((found) => found.code === code);
  expect(finding).toBeDefined();
  expect(finding!.message).toMatch(/\p{Script=Han}/u);
  if (subject !== null) expect(finding!.subject).toBe(subject);
  store.close();
});
