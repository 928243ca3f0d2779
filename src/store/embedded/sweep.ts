/** Takes out of an index what keeps it from being opened, and what belongs to nothing. */
import type { Database } from 'better-sqlite3';
import { LEXICAL_FIELDS } from '../store.js';
import { isWhole } from './checksums.js';
import type { Sealed } from './checksums.js';
import { connectWriter, databasePath, lockWriter } from './connect.js';
import { guard } from './guard.js';
import type { DocumentRow } from './rows.js';

/** In order: each makes strays of what the next looks for. */
const STRAYS = [
  'files WHERE documents <> (SELECT count(*) FROM documents WHERE documents.file = files.path)',
  'documents WHERE file NOT IN (SELECT path FROM files)',
  'sources WHERE path NOT IN (SELECT path FROM files)',
  'places WHERE source NOT IN (SELECT key FROM sources)',
  'originals WHERE sha256 NOT IN (SELECT sha256 FROM files)',
  'document_texts WHERE document NOT IN (SELECT key FROM documents)',
  'document_vectors WHERE document NOT IN (SELECT key FROM documents)',
  'clauses WHERE document NOT IN (SELECT key FROM documents)',
  'clause_terms WHERE key NOT IN (SELECT key FROM clauses)',
  'passages WHERE clause NOT IN (SELECT key FROM clauses)',
  'token_vectors WHERE passage NOT IN (SELECT key FROM passages)',
];

/**
 * Forgets the files that do not have all their documents, or one that is listed otherwise than it was written: the next ingest reads them
 * again. A reader needs every row of that list to be sound; of other damage verify() tells. Then all rows that belong to no document go:
 * where they stand is not taken from rows that may be wrong. Throws TiaowenError when the index cannot be read as far as that.
 */
export function sweepIndex(folder: string): void {
  const lock = lockWriter(folder);
  try {
    const database = connectWriter(folder);
    try {
      guard(databasePath(folder), () => {
        database.transaction(() => sweep(database)).immediate();
      });
    } finally {
      database.close();
    }
  } finally {
    lock.close();
  }
}

function sweep(database: Database): void {
  const documents = database.prepare<[], DocumentRow & Sealed>('SELECT * FROM documents').all();
  const forget = database.prepare<[number]>('DELETE FROM documents WHERE key = ?');
  let gone = 0;
  for (const row of documents) if (!isWhole('documents', row)) gone += forget.run(row.key).changes;
  for (const stray of STRAYS) gone += database.prepare(`DELETE FROM ${stray}`).run().changes;
  if (gone === 0) return;
  for (const field of LEXICAL_FIELDS)
    database.exec(`INSERT INTO lexical_${field} (lexical_${field}) VALUES ('rebuild')`);
  database.exec('UPDATE state SET generation = generation + 1');
}
