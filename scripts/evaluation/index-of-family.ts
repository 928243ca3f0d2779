/** A family ingested into a fresh index, for as long as somebody works with it. */
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Embedder } from '../../src/embed/embedder.js';
import { ingest } from '../../src/ingest.js';
import { openEmbeddedStore } from '../../src/store/embedded/embedded-store.js';
import type { DocumentEntry, Store } from '../../src/store/store.js';
import type { Family } from './suite.js';

export function withIndex<T>(
  { corpus, files }: Pick<Family, 'corpus' | 'files'>,
  embedder: Embedder,
  work: (store: Store, index: string) => Promise<T>,
): Promise<T> {
  const ofCorpus = (folder: string) => withIndexOf(folder, embedder, work);
  return files === null ? ofCorpus(corpus) : withCorpusOf(corpus, files, ofCorpus);
}

/** Copies `files` of a folder into one of their own, which is deleted after the work. */
export async function withCorpusOf<T>(
  folder: string,
  files: readonly string[],
  work: (corpus: string) => Promise<T>,
): Promise<T> {
  const corpus = await mkdtemp(join(tmpdir(), 'tiaowen-corpus-'));
  try {
    for (const file of files) await cp(join(folder, file), join(corpus, file));
    return await work(corpus);
  } finally {
    await rm(corpus, { recursive: true });
  }
}

async function withIndexOf<T>(
  corpus: string,
  embedder: Embedder,
  work: (store: Store, index: string) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'tiaowen-eval-'));
  const store = openEmbeddedStore(folder, { mode: 'write' });
  try {
    await ingest({ corpus, store, embedder });
    return await work(store, folder);
  } finally {
    store.close();
    await rm(folder, { recursive: true });
  }
}

/** The documents of each file: suites judge files, and a file may hold several documents. */
export function documentsByFile(store: Store): Map<string, DocumentEntry[]> {
  const byFile = new Map<string, DocumentEntry[]>();
  for (const entry of store.documents()) byFile.set(entry.file, [...(byFile.get(entry.file) ?? []), entry]);
  return byFile;
}
