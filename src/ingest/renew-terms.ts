/** Terms and vectors that an earlier version of the analysis made are made anew; until all are, the index answers nothing. */
import { TERMS_VERSION } from '../analysis/analyze.js';
import { clauseTerms } from '../analysis/clause-terms.js';
import { toSimplified } from '../analysis/simplify.js';
import type { LongWork, Store } from '../store/store.js';

/**
 * Files whose passages must be embedded again: those in traditional characters, which version 1 gave the model as they were. Empty for an
 * index that is in step.
 */
export async function filesToEmbedAgain(store: Store, signal?: AbortSignal): Promise<ReadonlySet<string>> {
  const files = new Set<string>();
  if (store.termsVersion() === TERMS_VERSION) return files;
  for (const { id, file } of store.documents()) {
    if (files.has(file)) continue;
    // All texts of the index are read: others have their turn, Ctrl-C among them.
    await new Promise(setImmediate);
    signal?.throwIfAborted();
    const { text } = store.document(id)!;
    if (toSimplified(text) !== text) files.add(file);
  }
  return files;
}

/** To be called with nothing unpublished; publish after it. */
export async function renewTerms(store: Store, options?: LongWork): Promise<void> {
  if (store.termsVersion() !== TERMS_VERSION) await store.renewTerms(TERMS_VERSION, clauseTerms, options);
}
