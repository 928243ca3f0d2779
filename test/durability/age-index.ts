/** An index as an earlier program would have left it, with all that it holds. */
import Database from 'better-sqlite3';
import { databasePath } from '../../src/store/embedded/connect.js';

const CHECKED = ['files', 'sources', 'places', 'documents', 'document_texts', 'clauses', 'clause_terms'];

/** Takes away what formats 3 and 4 brought: test/store/format-2 is a real one to compare with. */
export function ageToFormat2(folder: string): void {
  const database = new Database(databasePath(folder));
  database.transaction(() => {
    database.exec('ALTER TABLE state DROP COLUMN terms');
    for (const table of CHECKED) database.exec(`ALTER TABLE ${table} DROP COLUMN checksum`);
    for (const part of ['clauses', 'passages', 'vectors'])
      database.exec(`ALTER TABLE documents DROP COLUMN ${part}_checksum`);
    database.exec('ALTER TABLE passages DROP COLUMN tokens');
    database.exec('ALTER TABLE files DROP COLUMN documents');
    database.pragma('user_version = 2');
  })();
  database.close();
}

/** Name and type of every column of every table. */
export function columnsOf(folder: string): readonly unknown[] {
  return onDatabase(folder, (database) =>
    tablesOf(database).map((table) => [
      table,
      ...database
        .prepare('SELECT name, type, "notnull", pk FROM pragma_table_info(?) ORDER BY cid')
        .all(table),
    ]),
  );
}

/** Every row of every table but the postings, which check compares with the terms, and the count of publications. */
export function contentsOf(folder: string): string {
  return onDatabase(folder, (database) =>
    JSON.stringify(
      tablesOf(database).map((table) => {
        const rows = database.prepare<[], object>(`SELECT * FROM ${table} ORDER BY 1, 2`).all();
        return [table, table === 'state' ? rows.map((row) => ({ ...row, generation: null })) : rows];
      }),
    ),
  );
}

function tablesOf(database: Database.Database): string[] {
  return database
    .prepare<[], string>(
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'lexical%' ORDER BY name",
    )
    .pluck()
    .all();
}

function onDatabase<T>(folder: string, look: (database: Database.Database) => T): T {
  const database = new Database(databasePath(folder));
  try {
    return look(database);
  } finally {
    database.close();
  }
}
