/** Gives the rows of an index that had no checksums theirs, as they stand; but for clauses whose words are not those of their document. */
import type { Database, Statement } from 'better-sqlite3';
import {
  CHECKED_COLUMNS,
  checksumOfBytes,
  checksumOfClauses,
  checksumOfPassages,
  checksumOfValues,
} from './checksums.js';
import type { CheckedTable, PassageRow, Sealed, Value } from './checksums.js';
import { keyRanges } from './key-ranges.js';

/** How much of how much is done. */
export type Step = readonly [done: number, total: number];

/** Each with the key that its rows are taken by, and how many keys at a time: a text may be as long as a file, a source have thousands of places. */
const TABLES = [
  ['files', 'rowid', 16],
  ['sources', 'key', 16],
  ['places', 'source', 1],
  ['document_texts', 'document', 16],
  ['clauses', 'key', 1000],
  ['clause_terms', 'key', 1000],
] as const;
/** Passages, and rows of documents, at a time. */
const ROWS = 1000;

/**
 * The caller holds the transaction, and may do something else between two steps, which take some milliseconds each. Reads all there is once,
 * writes only the small tables: no vector is written again. Tells rows.
 */
export function* sealRows(database: Database): Generator<Step, void> {
  const tables = TABLES.map(([table]) => table);
  const total = countRows(database, [...tables, 'token_vectors', 'documents', 'documents']);
  let done = 0;
  database.function('values_checksum', { varargs: true }, (...values: Value[]) => {
    done++;
    return checksumOfValues(values);
  });
  database.function('bytes_checksum', (bytes: Uint8Array) => {
    done++;
    return checksumOfBytes(bytes);
  });
  for (const piece of pieces(database)) {
    piece();
    yield [done, total];
  }
  yield [total, total];
}

/** In order: what a document's row says of its parts is taken from their checksums. */
function* pieces(database: Database): Generator<() => void> {
  const tokens = database.prepare<[number, number]>(
    `UPDATE passages SET tokens = (SELECT bytes_checksum(vectors) FROM token_vectors WHERE passage = passages.key)
      WHERE key BETWEEN ? AND ?`,
  );
  yield* byRange(database, 'passages', 'key', ROWS, tokens);
  for (const [table, key, count] of TABLES) yield* sealTable(database, table, key, count);
  yield* sealDocuments(database);
  yield* sealTable(database, 'documents', 'key', ROWS);
}

function countRows(database: Database, tables: readonly string[]): number {
  return tables.reduce(
    (sum, table) => sum + database.prepare<[], number>(`SELECT count(*) FROM ${table}`).pluck().get()!,
    0,
  );
}

function sealTable(database: Database, table: CheckedTable, key: string, count: number) {
  const columns = CHECKED_COLUMNS[table].map((column) => `"${column}"`);
  const update = database.prepare<[number, number]>(
    `UPDATE ${table} SET checksum = values_checksum(${columns.join(', ')}) WHERE ${key} BETWEEN ? AND ?`,
  );
  return byRange(database, table, key, count, update);
}

/** Runs a statement for so many keys at a time, each key once. */
function* byRange(
  database: Database,
  table: string,
  key: string,
  count: number,
  statement: Statement<[number, number]>,
): Generator<() => void> {
  for (const range of keyRanges(database, table, key, count)) yield () => statement.run(...range);
}

function* sealDocuments(database: Database): Generator<() => void> {
  const texts = database.prepare<[number], Sealed & { readonly text: string }>(
    'SELECT text, checksum FROM document_texts WHERE document = ?',
  );
  // By key, as a reader reads them: to ask for the rows of a document by its own would be to read the table for each one.
  const clauses = database.prepare<[number, number], Quoted>(
    'SELECT key, start, "end", text, checksum FROM clauses WHERE key BETWEEN ? AND ? ORDER BY key',
  );
  const unseal = database.prepare<[number]>('UPDATE clauses SET checksum = 0 WHERE key = ?');
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
    yield () => {
      const document = texts.get(row.key);
      const quoted = clauses.all(row.first_clause, row.first_clause + row.clauses - 1);
      // Words that stand twice and differ were altered in one of the places: they get no checksum, so that nobody is given them for a quote.
      for (const { key, start, end, text } of quoted)
        if (document !== undefined && document.text.slice(start, end) !== text) unseal.run(key);
      update.run(
        // A text that is missing is no worse than it was: check tells it by its own code.
        checksumOfClauses(document ?? { checksum: 0 }, quoted),
        checksumOfPassages(passages.all(row.first_passage, row.first_passage + row.passages - 1)),
        row.key,
      );
    };
  }
}

/** A clause, and where its words stand in the text of its document: UTF-16 units. */
interface Quoted extends Sealed {
  readonly key: number;
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Which rows are of a document. */
interface Ranges {
  readonly key: number;
  readonly first_clause: number;
  readonly clauses: number;
  readonly first_passage: number;
  readonly passages: number;
}
