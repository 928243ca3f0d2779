/** One generation as a reader sees it: the listing, and the columns of passages, loaded when first asked for. */
import { availableParallelism } from 'node:os';
import type { Database } from 'better-sqlite3';
import type { ModelIdentity } from '../../embed/embedder.js';
import type { DenseScan } from '../../kernel/dense-scan.js';
import { compareListed, findDocument, listDocuments } from '../listing.js';
import type { ListedDocument } from '../listing.js';
import type { IndexStatus, LexicalField } from '../store.js';
import { makeColumns } from '../vectors.js';
import type { PassageColumns } from '../vectors.js';
import { Postings } from './read-postings.js';
import { fromDocumentRow } from './rows.js';
import type { DocumentRow, StoredDocument } from './rows.js';
import { whole } from './checksums.js';
import type { Sealed } from './checksums.js';
import { prepareVectors } from './read-encoded.js';
import { ColumnSource } from './column-source.js';
import { columnsInStep, saveColumns } from './columns-file.js';
import { tokensInStep, tokensListed } from './kept-tokens.js';
import { saveTokens } from './save-tokens.js';
import { startThreads } from './second-thread.js';
import type { SecondThread } from './second-thread.js';
import { prepareBlocks, TokenSource } from './token-source.js';

/** What is kept of an index with so many passages. */
export interface KeepBySize {
  /** Vectors as int8. */
  readonly rounded: (passages: number) => boolean;
  /** Token vectors beside the database. */
  readonly tokens: (passages: number) => boolean;
  /** Threads that take part in a scan of vectors that are kept as int8. */
  readonly shared: (passages: number) => boolean;
}

export interface StateRow {
  generation: number;
  model: string | null;
  terms: number;
}

/** Reads through a connection that holds one read transaction for as long as this is used. */
export class Generation {
  readonly status: IndexStatus;
  readonly termsVersion: number;
  /** Whether vectors are kept as int8, here and in columns.bin: those of a large index. */
  readonly rounds: boolean;
  /** Whether token vectors are kept beside the database too. */
  readonly keepsTokens: boolean;
  readonly tokens: TokenSource;
  readonly listing: readonly ListedDocument[];
  /** Parallel to the listing. */
  readonly stored: readonly StoredDocument[];
  readonly #database: Database;
  readonly #keys: ReadonlyMap<string, number>;
  #columns: PassageColumns | null = null;
  #clauseKeys: Int32Array | null = null;
  #hasPlaces: boolean | null = null;
  readonly #postings = new Map<LexicalField, Postings>();
  readonly #folder: string;
  readonly #dimension: number;
  readonly #shares: boolean;
  #threads: readonly SecondThread[] = [];

  /** `folder`: of the index. */
  constructor(database: Database, folder: string, state: StateRow, formatVersion: number, keeps: KeepBySize) {
    this.#database = database;
    this.#folder = folder;
    this.stored = database
      .prepare<[], DocumentRow & Sealed>('SELECT * FROM documents')
      .all()
      .map((row) => fromDocumentRow(whole('documents', row)))
      .sort(compareListed);
    this.listing = listDocuments(this.stored);
    this.#keys = new Map(this.listing.map(({ id, key }) => [id, key]));
    const last = this.listing.at(-1);
    this.termsVersion = state.terms;
    this.status = {
      formatVersion,
      generation: state.generation,
      model: state.model === null ? null : (JSON.parse(state.model) as ModelIdentity),
      ...countFiles(database),
      documents: this.listing.length,
      clauses: last === undefined ? 0 : last.firstClause + last.clauses,
      passages: last === undefined ? 0 : last.firstPassage + last.passages,
    };
    this.rounds = keeps.rounded(this.status.passages);
    this.keepsTokens = keeps.tokens(this.status.passages) && this.status.model?.tokenDimension != null;
    this.#shares = keeps.shared(this.status.passages);
    this.#dimension = this.status.model?.dimension ?? 0;
    this.tokens = new TokenSource(database, this.keepsTokens ? folder : null, this.stored);
  }

  /** Key of a document, or undefined. */
  keyOf(id: string): number | undefined {
    return this.#keys.get(id);
  }

  /** The key of a clause, of its stored key. Throws RangeError when no document holds it: the tables are out of step. */
  clauseKey(stored: number): number {
    this.#clauseKeys ??= this.#mapClauseKeys();
    const key = this.#clauseKeys[stored] ?? -1;
    if (key < 0) throw new RangeError(`clause ${stored} is of no document`);
    return key;
  }

  /** Whether any file has printed pages: of many corpora none has, and each hit would look. */
  get hasPlaces(): boolean {
    this.#hasPlaces ??=
      this.#database.prepare<[], number>('SELECT EXISTS (SELECT 1 FROM places)').pluck().get() === 1;
    return this.#hasPlaces;
  }

  get columns(): PassageColumns {
    this.#columns ??= this.#readColumns();
    return this.#columns;
  }

  /** Closes what was opened for it; threads end a moment later. */
  close(): void {
    this.tokens.close();
    this.#columns?.rounded?.stop();
    for (const thread of this.#threads) void thread.close();
  }

  postings(field: LexicalField): Postings {
    const kept = this.#postings.get(field);
    if (kept !== undefined) return kept;
    const made = new Postings(this.#database, field, this.status.clauses, (stored) => this.clauseKey(stored));
    this.#postings.set(field, made);
    return made;
  }

  /** The vectors of some passages, keys ascending, as they were put. */
  *vectors(keys: readonly number[]): Generator<Float32Array> {
    const rowBytes = this.#dimension * Float32Array.BYTES_PER_ELEMENT;
    const read = prepareVectors(this.#database);
    let of = -1;
    let blob: Buffer = Buffer.alloc(0);
    for (const passage of keys) {
      const { key, firstPassage } = findDocument(this.listing, 'Passage', passage);
      if (of !== key) [of, blob] = [key, read(this.stored[key]!, rowBytes)];
      const from = (passage - firstPassage) * rowBytes;
      // Copied: a BLOB need not begin at a multiple of four.
      yield new Float32Array(new Uint8Array(blob.subarray(from, from + rowBytes)).buffer);
    }
  }

  #mapClauseKeys(): Int32Array {
    const size = this.stored.reduce(
      (most, { storedClause, clauses }) => Math.max(most, storedClause + clauses),
      0,
    );
    const keys = new Int32Array(size).fill(-1);
    this.stored.forEach(({ storedClause, clauses }, document) => {
      const { firstClause } = this.listing[document]!;
      for (let i = 0; i < clauses; i++) keys[storedClause + i] = firstClause + i;
    });
    return keys;
  }

  #readColumns(): PassageColumns {
    const columns = makeColumns(this.status.passages, this.#dimension, this.rounds);
    const source = new ColumnSource(this.#database, this.rounds ? this.#folder : null, this.#dimension);
    try {
      this.stored.forEach((document, key) => {
        source.fill(document, this.listing[key]!, columns);
      });
    } finally {
      source.close();
    }
    if (this.#shares && columns.rounded !== null) this.#share(columns.rounded);
    return columns;
  }

  #share(scan: DenseScan): void {
    this.#threads = startThreads(availableParallelism());
    scan.share(this.#threads);
    this.tokens.share(this.#threads);
  }

  /** Writes columns.bin; when `isWanted` no longer holds the file stays as it was. */
  async saveColumns(isWanted: () => boolean): Promise<void> {
    const scratch = this.#scratch();
    const source = new ColumnSource(this.#database, this.#folder, this.#dimension);
    const start = { firstPassage: 0, firstClause: 0 };
    const fill = (document: StoredDocument) => {
      source.fill(document, start, scratch);
    };
    try {
      await saveColumns(this.#folder, this.stored, scratch, fill, isWanted);
    } finally {
      source.close();
    }
  }

  /** Whether columns.bin is whole and of this generation. Reads all of it. */
  hasColumns(): boolean {
    return columnsInStep(this.#folder, this.stored, this.#scratch());
  }

  /** Brings the token vectors beside the database in step; when `isWanted` no longer holds they stay as they were. */
  async saveTokens(isWanted: () => boolean): Promise<void> {
    await saveTokens(this.#folder, this.stored, prepareBlocks(this.#database), isWanted);
  }

  /** Whether those are of this generation, as far as they say; `whole`: reads all of them. */
  hasTokens({ whole }: { readonly whole: boolean }): boolean {
    return whole ? tokensInStep(this.#folder, this.stored) : tokensListed(this.#folder, this.stored);
  }

  /** Room for the largest document. */
  #scratch(): PassageColumns {
    const most = this.stored.reduce((max, { passages }) => Math.max(max, passages), 0);
    return makeColumns(most, this.#dimension, true);
  }
}

function countFiles(database: Database): { files: number; unreadable: number } {
  return database
    .prepare<[], { files: number; unreadable: number }>(
      `SELECT count(*) AS files, count(*) FILTER (WHERE state = 'unreadable') AS unreadable FROM files`,
    )
    .get()!;
}
