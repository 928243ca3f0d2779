/** A family ingested into a fresh index, for as long as somebody works with it. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Embedder } from '../../src/embed/embedder.js';
import { ingest } from '../../src/ingest.js';
import { openEmbeddedStore } from '../../src/store/embedded/embedded-store.js';
import type { DocumentEntry, Store } from '../../src/store/store.js';

export async function withIndex<T>(
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
