/** The statements of a reader, prepared once per connection. */
import type { Database, Statement } from 'better-sqlite3';
import type { StateRow } from './generation.js';
import { CHECKED_COLUMNS } from './checksums.js';
import type { Sealed } from './checksums.js';
import { prepareTokens, prepareTokensOf } from './read-encoded.js';
import type { StoredTokens } from './read-encoded.js';
import type { ClauseRow, ClauseValues, FileRow, PlaceRow, SourceRow, TextRow } from './rows.js';

export interface ReadStatements {
  readonly state: Statement<[], StateRow>;
  readonly files: Statement<[], FileRow & Sealed>;
  readonly originals: Statement<[], string>;
  readonly original: Statement<[string], Buffer>;
  readonly source: Statement<[string], SourceRow & Sealed>;
  readonly places: Statement<[{ path: string; start: number; end: number }], PlaceRow & Sealed>;
  readonly text: Statement<[number], TextRow & Sealed>;
  readonly clausesOf: Statement<[number, number], ClauseRow & Sealed>;
  readonly clauseById: Statement<[string], ClauseRow & Sealed & { document_id: string }>;
  readonly clauseByKey: Statement<[number], [...ClauseValues, checksum: number]>;
  readonly clauseText: Statement<[number], unknown>;
  readonly clauseHeadings: Statement<[number], string>;
  readonly clauseLabel: Statement<[number], Pick<ClauseRow, 'kind' | 'number' | 'label'>>;
  readonly tokens: (passage: number) => Int8Array | null;
  readonly tokensOf: (first: number, count: number) => StoredTokens[];
}

const CLAUSE_VALUES = [...CHECKED_COLUMNS.clauses, 'checksum'].map((name) => `"${name}"`).join(', ');

export function prepareReads(database: Database): ReadStatements {
  return {
    state: database.prepare('SELECT generation, model, terms FROM state'),
    files: database.prepare('SELECT * FROM files'),
    originals: database.prepare<[], string>('SELECT sha256 FROM originals').pluck(),
    original: database.prepare<[string], Buffer>('SELECT bytes FROM originals WHERE sha256 = ?').pluck(),
    source: database.prepare('SELECT * FROM sources WHERE path = ?'),
    // Places do not overlap, so that the first that can touch a span is the last that begins at or before it.
    places: database.prepare(
      `SELECT places.* FROM places JOIN sources ON sources.key = places.source
        WHERE sources.path = @path AND places.start < @end AND places."end" > @start AND places.start >= coalesce(
          (SELECT max(before.start) FROM places AS before WHERE before.source = sources.key AND before.start <= @start), 0)
        ORDER BY places.start`,
    ),
    text: database.prepare('SELECT * FROM document_texts WHERE document = ?'),
    clausesOf: database.prepare('SELECT * FROM clauses WHERE key BETWEEN ? AND ? ORDER BY key'),
    clauseById: database.prepare(
      `SELECT clauses.*, documents.id AS document_id FROM clauses
        JOIN documents ON documents.key = clauses.document WHERE clauses.id = ?`,
    ),
    clauseByKey: database
      .prepare<[number], [...ClauseValues, checksum: number]>(
        `SELECT ${CLAUSE_VALUES} FROM clauses WHERE key = ?`,
      )
      .raw(),
    clauseText: database.prepare<[number], unknown>('SELECT text FROM clauses WHERE key = ?').pluck(),
    clauseHeadings: database
      .prepare<[number], string>('SELECT heading_path FROM clauses WHERE key = ?')
      .pluck(),
    clauseLabel: database.prepare('SELECT kind, number, label FROM clauses WHERE key = ?'),
    tokens: prepareTokens(database),
    tokensOf: prepareTokensOf(database),
  };
}
