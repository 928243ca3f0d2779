/** Statements that put and remove the rows of a file; the caller holds the transaction. */
import type { Database } from 'better-sqlite3';
import type { IndexedDocument, KeptFile } from '../store.js';
import { toListable } from '../listing.js';
import { LEXICAL_FIELDS } from '../store.js';
import { KeptFileWriter } from './write-kept-file.js';
import { toBlob, toClauseRow, toTextRow } from './rows.js';
import type { DocumentRow } from './rows.js';
import { encodeTerms } from './terms.js';

const TABLES = {
  documents: [
    'key',
    'id',
    'file',
    'ordinal',
    'metadata',
    'first_clause',
    'clauses',
    'first_passage',
    'passages',
    'diagnostics',
    'warnings',
  ],
  document_texts: ['document', 'text', 'provenance', 'map', 'front_matter', 'headings', 'diagnostics'],
  clauses: [
    'key',
    'id',
    'document',
    'ordinal',
    'kind',
    'label',
    'locator',
    'number',
    'title',
    'heading_path',
    'heading_ids',
    'start',
    'end',
    'text',
    'parts',
  ],
  clause_terms: ['key', ...LEXICAL_FIELDS],
  passages: ['key', 'clause', 'kind', 'start', 'end'],
  document_vectors: ['document', 'vectors'],
  token_vectors: ['passage', 'vectors'],
} as const;

type Insert = (row: object) => void;

export class RowWriter {
  readonly #insert: Readonly<Record<keyof typeof TABLES, Insert>>;
  readonly #lexicalInserts: readonly ((key: number, row: Readonly<Record<string, string>>) => void)[];
  /** Each takes { key, first_clause, last_clause, first_passage, last_passage }. */
  readonly #deletes: readonly ((range: object) => void)[];
  readonly #documentsOf;
  readonly #files: KeptFileWriter;
  readonly #nextKeys;

  constructor(database: Database) {
    const insertInto = (table: keyof typeof TABLES): Insert => {
      const columns = TABLES[table];
      const names = columns.map((column) => `"${column}"`).join(', ');
      const values = columns.map((column) => `@${column}`).join(', ');
      const statement = database.prepare(`INSERT INTO ${table} (${names}) VALUES (${values})`);
      return (row) => void statement.run(row);
    };
    this.#insert = {
      documents: insertInto('documents'),
      document_texts: insertInto('document_texts'),
      clauses: insertInto('clauses'),
      clause_terms: insertInto('clause_terms'),
      passages: insertInto('passages'),
      document_vectors: insertInto('document_vectors'),
      token_vectors: insertInto('token_vectors'),
    };
    this.#lexicalInserts = LEXICAL_FIELDS.map((field) => {
      const statement = database.prepare(`INSERT INTO lexical_${field} (rowid, ${field}) VALUES (?, ?)`);
      return (key, row) => void statement.run(key, row[field]);
    });
    this.#deletes = deleteStatements(database);
    this.#documentsOf = database.prepare<[string], DocumentRow>('SELECT * FROM documents WHERE file = ?');
    this.#files = new KeptFileWriter(database);
    this.#nextKeys = database.prepare<[], { document: number; clause: number; passage: number }>(
      // Of all tables that share a key: in a damaged index a row may be missing from one and not from the others.
      `SELECT coalesce((SELECT max(key) FROM documents), 0) + 1 AS document,
        max(coalesce((SELECT max(key) FROM clauses), 0), coalesce((SELECT max(key) FROM clause_terms), 0)) + 1 AS clause,
        max(coalesce((SELECT max(key) FROM passages), 0), coalesce((SELECT max(passage) FROM token_vectors), 0)) + 1
          AS passage`,
    );
  }

  /** False when there is no such file. */
  remove(path: string): boolean {
    for (const row of this.#documentsOf.all(path)) {
      const range = {
        key: row.key,
        first_clause: row.first_clause,
        last_clause: row.first_clause + row.clauses - 1,
        first_passage: row.first_passage,
        last_passage: row.first_passage + row.passages - 1,
      };
      for (const remove of this.#deletes) remove(range);
    }
    return this.#files.remove(path);
  }

  put(kept: KeptFile, documents: readonly IndexedDocument[]): void {
    this.remove(kept.file.path);
    this.#files.put(kept);
    for (const document of documents) this.#putDocument(document);
  }

  #putDocument(indexed: IndexedDocument): void {
    const { document, passages } = indexed;
    const { diagnostics, warnings } = toListable(indexed);
    const next = this.#nextKeys.get()!;
    this.#insert.documents({
      key: next.document,
      id: document.id,
      file: document.file,
      ordinal: document.ordinal,
      metadata: JSON.stringify(document.metadata),
      first_clause: next.clause,
      clauses: document.clauses.length,
      first_passage: next.passage,
      passages: passages.length,
      diagnostics,
      warnings,
    });
    this.#insert.document_texts(toTextRow(document, next.document));
    document.clauses.forEach((clause, i) => {
      this.#insert.clauses(toClauseRow(clause, next.clause + i, next.document));
    });
    this.#putTerms(indexed, next.clause);
    this.#putPassages(indexed, next.clause, next.passage);
    this.#putVectors(indexed, next.document, next.passage);
  }

  #putTerms({ terms }: IndexedDocument, firstClause: number): void {
    terms.forEach((fields, i) => {
      const row = {
        words: encodeTerms(fields.words),
        bigrams: encodeTerms(fields.bigrams),
        headings: encodeTerms(fields.headings),
      };
      this.#insert.clause_terms({ key: firstClause + i, ...row });
      for (const insert of this.#lexicalInserts) insert(firstClause + i, row);
    });
  }

  #putPassages({ document, passages }: IndexedDocument, firstClause: number, firstPassage: number): void {
    const clauses = new Map(document.clauses.map((clause, i) => [clause.id, firstClause + i]));
    passages.forEach(({ clauseId, kind, span }, i) => {
      const key = firstPassage + i;
      this.#insert.passages({ key, clause: clauses.get(clauseId), kind, start: span.start, end: span.end });
    });
  }

  #putVectors({ encodings }: IndexedDocument, document: number, firstPassage: number): void {
    const parts = encodings.map(({ sentence }) => toBlob(sentence));
    this.#insert.document_vectors({ document, vectors: Buffer.concat(parts) });
    encodings.forEach(({ tokens }, i) => {
      if (tokens !== null) this.#insert.token_vectors({ passage: firstPassage + i, vectors: toBlob(tokens) });
    });
  }
}

/** In order: FTS5 reads what it has to forget from clause_terms, so that goes after it. */
function deleteStatements(database: Database): ((range: object) => void)[] {
  const clauses = 'BETWEEN @first_clause AND @last_clause';
  const passages = 'BETWEEN @first_passage AND @last_passage';
  return [
    ...LEXICAL_FIELDS.map((field) => `DELETE FROM lexical_${field} WHERE rowid ${clauses}`),
    `DELETE FROM clause_terms WHERE key ${clauses}`,
    `DELETE FROM clauses WHERE key ${clauses}`,
    `DELETE FROM passages WHERE key ${passages}`,
    `DELETE FROM token_vectors WHERE passage ${passages}`,
    'DELETE FROM document_vectors WHERE document = @key',
    'DELETE FROM document_texts WHERE document = @key',
    'DELETE FROM documents WHERE key = @key',
  ].map((sql) => {
    const statement = database.prepare<[object]>(sql);
    return (range) => void statement.run(range);
  });
}
