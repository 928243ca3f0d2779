/** A file put together again from what the index holds of it: to be put anew, without its source and without the model. */
import { clauseTerms } from '../analysis/clause-terms.js';
import type { PolicyDocument, SourceFile } from '../model/document.js';
import type { IndexedDocument, IndexReader, KeptFile } from '../store/store.js';
import { renamed } from './unique-ids.js';

/**
 * As published. `ids`: documents that get another id, by the one they have. Throws RangeError or TiaowenError index-damaged when what is stored
 * does not fit together.
 */
export function readStoredFile(
  store: IndexReader,
  file: SourceFile,
  ids: ReadonlyMap<string, string> = new Map(),
): { readonly kept: KeptFile; readonly documents: readonly IndexedDocument[] } {
  const documents = store
    .documents()
    .filter((entry) => entry.file === file.path)
    .map(({ id, key }): IndexedDocument => {
      const held = store.document(id);
      if (held === null) throw new RangeError(`document ${id} is listed and not held`);
      const document = named(held, ids.get(id) ?? id);
      const encoded = store.encoded(key);
      return {
        document,
        terms: clauseTerms(document),
        passages: encoded.map(({ passage }) => ({
          ...passage,
          clauseId: document.id + passage.clauseId.slice(id.length),
        })),
        encodings: encoded.map(({ encoding }) => encoding),
      };
    });
  const source = store.source(file.path) ?? '';
  const places = store.places(file.path, { start: 0, end: source.length });
  return { kept: { file, original: store.original(file.sha256), source, places }, documents };
}

function named(document: PolicyDocument, id: string): PolicyDocument {
  return document.id === id ? document : renamed(document, id);
}
