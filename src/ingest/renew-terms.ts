/** Terms and vectors that an earlier version of the analysis made are made anew; until all are, the index answers nothing. */
import { TERMS_VERSION } from '../analysis/analyze.js';
import { clauseTerms } from '../analysis/clause-terms.js';
import { toSimplified } from '../analysis/simplify.js';
import type { Store } from '../store/store.js';

/**
 * Files whose passages must be embedded again: those in traditional characters, which version 1 gave the model as they were. Empty for an
 * index that is in step.
 */
export function filesToEmbedAgain(store: Store): ReadonlySet<string> {
  const files = new Set<string>();
  if (store.termsVersion() === TERMS_VERSION) return files;
  for (const { id, file } of store.documents()) {
    if (files.has(file)) continue;
    const { text } = store.document(id)!;
    if (toSimplified(text) !== text) files.add(file);
  }
  return files;
}

/** To be called with nothing unpublished; publish after it. */
export function renewTerms(store: Store): void {
  if (store.termsVersion() !== TERMS_VERSION) store.renewTerms(TERMS_VERSION, clauseTerms);
}
