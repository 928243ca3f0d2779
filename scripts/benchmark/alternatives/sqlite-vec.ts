/** sqlite-vec: a virtual table of vectors in SQLite. */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { rowOf, type Alternative } from './alternative.js';

/** What is used of the package. */
interface SqliteVec {
  load(database: Database.Database): void;
}

const bytesOf = (vector: Float32Array): Uint8Array =>
  new Uint8Array(vector.buffer, vector.byteOffset, vector.byteLength);

export const sqliteVec: Alternative = {
  name: 'sqlite-vec',
  needs: 'sqlite-vec',
  how: 'a vec0 table, exact, district as metadata',
  lacks: 'an approximate index; Chinese words (FTS5 wants a tokenizer)',
  byVector: true,
  build({ vectors, queries, dimension, district }, folder, load) {
    const file = join(folder, 'vectors.sqlite');
    const database = new Database(file);
    (load('sqlite-vec') as SqliteVec).load(database);
    database.exec(
      `CREATE VIRTUAL TABLE passages USING vec0(vector float[${dimension}] distance_metric=cosine, district integer)`,
    );
    const insert = database.prepare('INSERT INTO passages (rowid, vector, district) VALUES (?, ?, ?)');
    database.transaction(() => {
      district.forEach((of, row) =>
        insert.run(BigInt(row + 1), bytesOf(rowOf(vectors, row, dimension)), BigInt(of)),
      );
    })();
    const nearest = database.prepare<unknown[], { rowid: number }>(
      'SELECT rowid FROM passages WHERE vector MATCH ? AND k = ? ORDER BY distance',
    );
    const within = database.prepare<unknown[], { rowid: number }>(
      'SELECT rowid FROM passages WHERE vector MATCH ? AND k = ? AND district = ? ORDER BY distance',
    );
    const ask = (query: number) => bytesOf(rowOf(queries, query, dimension));
    return Promise.resolve({
      search: (query, k) => nearest.all(ask(query), k).map(({ rowid }) => rowid - 1),
      filtered: (query, wanted, k) => within.all(ask(query), k, BigInt(wanted)).map(({ rowid }) => rowid - 1),
      disk: statSync(file).size,
    });
  },
};
