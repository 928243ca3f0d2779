/** Statements that put and remove the rows of a file that are not of its documents; the caller holds the transaction. */
import type { Database } from 'better-sqlite3';
import type { KeptFile } from '../store.js';
import { toFileRow, toPlaceRow } from './rows.js';

export class KeptFileWriter {
  readonly #statements;

  constructor(database: Database) {
    this.#statements = prepare(database);
  }

  /** The path must be free: remove() it before. */
  put({ file, original, source, places }: KeptFile): void {
    const { insertFile, putOriginal, insertSource, insertPlace } = this.#statements;
    insertFile.run(toFileRow(file));
    if (original !== null) putOriginal.run(file.sha256, original);
    const key = insertSource.run(file.path, source).lastInsertRowid;
    for (const place of places) insertPlace.run({ source: key, ...toPlaceRow(place) });
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
    insertFile: database.prepare<[object]>(
      `INSERT INTO files
        (path, sha256, bytes, media_type, encoding, url, retrieved_at, retrieved_from, state, noise, diagnostics)
        VALUES (@path, @sha256, @bytes, @media_type, @encoding, @url, @retrieved_at, @retrieved_from, @state, @noise, @diagnostics)`,
    ),
    // Bytes that are there but differ were damaged: their hash is their name.
    putOriginal: database.prepare<[string, Uint8Array]>(
      `INSERT INTO originals (sha256, bytes) VALUES (?, ?)
        ON CONFLICT DO UPDATE SET bytes = excluded.bytes WHERE bytes <> excluded.bytes`,
    ),
    insertSource: database.prepare<[string, string]>('INSERT INTO sources (path, text) VALUES (?, ?)'),
    insertPlace: database.prepare<[object]>(
      `INSERT INTO places (source, start, "end", page, "left", top, "right", bottom)
        VALUES (@source, @start, @end, @page, @left, @top, @right, @bottom)`,
    ),
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
