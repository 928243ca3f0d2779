/** Passages and vectors of one document, straight from the tables and as they were written. */
import type { Database } from 'better-sqlite3';
import type { EncodedPassage } from '../store.js';
import { altered, checksumOfValues, whole, wholeBytes } from './checksums.js';
import type { PassageRow, Sealed } from './checksums.js';
import type { StoredDocument, TextRow } from './rows.js';

/** The passages in order. Throws RangeError where they are not as they were written. */
export function preparePassages(database: Database): (document: StoredDocument) => PassageRow[] {
  const read = preparePassageValues(database);
  return (document) =>
    read(document).map(([key, clause, kind, start, end, tokens]) => ({
      key,
      clause,
      kind,
      start,
      end,
      tokens,
    }));
}

/** Parallel to the fields of PassageRow. */
export type PassageValues = [
  key: number,
  clause: number,
  kind: PassageRow['kind'],
  start: number,
  end: number,
  tokens: number | null,
];

/** The same as plain values: all of an index are read when it is opened, and an object for each takes twice as long. */
export function preparePassageValues(database: Database): (document: StoredDocument) => PassageValues[] {
  const select = database
    .prepare<[number, number], PassageValues>(
      'SELECT key, clause, kind, start, "end", tokens FROM passages WHERE key BETWEEN ? AND ? ORDER BY key',
    )
    .raw();
  return ({ id, storedPassage, passages, checksums }) => {
    const rows = select.all(storedPassage, storedPassage + passages - 1);
    // Of the values in order, as checksumOfPassages() takes them.
    if (checksumOfValues(rows.flat()) !== checksums.passages) throw altered(`the passages of ${id}`);
    return rows;
  };
}

/** The sentence vectors, `rowBytes` for each passage. Throws RangeError where they are not as they were written. */
export function prepareVectors(database: Database): (document: StoredDocument, rowBytes: number) => Buffer {
  const select = database
    .prepare<[number], Buffer>('SELECT vectors FROM document_vectors WHERE document = ?')
    .pluck();
  return ({ key, id, passages, checksums }, rowBytes) => {
    const blob = select.get(key);
    if (blob?.length !== passages * rowBytes) throw new RangeError(`vectors of ${id} are incomplete`);
    return wholeBytes(`vectors of ${id}`, blob, checksums.vectors);
  };
}

export interface StoredTokens {
  /** Stored key. */
  readonly passage: number;
  readonly vectors: Int8Array;
}

/** The token vectors of passages with neighbouring stored keys, of those that were put with some. Throws RangeError where they are not as they were written. */
export function prepareTokensOf(database: Database): (first: number, count: number) => StoredTokens[] {
  const select = database
    .prepare<[number, number], [number, number, Buffer | null]>(
      `SELECT key, tokens, vectors FROM passages LEFT JOIN token_vectors ON token_vectors.passage = passages.key
        WHERE passages.key BETWEEN ? AND ? AND tokens IS NOT NULL ORDER BY key`,
    )
    .raw();
  return (first, count) =>
    select.all(first, first + count - 1).map(([passage, tokens, blob]) => {
      if (blob === null) throw new RangeError(`token vectors of passage ${passage} are missing`);
      const { buffer, byteOffset, byteLength } = wholeBytes(
        `token vectors of passage ${passage}`,
        blob,
        tokens,
      );
      return { passage, vectors: new Int8Array(buffer, byteOffset, byteLength) };
    });
}

/** The token vectors of a passage by its stored key; null when it was put without. */
export function prepareTokens(database: Database): (passage: number) => Int8Array | null {
  const read = prepareTokensOf(database);
  return (passage) => read(passage, 1)[0]?.vectors ?? null;
}

export function readEncoded(
  database: Database,
  document: StoredDocument,
  dimension: number,
): EncodedPassage[] {
  const row = database
    .prepare<[number], TextRow & Sealed>('SELECT * FROM document_texts WHERE document = ?')
    .get(document.key);
  if (row === undefined) throw new RangeError(`text of ${document.id} is missing`);
  const { text } = whole('document_texts', row);
  const clauseIds = new Map(
    database
      .prepare<[number], { key: number; id: string }>('SELECT key, id FROM clauses WHERE document = ?')
      .all(document.key)
      .map(({ key, id }) => [key, id]),
  );
  const rowBytes = dimension * Float32Array.BYTES_PER_ELEMENT;
  const vectors = prepareVectors(database)(document, rowBytes);
  const tokens = prepareTokens(database);
  return preparePassages(database)(document).map(({ key, clause, kind, start, end }, i) => {
    const clauseId = clauseIds.get(clause);
    if (clauseId === undefined) throw new RangeError(`clause ${clause} of ${document.id} is missing`);
    return {
      passage: { clauseId, kind, span: { start, end }, text: text.slice(start, end) },
      encoding: {
        // Copied: a BLOB need not begin at a multiple of four.
        sentence: new Float32Array(new Uint8Array(vectors.subarray(i * rowBytes, (i + 1) * rowBytes)).buffer),
        tokens: tokens(key),
      },
    };
  });
}
