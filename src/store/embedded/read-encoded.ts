/** The passages of one document with their encodings, straight from the tables. */
import type { Database } from 'better-sqlite3';
import type { PassageKind } from '../../model/passage.js';
import type { EncodedPassage } from '../store.js';
import type { StoredDocument } from './rows.js';

/** Throws RangeError where the tables are out of step. */
export function readEncoded(
  database: Database,
  { key, id, storedPassage, passages }: StoredDocument,
  dimension: number,
): EncodedPassage[] {
  const text = database
    .prepare<[number], string>('SELECT text FROM document_texts WHERE document = ?')
    .pluck()
    .get(key);
  const blob = database
    .prepare<[number], Buffer>('SELECT vectors FROM document_vectors WHERE document = ?')
    .pluck()
    .get(key);
  const rowBytes = dimension * Float32Array.BYTES_PER_ELEMENT;
  if (text === undefined || blob?.length !== passages * rowBytes)
    throw new RangeError(`vectors of ${id} are incomplete`);
  const rows = database
    .prepare<
      [number, number],
      { id: string; kind: PassageKind; start: number; end: number; tokens: Buffer | null }
    >(
      `SELECT clauses.id, passages.kind, passages.start, passages."end", vectors AS tokens FROM passages
        JOIN clauses ON clauses.key = passages.clause
        LEFT JOIN token_vectors ON token_vectors.passage = passages.key
        WHERE passages.key BETWEEN ? AND ? ORDER BY passages.key`,
    )
    .all(storedPassage, storedPassage + passages - 1);
  if (rows.length !== passages) throw new RangeError(`passages of ${id} are incomplete`);
  return rows.map(({ id: clauseId, kind, start, end, tokens }, i) => ({
    passage: { clauseId, kind, span: { start, end }, text: text.slice(start, end) },
    encoding: {
      // Copied: a BLOB need not begin at a multiple of four.
      sentence: new Float32Array(new Uint8Array(blob.subarray(i * rowBytes, (i + 1) * rowBytes)).buffer),
      tokens: tokens === null ? null : new Int8Array(tokens.buffer, tokens.byteOffset, tokens.byteLength),
    },
  }));
}
