/** Folders for indexes on disk, and a small index in one of them. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TiaowenError } from '../../src/model/errors.js';
import { openEmbeddedStore } from '../../src/store/embedded/embedded-store.js';
import type { Store } from '../../src/store/store.js';
import { makeDocument, makeFile, makeRandom, MODEL, randomClauses } from '../contract/make-document.js';

/** With a graph, however small the index is. */
export const read = (folder: string) => openEmbeddedStore(folder, { mode: 'read', exactLimit: 0 });
export const write = (folder: string) => openEmbeddedStore(folder, { mode: 'write', exactLimit: 0 });
export const database = (folder: string) => join(folder, 'tiaowen.sqlite');

/** The error's code and message, of what must fail. */
export function failure(action: () => unknown): { code: string; message: string } {
  try {
    action();
  } catch (error) {
    if (error instanceof TiaowenError) return { code: error.code, message: error.message };
    throw error;
  }
  throw new Error('did not fail');
}

/** Gives new empty folders; `clean` removes them. */
export function makeFolders(): { make: () => string; clean: () => void } {
  const made: string[] = [];
  return {
    make: () => {
      const folder = mkdtempSync(join(tmpdir(), 'tiaowen-index-'));
      made.push(folder);
      return folder;
    },
    clean: () => {
      for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Puts one document per file: `<path>` holds document "of-<path>" with random clauses. */
export function putFiles(store: Store, paths: readonly string[], clauses = 5): void {
  for (const path of paths) {
    const random = makeRandom(path.length + path.charCodeAt(0));
    const document = makeDocument({
      id: `of-${path}`,
      file: path,
      clauses: randomClauses(random, clauses),
      random,
    });
    store.putFile(makeFile(path), [document], MODEL);
  }
}

/** An index of the files, published and closed. */
export async function makeIndex(folder: string, paths: readonly string[], clauses = 5): Promise<void> {
  const store = write(folder);
  putFiles(store, paths, clauses);
  await store.publish();
  store.close();
}

/** Everything a reader can be asked, for comparing two stores as a whole. */
export function readAll(store: Store, query: Float32Array): unknown {
  return {
    status: store.status(),
    files: store.files().map((file) => {
      const source = store.source(file.path);
      const original = store.original(file.sha256);
      return {
        file,
        source,
        original: original === null ? null : Buffer.from(original).toString('base64'),
        places: store.places(file.path, { start: 0, end: source?.length ?? 0 }),
      };
    }),
    documents: store.documents().map((entry) => ({
      entry,
      document: store.document(entry.id),
    })),
    passages: Array.from({ length: store.status().passages }, (_, key) => [
      store.passage(key),
      store.tokenVectors(key),
    ]),
    // Copied: they hold until the next call.
    tokens: Array.from({ length: store.status().clauses }, (_, key) =>
      store.clauseTokens(key).map(({ passageKey, vectors }) => ({ passageKey, vectors: vectors.slice() })),
    ),
    scores: store.scan(query),
    lexical: store.lexical('words', ['教师', '轮岗']),
    nearest: store.nearest(query, 10),
  };
}
