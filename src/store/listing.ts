/** The order of documents in an index, and the keys that follow from it. */
import type { DocumentEntry, IndexedDocument } from './store.js';

/** A document entry with the keys of its passages: `firstPassage` … `firstPassage + passages − 1`. */
export interface ListedDocument extends DocumentEntry {
  readonly firstPassage: number;
  readonly passages: number;
}

/** What a document must say of itself to be listed. */
export type Listable = Omit<ListedDocument, 'key' | 'firstClause' | 'firstPassage'>;

/** How an indexed document is listed. */
export function toListable({ document, passages }: IndexedDocument): Listable {
  const { id, file, ordinal, metadata, clauses, diagnostics } = document;
  return {
    id,
    file,
    ordinal,
    metadata,
    clauses: clauses.length,
    passages: passages.length,
    diagnostics: diagnostics.length,
    warnings: diagnostics.filter(({ severity }) => severity !== 'info').length,
  };
}

/** The order of files: UTF-16 code units, the same in every locale and engine. */
export function comparePaths(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** By file path, then ordinal. */
export function compareListed(a: Listable, b: Listable): number {
  return comparePaths(a.file, b.file) || a.ordinal - b.ordinal;
}

/**
 * Gives keys without gaps to documents that stand in listing order. Keys so depend on what is in the index and not on the order
 * in which it was put: the same corpus breaks ties the same way, and a key is at once a position in columns.
 */
export function listDocuments(sorted: readonly Listable[]): ListedDocument[] {
  let firstClause = 0;
  let firstPassage = 0;
  return sorted.map((document, key) => {
    const { id, file, ordinal, metadata, clauses, passages, diagnostics, warnings } = document;
    const listed = {
      key,
      id,
      file,
      ordinal,
      metadata,
      firstClause,
      clauses,
      firstPassage,
      passages,
      diagnostics,
      warnings,
    };
    firstClause += clauses;
    firstPassage += passages;
    return listed;
  });
}

/**
 * The document that holds a clause or passage key. Throws RangeError for a key that is not of this listing.
 */
export function findDocument(
  listing: readonly ListedDocument[],
  of: 'Clause' | 'Passage',
  key: number,
): ListedDocument {
  const first = of === 'Clause' ? 'firstClause' : 'firstPassage';
  const count = of === 'Clause' ? 'clauses' : 'passages';
  let low = 0;
  let high = listing.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (listing[middle]![first] <= key) low = middle + 1;
    else high = middle;
  }
  // Documents without clauses share their first key with the next one; the last of them is the one that may hold it.
  const found = listing[low - 1];
  if (!Number.isInteger(key) || found === undefined || key >= found[first] + found[count]) {
    throw new RangeError(`no ${of.toLowerCase()} has the key ${key} in this generation`);
  }
  return found;
}
