/** One generation of the memory store: everything that was published at once, never changed again. */
import type { ModelIdentity } from '../embed/embedder.js';
import { Interaction, ROW_LENGTH } from '../kernel/interaction.js';
import type { PreparedQuery } from '../kernel/interaction.js';
import type { Clause } from '../model/clause.js';
import type { PolicyDocument, SourceFile } from '../model/document.js';
import type { PagePlace, SourceMap } from '../model/source-map.js';
import type { Span } from '../model/span.js';
import { Bm25 } from './bm25.js';
import { compareListed, comparePaths, findDocument, listDocuments, toListable } from './listing.js';
import type { ListedDocument } from './listing.js';
import type { StoredFile } from './memory.js';
import { FORMAT_VERSION, LEXICAL_FIELDS } from './store.js';
import type {
  ClauseScores,
  EncodedPassage,
  IndexedDocument,
  IndexStatus,
  LexicalField,
  PassageEntry,
  PassageScore,
  PassageTokens,
} from './store.js';
import { checkQuery, makeColumns, nearestExact, passagesOfClause, beginScan } from './vectors.js';
import type { PassageColumns } from './vectors.js';

export class MemoryGeneration {
  readonly status: IndexStatus;
  readonly files: readonly SourceFile[];
  readonly listing: readonly ListedDocument[];
  readonly #stored: ReadonlyMap<string, StoredFile>;
  /** In listing order. */
  readonly #indexed: readonly IndexedDocument[];
  readonly #clauses: readonly Clause[];
  readonly #columns: PassageColumns;
  readonly #tokens: readonly (Int8Array | null)[];
  readonly #lexical: Readonly<Record<LexicalField, Bm25>>;

  constructor(generation: number, model: ModelIdentity | null, stored: readonly StoredFile[]) {
    this.#stored = new Map(stored.map((each) => [each.file.path, each]));
    this.files = stored.map(({ file }) => file).sort((a, b) => comparePaths(a.path, b.path));
    const sorted = stored
      .flatMap(({ documents }) => documents)
      .map((indexed) => ({ indexed, listable: toListable(indexed) }))
      .sort((a, b) => compareListed(a.listable, b.listable));
    this.#indexed = sorted.map(({ indexed }) => indexed);
    this.listing = listDocuments(sorted.map(({ listable }) => listable));
    this.#clauses = this.#indexed.flatMap(({ document }) => document.clauses);
    this.#columns = fillColumns(this.#indexed, this.#clauses, model?.dimension ?? 0);
    this.#tokens = this.#indexed.flatMap(({ encodings }) => encodings.map(({ tokens }) => tokens));
    this.#lexical = { words: new Bm25(), bigrams: new Bm25(), headings: new Bm25() };
    for (const terms of this.#indexed.flatMap((indexed) => indexed.terms)) {
      for (const field of LEXICAL_FIELDS) this.#lexical[field].add(terms[field]);
    }
    this.status = {
      formatVersion: FORMAT_VERSION,
      generation,
      model,
      files: this.files.length,
      unreadable: this.files.filter((file) => file.state === 'unreadable').length,
      documents: this.listing.length,
      clauses: this.#clauses.length,
      passages: this.#tokens.length,
    };
  }

  originals(): ReadonlySet<string> {
    const held = [...this.#stored.values()].filter(({ original }) => original !== null);
    return new Set(held.map(({ file }) => file.sha256));
  }

  original(sha256: string): Uint8Array | null {
    for (const { file, original } of this.#stored.values())
      if (file.sha256 === sha256 && original !== null) return original;
    return null;
  }

  source(path: string): string | null {
    return this.#stored.get(path)?.source ?? null;
  }

  places(path: string, span: Span): readonly PagePlace[] {
    const places = this.#stored.get(path)?.places ?? [];
    return places.filter(({ start, end }) => start < span.end && end > span.start);
  }

  document(id: string): PolicyDocument | null {
    return this.#indexed.find(({ document }) => document.id === id)?.document ?? null;
  }

  sourceMap(id: string): SourceMap | null {
    return this.document(id)?.map ?? null;
  }

  clause(id: string): Clause | null {
    return this.#clauses.find((clause) => clause.id === id) ?? null;
  }

  clauseText(key: number): string {
    return this.clauseByKey(key).text;
  }

  clauseByKey(key: number): Clause {
    findDocument(this.listing, 'Clause', key);
    return this.#clauses[key]!;
  }

  passage(key: number): PassageEntry {
    findDocument(this.listing, 'Passage', key);
    const { clause, window, start, end } = this.#columns;
    return {
      kind: window[key] === 1 ? 'window' : 'sentence',
      clauseKey: clause[key]!,
      span: { start: start[key]!, end: end[key]! },
    };
  }

  passagesOf(clauseKey: number): { readonly first: number; readonly count: number } {
    findDocument(this.listing, 'Clause', clauseKey);
    return passagesOfClause(this.#columns, clauseKey);
  }

  beginScan(queries: readonly Float32Array[]): () => ClauseScores[] {
    for (const query of this.#tokens.length > 0 ? queries : []) checkQuery(query, this.#columns.dimension);
    return beginScan(this.#columns, queries, this.#clauses.length);
  }

  lexical(field: LexicalField, terms: readonly string[]): ReadonlyMap<number, number> {
    return this.#lexical[field].score(terms);
  }

  lexicalShares(field: LexicalField, terms: readonly string[], ceiling: number, column: Float32Array): void {
    column.fill(0);
    for (const [key, score] of this.lexical(field, terms)) column[key] = score / ceiling;
  }

  clausesWith(field: LexicalField, term: string): Int32Array {
    return this.#lexical[field].clauses(term);
  }

  clauseFrequencies(field: LexicalField, terms: readonly string[]): readonly number[] {
    return terms.map((term) => this.#lexical[field].frequency(term));
  }

  nearest(query: Float32Array, k: number): readonly PassageScore[] {
    if (this.#tokens.length === 0) return [];
    checkQuery(query, this.#columns.dimension);
    return nearestExact(this.#columns, query, k, () => []);
  }

  encoded(documentKey: number): readonly EncodedPassage[] {
    const indexed = this.#indexed[documentKey];
    if (indexed === undefined)
      throw new RangeError(`no document has the key ${documentKey} in this generation`);
    return indexed.passages.map((passage, i) => ({ passage, encoding: indexed.encodings[i]! }));
  }

  clauseTokens(clauseKey: number): readonly PassageTokens[] {
    const { first, count } = this.passagesOf(clauseKey);
    return Array.from({ length: count }, (_, i) => first + i).flatMap((passageKey) => {
      const vectors = this.#tokens[passageKey] ?? null;
      return vectors === null || vectors.length === 0 ? [] : [{ passageKey, vectors }];
    });
  }

  interact(queries: readonly PreparedQuery[], clauseKeys: Int32Array, asked: Uint8Array): Int32Array {
    const interaction = new Interaction(queries);
    const perClause = queries.length * ROW_LENGTH;
    const rows = new Int32Array(clauseKeys.length * perClause);
    clauseKeys.forEach((key, i) => {
      const { first, count } = this.passagesOf(key);
      const passages = Array.from({ length: count }, (_, k) => this.#tokens[first + k] ?? NONE);
      rows.set(interaction.score(passages, first, asked[i]!), i * perClause);
    });
    return rows;
  }

  tokenVectors(passageKey: number): Int8Array | null {
    findDocument(this.listing, 'Passage', passageKey);
    return this.#tokens[passageKey]!;
  }
}

function fillColumns(
  indexed: readonly IndexedDocument[],
  clauses: readonly Clause[],
  dimension: number,
): PassageColumns {
  const clauseKeys = new Map(clauses.map((clause, key) => [clause.id, key]));
  const passages = indexed.flatMap((entry) => entry.passages);
  const columns = makeColumns(passages.length, dimension);
  passages.forEach((passage, key) => {
    columns.clause[key] = clauseKeys.get(passage.clauseId)!;
    columns.window[key] = passage.kind === 'window' ? 1 : 0;
    columns.start[key] = passage.span.start;
    columns.end[key] = passage.span.end;
  });
  indexed
    .flatMap((entry) => entry.encodings)
    .forEach((encoding, key) => columns.vectors.set(encoding.sentence, key * dimension));
  return columns;
}

const NONE = new Int8Array(0);
