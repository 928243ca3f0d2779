/** Gives the rows of an index that had no checksums theirs, as they stand. */
import type { Database } from 'better-sqlite3';
import {
  CHECKED_COLUMNS,
  checksumOfBytes,
  checksumOfClauses,
  checksumOfPassages,
  checksumOfValues,
} from './checksums.js';
import type { CheckedTable, PassageRow, Sealed, Value } from './checksums.js';

/** The caller holds the transaction. Reads all there is, writes only the small tables: no vector is written again. */
export function sealRows(database: Database): void {
  database.function('values_checksum', { varargs: true }, (...values: Value[]) => checksumOfValues(values));
  database.function('bytes_checksum', checksumOfBytes);
  database.exec(`UPDATE passages SET tokens =
    (SELECT bytes_checksum(vectors) FROM token_vectors WHERE passage = passages.key)`);
  for (const table of ['files', 'sources', 'places', 'document_texts', 'clauses', 'clause_terms'] as const)
    sealTable(database, table);
  sealDocuments(database);
  sealTable(database, 'documents');
}

function sealTable(database: Database, table: CheckedTable): void {
  const columns = CHECKED_COLUMNS[table].map((column) => `"${column}"`);
  database.exec(`UPDATE ${table} SET checksum = values_checksum(${columns.join(', ')})`);
}

function sealDocuments(database: Database): void {
  const texts = database.prepare<[number], Sealed>('SELECT checksum FROM document_texts WHERE document = ?');
  const clauses = database.prepare<[number], Sealed>(
    'SELECT checksum FROM clauses WHERE document = ? ORDER BY key',
  );
  const passages = database.prepare<[number, number], PassageRow>(
    'SELECT * FROM passages WHERE key BETWEEN ? AND ? ORDER BY key',
  );
  const update = database.prepare<[number, number, number]>(
    `UPDATE documents SET clauses_checksum = ?, passages_checksum = ?, vectors_checksum = coalesce(
      (SELECT bytes_checksum(vectors) FROM document_vectors WHERE document = documents.key), 0) WHERE key = ?`,
  );
  const documents = database.prepare<[], { key: number; first_passage: number; passages: number }>(
    'SELECT key, first_passage, passages FROM documents',
  );
  for (const { key, first_passage: first, passages: count } of documents.all()) {
    // A text that is missing is no worse than it was: check tells it by its own code.
    const text = texts.get(key) ?? { checksum: 0 };
    update.run(
      checksumOfClauses(text, clauses.all(key)),
      checksumOfPassages(passages.all(first, first + count - 1)),
      key,
    );
  }
}
