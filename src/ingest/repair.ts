/** Puts right what check found wrong: makes anew what is derived, and forgets files that must be read again. */
import { TiaowenError } from '../model/errors.js';
import type { SourceFile } from '../model/document.js';
import type { Finding, Store } from '../store/store.js';
import { readStoredFile } from './stored-file.js';

/** What of a file's own rows may be damaged; the subject is its path. */
const OF_A_FILE: ReadonlySet<string> = new Set([
  'file-damaged',
  'documents-missing',
  'original-damaged',
  'source-text-missing',
  'source-text-damaged',
  'place-outside',
  'place-damaged',
]);

/** An original that is missing is put by the next ingest, which then need not embed its file again: nothing to repair. */
export function isLeftToIngest({ code }: Finding): boolean {
  return code === 'original-missing';
}

/**
 * Where the rows of a document are damaged its file is forgotten, so that the next ingest reads it again; where postings are, the terms
 * of every document are made anew from its text. Nothing is embedded here. Gives the paths forgotten. Throws TiaowenError index-damaged
 * when the damage is deeper than that.
 */
export async function repair(store: Store, findings: readonly Finding[]): Promise<string[]> {
  const damaged = new Set(findings.map(({ subject }) => subject.split('#')[0]!));
  const forgotten = new Set(findings.filter(({ code }) => OF_A_FILE.has(code)).map(({ subject }) => subject));
  for (const { id, file } of store.documents()) if (damaged.has(id)) forgotten.add(file);
  const lexical = findings.some(({ code }) => code.startsWith('lexical-') || code === 'database-damaged');
  for (const file of lexical ? store.files() : []) {
    if (forgotten.has(file.path) || file.state === 'unreadable') continue;
    if (!putAgain(store, file)) forgotten.add(file.path);
  }
  for (const path of forgotten) store.removeFile(path);
  // Last: what was removed was removed from postings that may have been wrong.
  if (lexical || forgotten.size > 0) store.rebuildLexical();
  await store.publish({ thorough: true });
  return [...forgotten].sort();
}

/** False when the file cannot be put together from what is stored. */
function putAgain(store: Store, file: SourceFile): boolean {
  const { model } = store.status();
  if (model === null) return false;
  try {
    const { kept, documents } = readStoredFile(store, file);
    store.putFile(kept, documents, model);
    return true;
  } catch (error) {
    if (error instanceof RangeError || (error instanceof TiaowenError && error.code === 'index-damaged'))
      return false;
    throw error;
  }
}
