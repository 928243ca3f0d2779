/**
 * Reads an index. What is guaranteed: from one refresh() to the next the connection holds one read transaction, so everything
 * it answers, from SQLite or from what it keeps in memory, is of one generation, while another process writes and publishes.
 * The price: the write-ahead log cannot be cut back past the oldest reader, so one that lives long should refresh now and then.
 */
import { statSync } from 'node:fs';
import type { Database } from 'better-sqlite3';
import type { HierarchicalNSW } from 'hnswlib-node';
import type { Clause } from '../../model/clause.js';
import type { PolicyDocument, SourceFile } from '../../model/document.js';
import type { PagePlace, SourceMap } from '../../model/source-map.js';
import type { Span } from '../../model/span.js';
import { comparePaths, findDocument } from '../listing.js';
import type { ListedDocument } from '../listing.js';
import type { PreparedQuery } from '../../kernel/interaction.js';
import type { AskedClause } from './kept-tokens.js';
import { FORMAT_VERSION } from '../store.js';
import type {
  ClauseScores,
  DocumentEntry,
  EncodedPassage,
  Finding,
  IndexReader,
  IndexStatus,
  LexicalField,
  OnProgress,
  PassageEntry,
  PassageScore,
  PassageTokens,
} from '../store.js';
import { beginScan, checkQuery, nearestExact, passagesOfClause } from '../vectors.js';
import type { PassageColumns } from '../vectors.js';
import { altered, checksumOfClauses, whole, wholeValues } from './checksums.js';
import { connectReader, databasePath } from './connect.js';
import { Generation } from './generation.js';
import type { StateRow } from './generation.js';
import { loadGraph, nearestInGraph } from './graph.js';
import type { GraphExpectation } from './graph.js';
import { guardDecoding } from './guard.js';
import { wholeOriginal } from './originals.js';
import { readEncoded } from './read-encoded.js';
import { prepareReads } from './read-statements.js';
import type { ReadStatements } from './read-statements.js';
import { fromClauseRow, fromClauseValues, fromFileRow, fromPlaceRow, fromTextRow } from './rows.js';
import type { ClauseValues } from './rows.js';
import { verifyIndex } from './verify.js';

export interface ReaderOptions {
  /** Up to so many passages nearest() is exact even if there is a graph. */
  readonly exactLimit: number;
  /** Above so many passages vectors are kept in memory as int8, unless there is a graph. */
  readonly roundAbove: number;
  /** Above so many passages token vectors are read from beside the database. */
  readonly tokensAbove: number;
  /** Above so many passages other threads take part in a scan. */
  readonly shareAbove: number;
  /** Makes a graph when none is in step; without it nearest() is exact then. */
  readonly rebuild: ((expected: GraphExpectation) => HierarchicalNSW) | null;
}

export class Reader implements IndexReader {
  readonly #folder: string;
  readonly #path: string;
  readonly #options: ReaderOptions;
  #database: Database;
  #statements: ReadStatements;
  #inode: bigint;
  #now: Generation;
  /** Undefined: not looked for yet; null: none in step. */
  #graph: HierarchicalNSW | null | undefined;

  constructor(folder: string, options: ReaderOptions) {
    this.#folder = folder;
    this.#path = databasePath(folder);
    this.#options = options;
    this.#database = connectReader(folder);
    try {
      this.#inode = inodeOf(this.#path);
      this.#statements = this.#guard(() => prepareReads(this.#database));
      this.#now = this.#guard(() => this.#begin());
    } catch (error) {
      this.#database.close();
      throw error;
    }
  }

  get generation(): Generation {
    return this.#now;
  }

  refresh(): boolean {
    const inode = inodeOf(this.#path);
    // The whole index was deleted: what is still open stays readable until there is another.
    if (inode === 0n) return false;
    return this.#guard(() => (inode === this.#inode ? this.#moveOn() : this.#reopen(inode)));
  }

  close(): void {
    this.#now.close();
    this.#database.close();
  }

  termsVersion(): number {
    return this.#now.termsVersion;
  }

  status(): IndexStatus {
    return this.#now.status;
  }

  files(): readonly SourceFile[] {
    return this.#guard(() =>
      this.#statements.files.all().map((row) => fromFileRow(whole('files', row))),
    ).sort((a, b) => comparePaths(a.path, b.path));
  }

  originals(): ReadonlySet<string> {
    return new Set(this.#guard(() => this.#statements.originals.all()));
  }

  original(sha256: string): Uint8Array | null {
    return this.#guard(() => wholeOriginal(sha256, this.#statements.original.get(sha256) ?? null));
  }

  source(path: string): string | null {
    return this.#guard(() => {
      const row = this.#statements.source.get(path);
      return row === undefined ? null : whole('sources', row).text;
    });
  }

  places(path: string, { start, end }: Span): readonly PagePlace[] {
    return this.#guard(() =>
      this.#now.hasPlaces
        ? this.#statements.places.all({ path, start, end }).map((row) => fromPlaceRow(whole('places', row)))
        : [],
    );
  }

  documents(): readonly DocumentEntry[] {
    return this.#now.listing;
  }

  document(id: string): PolicyDocument | null {
    const key = this.#now.keyOf(id);
    if (key === undefined) return null;
    const stored = this.#now.stored[key]!;
    return this.#guard(() => {
      const clauses = this.#statements.clausesOf.all(
        stored.storedClause,
        stored.storedClause + stored.clauses - 1,
      );
      const text = this.#statements.text.get(stored.key);
      if (text === undefined) throw new RangeError(`text of ${id} is missing`);
      if (checksumOfClauses(text, clauses) !== stored.checksums.clauses) throw altered(`clauses of ${id}`);
      return fromTextRow(
        whole('document_texts', text),
        stored,
        clauses.map((row) => fromClauseRow(whole('clauses', row), id)),
      );
    });
  }

  sourceMap(id: string): SourceMap | null {
    const key = this.#now.keyOf(id);
    if (key === undefined) return null;
    return this.#guard(() => {
      const row = this.#statements.text.get(this.#now.stored[key]!.key);
      if (row === undefined) throw new RangeError(`text of ${id} is missing`);
      return JSON.parse(whole('document_texts', row).map) as SourceMap;
    });
  }

  clause(id: string): Clause | null {
    return this.#guard(() => {
      const row = this.#statements.clauseById.get(id);
      return row === undefined ? null : fromClauseRow(whole('clauses', row), row.document_id);
    });
  }

  clauseText(key: number): string {
    const { id, storedKey } = this.#placeOf(key);
    return this.#guard(() => {
      const text = this.#statements.clauseText.get(storedKey);
      if (typeof text !== 'string') throw new RangeError(`clause ${storedKey} of ${id} is missing`);
      return text;
    });
  }

  clauseLabel(key: number): Pick<Clause, 'kind' | 'number' | 'label'> {
    const { id, storedKey } = this.#placeOf(key);
    return this.#guard(() => {
      const label = this.#statements.clauseLabel.get(storedKey);
      if (label === undefined) throw new RangeError(`clause ${storedKey} of ${id} is missing`);
      return label;
    });
  }

  clauseHeadings(key: number): Clause['headingPath'] {
    const { id, storedKey } = this.#placeOf(key);
    return this.#guard(() => {
      const path = this.#statements.clauseHeadings.get(storedKey);
      if (path === undefined) throw new RangeError(`clause ${storedKey} of ${id} is missing`);
      return JSON.parse(path) as Clause['headingPath'];
    });
  }

  clauseByKey(key: number): Clause {
    const { id, storedKey } = this.#placeOf(key);
    return this.#guard(() => {
      const values = this.#statements.clauseByKey.get(storedKey);
      if (values === undefined) throw new RangeError(`clause ${storedKey} of ${id} is missing`);
      return fromClauseValues(wholeValues<ClauseValues>('clauses', values), id);
    });
  }

  passage(key: number): PassageEntry {
    findDocument(this.#now.listing, 'Passage', key);
    const { clause, window, start, end } = this.#guard(() => this.#now.columns);
    return {
      kind: window[key] === 1 ? 'window' : 'sentence',
      clauseKey: clause[key]!,
      span: { start: start[key]!, end: end[key]! },
    };
  }

  passagesOf(clauseKey: number): { readonly first: number; readonly count: number } {
    findDocument(this.#now.listing, 'Clause', clauseKey);
    return passagesOfClause(
      this.#guard(() => this.#now.columns),
      clauseKey,
    );
  }

  scan(query: Float32Array): ClauseScores {
    return this.scanAll([query])[0]!;
  }

  scanAll(queries: readonly Float32Array[]): ClauseScores[] {
    return this.beginScan(queries)();
  }

  beginScan(queries: readonly Float32Array[]): () => ClauseScores[] {
    const { passages, clauses } = this.#now.status;
    const columns = this.#guard(() => this.#now.columns);
    for (const query of passages > 0 ? queries : []) checkQuery(query, columns.dimension);
    return beginScan(columns, queries, clauses);
  }

  lexical(field: LexicalField, terms: readonly string[]): ReadonlyMap<number, number> {
    const scores = new Map<number, number>();
    // Ascending keys, so that the order does not tell in which order files were put.
    const column = this.#guard(() => this.#now.postings(field).column(terms));
    for (let key = 0; key < column.length; key++) if (column[key]! > 0) scores.set(key, column[key]!);
    return scores;
  }

  lexicalShares(field: LexicalField, terms: readonly string[], ceiling: number, column: Float32Array): void {
    this.#guard(() => {
      this.#now.postings(field).shares(terms, ceiling, column);
    });
  }

  clausesWith(field: LexicalField, term: string): Int32Array {
    return this.#guard(() => this.#now.postings(field).clauses(term).slice());
  }

  clauseFrequencies(field: LexicalField, terms: readonly string[]): readonly number[] {
    return this.#guard(() => terms.map((term) => this.#now.postings(field).frequency(term)));
  }

  nearest(query: Float32Array, k: number): readonly PassageScore[] {
    const { passages } = this.#now.status;
    if (passages === 0) return [];
    const columns = this.#guard(() => this.#now.columns);
    checkQuery(query, columns.dimension);
    const expected = this.graphExpectation;
    const graph = expected === null ? null : this.#findGraph(expected);
    return graph === null
      ? nearestExact(columns, query, k, (keys) => this.#guard(() => this.#now.vectors(keys)))
      : nearestInGraph(graph, columns, query, k);
  }

  tokenVectors(passageKey: number): Int8Array | null {
    const { key: document, firstPassage } = findDocument(this.#now.listing, 'Passage', passageKey);
    const storedKey = this.#now.stored[document]!.storedPassage + passageKey - firstPassage;
    return this.#guard(() => this.#statements.tokens(storedKey));
  }

  clauseTokens(clauseKey: number): readonly PassageTokens[] {
    const entry = findDocument(this.#now.listing, 'Clause', clauseKey);
    return this.#guard(() => {
      const place = this.#askedClause(this.#now.columns, entry, clauseKey, 0);
      const tokens: PassageTokens[] = [];
      this.#now.tokens.clause(place).forEach((vectors, i) => {
        if (vectors.length > 0) tokens.push({ passageKey: place.firstPassage + i, vectors });
      });
      return tokens;
    });
  }

  interact(queries: readonly PreparedQuery[], clauseKeys: Int32Array, asked: Uint8Array): Int32Array {
    const { listing, tokens } = this.#now;
    const clauses: AskedClause[] = [];
    const columns = this.#guard(() => this.#now.columns);
    let entry: ListedDocument | undefined;
    for (let i = 0; i < clauseKeys.length; i++) {
      const key = clauseKeys[i]!;
      if (entry === undefined || key < entry.firstClause || key >= entry.firstClause + entry.clauses)
        entry = findDocument(listing, 'Clause', key);
      clauses.push(this.#askedClause(columns, entry, key, asked[i]!));
    }
    return this.#guard(() => tokens.interact(clauses, queries));
  }

  #askedClause(
    columns: PassageColumns,
    { key, firstClause, firstPassage, passages }: ListedDocument,
    clauseKey: number,
    asked: number,
  ): AskedClause {
    const document = this.#now.stored[key]!;
    const { first, count } = passagesOfClause(columns, clauseKey, firstPassage, firstPassage + passages);
    return {
      document,
      ordinal: clauseKey - firstClause,
      firstPassage: first,
      firstStored: document.storedPassage + first - firstPassage,
      passages: count,
      asked,
    };
  }

  encoded(documentKey: number): readonly EncodedPassage[] {
    const document = this.#now.stored[documentKey];
    if (document === undefined)
      throw new RangeError(`no document has the key ${documentKey} in this generation`);
    const dimension = this.#now.status.model?.dimension ?? 0;
    return this.#guard(() => readEncoded(this.#database, document, dimension));
  }

  /**
   * On a connection of its own: FTS5 keeps the structure of its index per connection, and SQLite's integrity check (seen with 3.53)
   * takes that for the truth even when another connection has merged the index since.
   */
  verify(onProgress?: OnProgress): readonly Finding[] {
    let fresh: Reader;
    try {
      fresh = new Reader(this.#folder, this.#options);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      return [{ code: 'database-damaged', message, subject: this.#path }];
    }
    try {
      return verifyIndex(fresh.#database, fresh.#now, fresh.#folder, fresh.graphExpectation, onProgress);
    } finally {
      fresh.close();
    }
  }

  /** What the graph must be of; null where none is wanted. */
  get graphExpectation(): GraphExpectation | null {
    const { generation, passages, model } = this.#now.status;
    if (model === null || passages <= this.#options.exactLimit) return null;
    return { generation, count: passages, dimension: model.dimension };
  }

  /** Uses a graph that was just made of this generation. */
  adoptGraph(graph: HierarchicalNSW): void {
    this.#graph = graph;
  }

  #findGraph(expected: GraphExpectation): HierarchicalNSW | null {
    this.#graph ??= loadGraph(this.#folder, expected) ?? this.#options.rebuild?.(expected);
    this.#graph ??= null;
    return this.#graph;
  }

  /** The document of a clause, and the key under which the clause is stored. */
  #placeOf(clauseKey: number): { readonly id: string; readonly storedKey: number } {
    const { key, id, firstClause } = findDocument(this.#now.listing, 'Clause', clauseKey);
    return { id, storedKey: this.#now.stored[key]!.storedClause + clauseKey - firstClause };
  }

  /** Takes the snapshot: a deferred transaction begins with its first read. */
  #begin(): Generation {
    this.#database.exec('BEGIN');
    return this.#generation(this.#statements.state.get()!);
  }

  #generation(state: StateRow): Generation {
    const { exactLimit, roundAbove, tokensAbove, shareAbove } = this.#options;
    return new Generation(this.#database, this.#folder, state, FORMAT_VERSION, {
      rounded: (passages) => passages > roundAbove && passages <= exactLimit,
      tokens: (passages) => passages > tokensAbove,
      shared: (passages) => passages > shareAbove,
    });
  }

  #moveOn(): boolean {
    this.#database.exec('COMMIT; BEGIN');
    const state = this.#statements.state.get()!;
    if (state.generation === this.#now.status.generation) {
      this.#now.tokens.look();
      return false;
    }
    this.#now.close();
    this.#now = this.#generation(state);
    this.#graph = undefined;
    return true;
  }

  /** The index was deleted and made anew: other files under the same names. */
  #reopen(inode: bigint): boolean {
    const database = connectReader(this.#folder);
    this.#now.close();
    this.#database.close();
    this.#database = database;
    this.#statements = prepareReads(database);
    this.#inode = inode;
    this.#now = this.#begin();
    this.#graph = undefined;
    return true;
  }

  #guard<T>(action: () => T): T {
    if (!this.#database.open) throw new Error('this store was closed');
    return guardDecoding(this.#path, action);
  }
}

/** Which file stands at a path; 0 for none. */
function inodeOf(path: string): bigint {
  return statSync(path, { bigint: true, throwIfNoEntry: false })?.ino ?? 0n;
}
