/** Statements that put and remove the rows of a file; the caller holds the transaction. */
import type { Database } from 'better-sqlite3';
import type { Encoding } from '../../embed/embedder.js';
import type { ClauseTerms, IndexedDocument, KeptFile } from '../store.js';
import { toListable } from '../listing.js';
import { LEXICAL_FIELDS } from '../store.js';
import { checksumOfBytes, checksumOfClauses, checksumOfPassages, seal } from './checksums.js';
import type { PassageRow } from './checksums.js';
import { insertInto, KeptFileWriter } from './write-kept-file.js';
import { toBlob, toClauseRow, toTextRow } from './rows.js';
import type { DocumentRow } from './rows.js';
import { encodeTerms } from './terms.js';

type Insert = (row: object) => void;

/** New terms of a document that is there, one entry per clause. */
export interface RenewedTerms {
  readonly id: string;
  readonly terms: readonly ClauseTerms[];
}

export class RowWriter {
  readonly #insert;
  readonly #lexicalInserts: readonly ((key: number, row: Readonly<Record<string, string>>) => void)[];
  /** Each takes { key, first_clause, last_clause, first_passage, last_passage }. */
  readonly #deletes: readonly ((range: object) => void)[];
  readonly #documentsOf;
  readonly #rangeOf;
  readonly #deleteTerms;
  readonly #files: KeptFileWriter;
  readonly #nextKeys;

  constructor(database: Database) {
    const insert = (sql: string): Insert => {
      const statement = database.prepare<[object]>(sql);
      return (row) => void statement.run(row);
    };
    this.#insert = {
      documents: insert(insertInto('documents')),
      texts: insert(insertInto('document_texts')),
      clauses: insert(insertInto('clauses')),
      terms: insert(insertInto('clause_terms')),
      passages: insert(
        'INSERT INTO passages (key, clause, kind, start, "end", tokens) VALUES (@key, @clause, @kind, @start, @end, @tokens)',
      ),
      vectors: insert('INSERT INTO document_vectors (document, vectors) VALUES (@document, @vectors)'),
      tokens: insert('INSERT INTO token_vectors (passage, vectors) VALUES (@passage, @vectors)'),
    };
    this.#lexicalInserts = LEXICAL_FIELDS.map((field) => {
      const statement = database.prepare(`INSERT INTO lexical_${field} (rowid, ${field}) VALUES (?, ?)`);
      return (key, row) => void statement.run(key, row[field]);
    });
    this.#deletes = deleteStatements(database);
    this.#documentsOf = database.prepare<[string], DocumentRow>('SELECT * FROM documents WHERE file = ?');
    this.#rangeOf = database.prepare<[string], Pick<DocumentRow, 'first_clause' | 'clauses'>>(
      'SELECT first_clause, clauses FROM documents WHERE id = ?',
    );
    this.#deleteTerms = database.prepare<[object]>(
      'DELETE FROM clause_terms WHERE key BETWEEN @first AND @last',
    );
    this.#files = new KeptFileWriter(database);
    this.#nextKeys = database.prepare<[], { document: number; clause: number; passage: number }>(
      // Of all tables that share a key: in a damaged index a row may be missing from one and not from the others.
      `SELECT ${nextKey('documents.key', 'document_texts.document', 'document_vectors.document')} AS document,
        ${nextKey('clauses.key', 'clause_terms.key')} AS clause,
        ${nextKey('passages.key', 'token_vectors.passage')} AS passage`,
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
    this.#files.put(kept, documents.length);
    for (const document of documents) this.#putDocument(document);
  }

  #putDocument(indexed: IndexedDocument): void {
    const { document, passages } = indexed;
    const { diagnostics, warnings } = toListable(indexed);
    const next = this.#nextKeys.get()!;
    const text = seal('document_texts', toTextRow(document, next.document));
    this.#insert.texts(text);
    const clauses = document.clauses.map((clause, i) =>
      seal('clauses', toClauseRow(clause, next.clause + i, next.document)),
    );
    clauses.forEach(this.#insert.clauses);
    this.#putTerms(indexed, next.clause);
    const row = {
      key: next.document,
      id: document.id,
      file: document.file,
      ordinal: document.ordinal,
      metadata: JSON.stringify(document.metadata),
      first_clause: next.clause,
      clauses: clauses.length,
      first_passage: next.passage,
      passages: passages.length,
      diagnostics,
      warnings,
      clauses_checksum: checksumOfClauses(text, clauses),
      passages_checksum: this.#putPassages(indexed, next.clause, next.passage),
      vectors_checksum: this.#putVectors(indexed, next.document),
    };
    this.#insert.documents(seal('documents', row));
  }

  /** Leaves the postings as they were: they must be made anew from all terms. */
  replaceTerms({ id, terms }: RenewedTerms): void {
    const { first_clause, clauses } = this.#rangeOf.get(id)!;
    this.#deleteTerms.run({ first: first_clause, last: first_clause + clauses - 1 });
    terms.forEach((fields, i) => {
      this.#insert.terms(seal('clause_terms', { key: first_clause + i, ...encodeFields(fields) }));
    });
  }

  #putTerms({ terms }: IndexedDocument, firstClause: number): void {
    terms.forEach((fields, i) => {
      const row = encodeFields(fields);
      this.#insert.terms(seal('clause_terms', { key: firstClause + i, ...row }));
      for (const insert of this.#lexicalInserts) insert(firstClause + i, row);
    });
  }

  /** Gives the checksum of the passages. */
  #putPassages(indexed: IndexedDocument, firstClause: number, firstPassage: number): number {
    const clauses = new Map(indexed.document.clauses.map((clause, i) => [clause.id, firstClause + i]));
    const rows = indexed.passages.map(({ clauseId, kind, span: { start, end } }, i): PassageRow => {
      const key = firstPassage + i;
      const tokens = this.#putTokens(indexed.encodings[i]!, key);
      return { key, clause: clauses.get(clauseId)!, kind, start, end, tokens };
    });
    rows.forEach(this.#insert.passages);
    return checksumOfPassages(rows);
  }

  #putTokens({ tokens }: Encoding, passage: number): number | null {
    if (tokens === null) return null;
    const vectors = toBlob(tokens);
    this.#insert.tokens({ passage, vectors });
    return checksumOfBytes(vectors);
  }

  #putVectors({ encodings }: IndexedDocument, document: number): number {
    const vectors = Buffer.concat(encodings.map(({ sentence }) => toBlob(sentence)));
    this.#insert.vectors({ document, vectors });
    return checksumOfBytes(vectors);
  }
}

function encodeFields({ words, bigrams, headings }: ClauseTerms) {
  return {
    words: encodeTerms(words),
    bigrams: encodeTerms(bigrams),
    headings: encodeTerms(headings),
  };
}

/** One more than the greatest of the columns (each `table.column`), as an expression. */
function nextKey(...columns: readonly string[]): string {
  const greatest = columns.map((column) => {
    const [table, name] = column.split('.');
    return `coalesce((SELECT max(${name}) FROM ${table}), 0)`;
  });
  return `max(${greatest.join(', ')}) + 1`;
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
