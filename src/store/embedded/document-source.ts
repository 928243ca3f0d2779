/** What a derived file says that the rows of a document were read from: as long as it agrees with the database they are those of it. */
import type { StoredDocument } from './rows.js';

export type DocumentSource = readonly [
  key: number,
  storedPassage: number,
  passages: number,
  storedClause: number,
  clauses: number,
  ofPassages: number,
];

export function sourceOf({
  key,
  storedPassage,
  passages,
  storedClause,
  clauses,
  checksums,
}: StoredDocument): DocumentSource {
  return [key, storedPassage, passages, storedClause, clauses, checksums.passages];
}

/** Whether an entry that begins with a source is of this document. */
export function isOf(entry: readonly number[], document: StoredDocument): boolean {
  return sourceOf(document).every((value, i) => entry[i] === value);
}
