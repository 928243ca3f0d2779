/** A CRC-32 for everything that is read back: a byte that was altered on the disk is told, never quoted. */
import { crc32 } from 'node:zlib';

/** The columns that the `checksum` of a row is of, in this order: all others. */
export const CHECKED_COLUMNS = {
  files: [
    'path',
    'sha256',
    'bytes',
    'media_type',
    'encoding',
    'url',
    'retrieved_at',
    'retrieved_from',
    'state',
    'noise',
    'diagnostics',
    'documents',
  ],
  sources: ['key', 'path', 'text'],
  places: ['source', 'start', 'end', 'page', 'left', 'top', 'right', 'bottom'],
  documents: [
    'key',
    'id',
    'file',
    'ordinal',
    'metadata',
    'first_clause',
    'clauses',
    'first_passage',
    'passages',
    'diagnostics',
    'warnings',
    'clauses_checksum',
    'passages_checksum',
    'vectors_checksum',
  ],
  document_texts: ['document', 'text', 'provenance', 'map', 'front_matter', 'headings', 'diagnostics'],
  clauses: [
    'key',
    'id',
    'document',
    'ordinal',
    'kind',
    'label',
    'locator',
    'number',
    'title',
    'heading_path',
    'heading_ids',
    'start',
    'end',
    'text',
    'parts',
  ],
  clause_terms: ['key', 'words', 'bigrams', 'headings'],
} as const;

export type CheckedTable = keyof typeof CHECKED_COLUMNS;
export type Value = string | number | null;
export type Unsealed<T extends CheckedTable> = Readonly<Record<(typeof CHECKED_COLUMNS)[T][number], Value>>;

export interface Sealed {
  readonly checksum: number;
}

/** A passage as its document's checksum sees it; `tokens`: checksum of its token vectors, null when it has none. */
export interface PassageRow {
  key: number;
  clause: number;
  kind: 'sentence' | 'window';
  start: number;
  end: number;
  tokens: number | null;
}

/** Signed, so that SQLite needs no more than four bytes. */
export function checksumOfValues(values: readonly Value[]): number {
  return crc32(JSON.stringify(values)) | 0;
}

export function checksumOfBytes(bytes: Uint8Array): number {
  return crc32(bytes) | 0;
}

/** Of the row of a document's text and those of its clauses, by their checksums: none of them can be exchanged or lost. */
export function checksumOfClauses(text: Sealed, clauses: readonly Sealed[]): number {
  return checksumOfValues([text.checksum, ...clauses.map(({ checksum }) => checksum)]);
}

export function checksumOfPassages(passages: readonly PassageRow[]): number {
  return checksumOfValues(
    passages.flatMap(({ key, clause, kind, start, end, tokens }) => [key, clause, kind, start, end, tokens]),
  );
}

export function seal<T extends CheckedTable, R extends Unsealed<T>>(table: T, row: R): R & Sealed {
  return { ...row, checksum: checksumOfRow(table, row) };
}

export function isWhole<T extends CheckedTable>(table: T, row: Unsealed<T> & Sealed): boolean {
  return row.checksum === checksumOfRow(table, row);
}

/** Gives the row back. Throws RangeError when it is not as it was written. */
export function whole<T extends CheckedTable, R extends Unsealed<T> & Sealed>(table: T, row: R): R {
  if (!isWhole(table, row)) throw altered(`a row of ${table}`);
  return row;
}

/**
 * Of a row as plain values, those of CHECKED_COLUMNS and then its checksum: to make an object of each of many rows takes half as long again. Gives
 * back the values without the checksum. Throws RangeError when they are not as they were written.
 */
export function wholeValues<T extends readonly Value[]>(
  table: CheckedTable,
  sealed: readonly [...T, checksum: number],
): T {
  const values = sealed.slice(0, -1) as unknown as T;
  if (checksumOfValues(values) !== sealed.at(-1)) throw altered(`a row of ${table}`);
  return values;
}

/** Gives the bytes back. Throws RangeError when they are not those of the checksum. */
export function wholeBytes<T extends Uint8Array>(what: string, bytes: T, checksum: number): T {
  if (checksumOfBytes(bytes) !== checksum) throw altered(what);
  return bytes;
}

export function altered(what: string): RangeError {
  return new RangeError(`${what} is not as it was written`);
}

function checksumOfRow<T extends CheckedTable>(table: T, row: Unsealed<T>): number {
  const columns: readonly (keyof Unsealed<T>)[] = CHECKED_COLUMNS[table];
  return checksumOfValues(columns.map((column) => row[column]));
}
