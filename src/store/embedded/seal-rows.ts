/** Gives the rows of an index that had no checksums theirs, as they stand. */
import type { Database } from 'better-sqlite3';
import type { OnProgress } from '../store.js';
import {
  CHECKED_COLUMNS,
  checksumOfBytes,
  checksumOfClauses,
  checksumOfPassages,
  checksumOfValues,
} from './checksums.js';
import type { CheckedTable, PassageRow, Sealed, Value } from './checksums.js';

const TABLES = ['files', 'sources', 'places', 'document_texts', 'clauses', 'clause_terms'] as const;
/** Rows between two reports. */
const STEP = 1000;

/**
 * The caller holds the transaction. Reads all there is once, writes only the small tables: no vector is written again. `onProgress` is told how
 * many rows of how many are done.
 */
export function sealRows(database: Database, onProgress?: OnProgress): void {
  const total = countRows(database, [...TABLES, 'token_vectors', 'documents', 'documents']);
  let done = 0;
  const count = () => {
    if (++done % STEP === 0) onProgress?.(done, total);
  };
  database.function('values_checksum', { varargs: true }, (...values: Value[]) => {
    count();
    return checksumOfValues(values);
  });
  database.function('bytes_checksum', (bytes: Uint8Array) => {
    count();
    return checksumOfBytes(bytes);
  });
  database.exec(`UPDATE passages SET tokens =
    (SELECT bytes_checksum(vectors) FROM token_vectors WHERE passage = passages.key)`);
  for (const table of TABLES) sealTable(database, table);
  sealDocuments(database);
  sealTable(database, 'documents');
  onProgress?.(total, total);
}

function countRows(database: Database, tables: readonly string[]): number {
  return tables.reduce(
    (sum, table) => sum + database.prepare<[], number>(`SELECT count(*) FROM ${table}`).pluck().get()!,
    0,
  );
}

function sealTable(database: Database, table: CheckedTable): void {
  const columns = CHECKED_COLUMNS[table].map((column) => `"${column}"`);
  database.exec(`UPDATE ${table} SET checksum = values_checksum(${columns.join(', ')})`);
}

function sealDocuments(database: Database): void {
  const texts = database.prepare<[number], Sealed>('SELECT checksum FROM document_texts WHERE document = ?');
  // By key, as a reader reads them: to ask for the rows of a document by its own would be to read the table for each one.
  const clauses = database.prepare<[number, number], Sealed>(
    'SELECT checksum FROM clauses WHERE key BETWEEN ? AND ? ORDER BY key',
  );
  const passages = database.prepare<[number, number], PassageRow>(
    'SELECT * FROM passages WHERE key BETWEEN ? AND ? ORDER BY key',
  );
  const update = database.prepare<[number, number, number]>(
    `UPDATE documents SET clauses_checksum = ?, passages_checksum = ?, vectors_checksum = coalesce(
      (SELECT bytes_checksum(vectors) FROM document_vectors WHERE document = documents.key), 0) WHERE key = ?`,
  );
  const documents = database.prepare<[], Ranges>(
    'SELECT key, first_clause, clauses, first_passage, passages FROM documents',
  );
  for (const row of documents.all()) {
    // A text that is missing is no worse than it was: check tells it by its own code.
    const text = texts.get(row.key) ?? { checksum: 0 };
    update.run(
      checksumOfClauses(text, clauses.all(row.first_clause, row.first_clause + row.clauses - 1)),
      checksumOfPassages(passages.all(row.first_passage, row.first_passage + row.passages - 1)),
      row.key,
    );
  }
}

/** Which rows are of a document. */
interface Ranges {
  readonly key: number;
  readonly first_clause: number;
  readonly clauses: number;
  readonly first_passage: number;
  readonly passages: number;
}
