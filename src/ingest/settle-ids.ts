/** At the end of an ingest every document has the id that its corpus gives it, whatever the order in which files came and went. */
import type { Store } from '../store/store.js';
import { readStoredFile } from './stored-file.js';
import { settledIds } from './unique-ids.js';

/** To be called with nothing unpublished; publish after it. Nothing is embedded or parsed again. */
export function settleIds(store: Store): void {
  const changes = settledIds(store.documents());
  const { model } = store.status();
  if (changes.size === 0 || model === null) return;
  // All of them first: one may get the id that another one leaves. What is read meanwhile is what was published.
  for (const path of changes.keys()) store.removeFile(path);
  for (const file of store.files()) {
    const ids = changes.get(file.path);
    if (ids === undefined) continue;
    const { kept, documents } = readStoredFile(store, file, ids);
    store.putFile(kept, documents, model);
  }
}
