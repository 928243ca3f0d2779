/** The tables of tiaowen.sqlite, as numbered migrations: PRAGMA user_version says how many were run. */
import type { Database } from 'better-sqlite3';
import { FORMAT_VERSION, LEXICAL_FIELDS } from '../store.js';
import { sealRows } from './seal-rows.js';
import type { Step } from './seal-rows.js';
import { TOKENIZER } from './terms.js';

/** Migration n leads from version n to n + 1, one that takes long in steps. One that was released is never changed; add the next. */
const MIGRATIONS: readonly ((database: Database) => Generator<Step, void> | void)[] = [
  createVersion1,
  keepOriginals,
  keepChecksums,
  keepTermsVersion,
];

/** Version of the format in the database; 0: nothing was written yet. */
export function readVersion(database: Database): number {
  return database.pragma('user_version', { simple: true }) as number;
}

/** Whether the file has no tables at all: new, or a process died while it was made. */
export function isBlank(database: Database): boolean {
  return database.prepare('SELECT 1 FROM sqlite_schema LIMIT 1').get() === undefined;
}

/** Brings a database to FORMAT_VERSION in one transaction, at once. */
export function migrate(database: Database): void {
  database
    .transaction(() => {
      const steps = migrateInSteps(database);
      while (!steps.next().done);
    })
    .immediate();
}

/** The same in steps of some milliseconds. The caller begins the transaction, and commits it after the last. */
export function* migrateInSteps(database: Database): Generator<Step, void> {
  for (const migration of MIGRATIONS.slice(readVersion(database), FORMAT_VERSION)) {
    const steps = migration(database);
    if (steps) yield* steps;
  }
  database.pragma(`user_version = ${FORMAT_VERSION}`);
}

/**
 * Vectors are kept as one BLOB per document, not a row per passage: 2 KiB rows would leave half of each page empty, and they are
 * only ever loaded together. Token vectors are read one passage at a time, so they have rows.
 *
 * The FTS5 tables take their text from clause_terms (external content) rather than being contentless: `contentless_delete` leaves
 * deleted rows in the row and token totals that BM25 divides by, so scores would depend on the history of the index. It also
 * lets FTS5 check and rebuild itself.
 */
function createVersion1(database: Database): void {
  database.exec(`
    CREATE TABLE state (
      id INTEGER PRIMARY KEY CHECK (id = 1),
      generation INTEGER NOT NULL,
      model TEXT
    ) STRICT;
    INSERT INTO state (id, generation, model) VALUES (1, 0, NULL);

    CREATE TABLE files (
      path TEXT PRIMARY KEY,
      sha256 TEXT NOT NULL,
      bytes INTEGER NOT NULL,
      media_type TEXT NOT NULL,
      encoding TEXT,
      url TEXT,
      state TEXT NOT NULL CHECK (state IN ('read', 'unreadable')),
      noise TEXT NOT NULL,
      diagnostics TEXT NOT NULL
    ) STRICT;

    CREATE TABLE documents (
      key INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      file TEXT NOT NULL,
      ordinal INTEGER NOT NULL,
      metadata TEXT NOT NULL,
      first_clause INTEGER NOT NULL,
      clauses INTEGER NOT NULL,
      first_passage INTEGER NOT NULL,
      passages INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX documents_by_file ON documents (file);

    CREATE TABLE document_texts (
      document INTEGER PRIMARY KEY,
      text TEXT NOT NULL,
      provenance TEXT NOT NULL,
      map TEXT NOT NULL,
      front_matter TEXT NOT NULL,
      headings TEXT NOT NULL,
      diagnostics TEXT NOT NULL
    ) STRICT;

    CREATE TABLE clauses (
      key INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      document INTEGER NOT NULL,
      ordinal INTEGER NOT NULL,
      kind TEXT NOT NULL,
      label TEXT NOT NULL,
      locator TEXT NOT NULL,
      number ANY,
      title TEXT,
      heading_path TEXT NOT NULL,
      heading_ids TEXT NOT NULL,
      start INTEGER NOT NULL,
      "end" INTEGER NOT NULL,
      text TEXT NOT NULL,
      parts TEXT NOT NULL
    ) STRICT;

    CREATE TABLE clause_terms (
      key INTEGER PRIMARY KEY,
      words TEXT NOT NULL,
      bigrams TEXT NOT NULL,
      headings TEXT NOT NULL
    ) STRICT;

    CREATE TABLE passages (
      key INTEGER PRIMARY KEY,
      clause INTEGER NOT NULL,
      kind TEXT NOT NULL CHECK (kind IN ('sentence', 'window')),
      start INTEGER NOT NULL,
      "end" INTEGER NOT NULL
    ) STRICT;

    CREATE TABLE document_vectors (document INTEGER PRIMARY KEY, vectors BLOB NOT NULL) STRICT;
    CREATE TABLE token_vectors (passage INTEGER PRIMARY KEY, vectors BLOB NOT NULL) STRICT;
  `);
  const tokenizer = TOKENIZER.replaceAll('"', '""');
  for (const field of LEXICAL_FIELDS) {
    database.exec(`
      CREATE VIRTUAL TABLE lexical_${field} USING fts5(
        ${field}, content = 'clause_terms', content_rowid = 'key', tokenize = "${tokenizer}"
      )
    `);
  }
}

/**
 * 1 → 2: originals, decoded sources, page places, when a file came, how much was doubted. What format 1 did not keep stays missing until the
 * files are read again, which ingest does for each one that has no original.
 *
 * One row per printed line, not one list per file: the page of a quote is asked for each hit and must not cost the whole file. Offsets
 * are UTF-16 units.
 */
function keepOriginals(database: Database): void {
  database.exec(`
    ALTER TABLE files ADD COLUMN retrieved_at TEXT;
    ALTER TABLE files ADD COLUMN retrieved_from TEXT;
    CREATE INDEX files_by_hash ON files (sha256);

    CREATE TABLE originals (sha256 TEXT PRIMARY KEY, bytes BLOB NOT NULL) STRICT;
    CREATE TABLE sources (key INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE, text TEXT NOT NULL) STRICT;
    CREATE TABLE places (
      source INTEGER NOT NULL,
      start INTEGER NOT NULL,
      "end" INTEGER NOT NULL,
      page INTEGER NOT NULL,
      "left" REAL NOT NULL,
      top REAL NOT NULL,
      "right" REAL NOT NULL,
      bottom REAL NOT NULL,
      PRIMARY KEY (source, start)
    ) STRICT, WITHOUT ROWID;

    ALTER TABLE documents ADD COLUMN diagnostics INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE documents ADD COLUMN warnings INTEGER NOT NULL DEFAULT 0;
    UPDATE documents SET (diagnostics, warnings) = (
      SELECT count(*), count(*) FILTER (WHERE value ->> 'severity' <> 'info')
        FROM document_texts, json_each(document_texts.diagnostics) WHERE document = documents.key
    );
  `);
}

/**
 * 2 → 3: checksums, and how many documents a file has, so that none goes missing unseen. Those of vectors stand in the rows of documents and passages: no BLOB is written again. Should a later format give one
 * of these tables another column, this needs the list of checked columns as it was.
 */
function* keepChecksums(database: Database): Generator<Step, void> {
  for (const table of [
    'files',
    'sources',
    'places',
    'documents',
    'document_texts',
    'clauses',
    'clause_terms',
  ])
    database.exec(`ALTER TABLE ${table} ADD COLUMN checksum INTEGER NOT NULL DEFAULT 0`);
  for (const part of ['clauses', 'passages', 'vectors'])
    database.exec(`ALTER TABLE documents ADD COLUMN ${part}_checksum INTEGER NOT NULL DEFAULT 0`);
  database.exec(`
    ALTER TABLE passages ADD COLUMN tokens INTEGER;
    ALTER TABLE files ADD COLUMN documents INTEGER NOT NULL DEFAULT 0;
    UPDATE files SET documents = (SELECT count(*) FROM documents WHERE file = files.path);
  `);
  yield* sealRows(database);
}

/** 3 → 4: by which version of the analysis the terms were made. Those before are of the first. */
function keepTermsVersion(database: Database): void {
  database.exec('ALTER TABLE state ADD COLUMN terms INTEGER NOT NULL DEFAULT 1');
}
