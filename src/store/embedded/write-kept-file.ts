/** Statements that put and remove the rows of a file that are not of its documents; the caller holds the transaction. */
import type { Database } from 'better-sqlite3';
import type { KeptFile } from '../store.js';
import { CHECKED_COLUMNS, seal } from './checksums.js';
import type { CheckedTable } from './checksums.js';
import { toFileRow, toPlaceRow } from './rows.js';

export class KeptFileWriter {
  readonly #statements;

  constructor(database: Database) {
    this.#statements = prepare(database);
  }

  /** The path must be free: remove() it before. */
  put({ file, original, source, places }: KeptFile, documents: number): void {
    const { insertFile, putOriginal, nextSource, insertSource, insertPlace } = this.#statements;
    insertFile.run(seal('files', toFileRow(file, documents)));
    if (original !== null) putOriginal.run(file.sha256, original);
    const key = nextSource.get()!;
    insertSource.run(seal('sources', { key, path: file.path, text: source }));
    for (const place of places) insertPlace.run(seal('places', toPlaceRow(key, place)));
  }

  /** False when there is no such file. Files of equal bytes share an original: it goes with the last of them. */
  remove(path: string): boolean {
    const { hashOf, deleteFile, deletePlaces, deleteSource, deleteOriginal } = this.#statements;
    const sha256 = hashOf.get(path);
    deletePlaces.run(path);
    deleteSource.run(path);
    if (sha256 === undefined) return false;
    deleteFile.run(path);
    deleteOriginal.run({ sha256 });
    return true;
  }
}

function prepare(database: Database) {
  return {
    insertFile: database.prepare<[object]>(insertInto('files')),
    // Bytes that are there but differ were damaged: their hash is their name.
    putOriginal: database.prepare<[string, Uint8Array]>(
      `INSERT INTO originals (sha256, bytes) VALUES (?, ?)
        ON CONFLICT DO UPDATE SET bytes = excluded.bytes WHERE bytes <> excluded.bytes`,
    ),
    // Of both tables: in a damaged index places may have lost their source.
    nextSource: database
      .prepare<[], number>(
        `SELECT max(coalesce((SELECT max(key) FROM sources), 0), coalesce((SELECT max(source) FROM places), 0)) + 1`,
      )
      .pluck(),
    insertSource: database.prepare<[object]>(insertInto('sources')),
    insertPlace: database.prepare<[object]>(insertInto('places')),
    hashOf: database.prepare<[string], string>('SELECT sha256 FROM files WHERE path = ?').pluck(),
    deleteFile: database.prepare<[string]>('DELETE FROM files WHERE path = ?'),
    deletePlaces: database.prepare<[string]>(
      'DELETE FROM places WHERE source = (SELECT key FROM sources WHERE path = ?)',
    ),
    deleteSource: database.prepare<[string]>('DELETE FROM sources WHERE path = ?'),
    deleteOriginal: database.prepare<[object]>(
      `DELETE FROM originals WHERE sha256 = @sha256
        AND NOT EXISTS (SELECT 1 FROM files WHERE files.sha256 = @sha256)`,
    ),
  };
}

/** Takes a sealed row of the table. */
export function insertInto(table: CheckedTable): string {
  const columns = [...CHECKED_COLUMNS[table], 'checksum'];
  const values = columns.map((column) => `@${column}`);
  return `INSERT INTO ${table} (${columns.map((column) => `"${column}"`).join(', ')}) VALUES (${values.join(', ')})`;
}
