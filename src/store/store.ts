/** THE BOUNDARY: what the program knows of the place where documents, vectors and postings are kept. */
import type { Encoding, ModelIdentity } from '../embed/embedder.js';
import type { PreparedQuery } from '../kernel/interaction.js';
import type { Clause } from '../model/clause.js';
import type { Metadata, PolicyDocument, SourceFile } from '../model/document.js';
import type { Passage, PassageKind } from '../model/passage.js';
import type { PagePlace, SourceMap } from '../model/source-map.js';
import type { Span } from '../model/span.js';

/** The version of what is written; another version is refused (`index-format`) or migrated. */
export const FORMAT_VERSION = 4;

/** Index terms of one clause, made by `analysis/`. A field holds terms in text order, repeats included. */
export interface ClauseTerms {
  readonly words: readonly string[];
  readonly bigrams: readonly string[];
  /** Words of the heading path and the document title. */
  readonly headings: readonly string[];
}
export const LEXICAL_FIELDS = ['words', 'bigrams', 'headings'] as const;
export type LexicalField = (typeof LEXICAL_FIELDS)[number];

/**
 * A document with all that is derived from it. `terms` runs parallel to document.clauses, `encodings` to `passages`, which stand in
 * the order of their clauses.
 */
export interface IndexedDocument {
  readonly document: PolicyDocument;
  readonly terms: readonly ClauseTerms[];
  readonly passages: readonly Passage[];
  readonly encodings: readonly Encoding[];
}

/** A file with what is kept of it beside its documents. */
export interface KeptFile {
  readonly file: SourceFile;
  /** The bytes that `file.sha256` is of; null for a file that could not be read: nothing is quoted from it. */
  readonly original: Uint8Array | null;
  /** The decoded source that spans of noise, provenance and diagnostics refer to; empty for a file that could not be read. */
  readonly source: string;
  /** Ascending, not overlapping; empty for formats without pages. */
  readonly places: readonly PagePlace[];
}

export interface IndexStatus {
  readonly formatVersion: number;
  /** Grows by one with every change that was published. */
  readonly generation: number;
  /** Null in an index that was never written to. */
  readonly model: ModelIdentity | null;
  readonly files: number;
  readonly unreadable: number;
  readonly documents: number;
  readonly clauses: number;
  readonly passages: number;
}

/**
 * A document as listed. `key` is a small integer, valid while the store stays open at one generation; the keys of its clauses are
 * `firstClause` … `firstClause + clauses − 1`, in the order of the text.
 */
export interface DocumentEntry {
  readonly key: number;
  readonly id: string;
  readonly file: string;
  readonly ordinal: number;
  readonly metadata: Metadata;
  readonly firstClause: number;
  readonly clauses: number;
  readonly diagnostics: number;
  /** How many of the diagnostics are more than information. */
  readonly warnings: number;
}

/** Parallel columns, one entry per clause of the index, by clause key. */
export interface ClauseScores {
  /** Best cosine over the sentences of the clause; −1 when it has none. */
  readonly sentence: Float32Array;
  /** Key of that sentence, or −1. */
  readonly sentenceKey: Int32Array;
  /** Best cosine over the windows of the clause; that of its sentences when it has none: the one sentence is all the context there is. */
  readonly window: Float32Array;
}

export interface PassageScore {
  readonly passageKey: number;
  readonly clauseKey: number;
  readonly score: number;
}

export interface PassageEntry {
  readonly kind: PassageKind;
  readonly clauseKey: number;
  /** In the document's clean text. */
  readonly span: Span;
}

/** `vectors`: [tokens × tokenDimension], row-major, at least one token. */
export interface PassageTokens {
  readonly passageKey: number;
  readonly vectors: Int8Array;
}

/** A passage with the encoding that was put for it. */
export interface EncodedPassage {
  readonly passage: Passage;
  readonly encoding: Encoding;
}

/** Read-only and deterministic: equal calls on one generation give equal answers. */
export interface IndexReader {
  status(): IndexStatus;
  /** By path. */
  files(): readonly SourceFile[];
  /** SHA-256 of each original that is held. A file that was read without one was put by format 1: read it again to make it whole. */
  originals(): ReadonlySet<string>;
  /** The bytes of the files with this hash; null when they are not held. */
  original(sha256: string): Uint8Array | null;
  /** Decoded source of a file; null when it is not held. */
  source(path: string): string | null;
  /** The printed lines that a span of a file's decoded source touches, in order; none for formats without pages. */
  places(path: string, span: Span): readonly PagePlace[];
  /** By file path, then ordinal. */
  documents(): readonly DocumentEntry[];
  document(id: string): PolicyDocument | null;
  /** The way of a document's clean text back to its source, without the document: a quote needs no more of it. */
  sourceMap(id: string): SourceMap | null;
  clause(id: string): Clause | null;
  /** Throws RangeError for a key that is not of this generation. */
  clauseByKey(key: number): Clause;
  /** Its text alone, in a third of the time: to look at and not to quote, for a byte that was altered on the disk is not told. Throws as clauseByKey(). */
  clauseText(key: number): string;
  /** What tells where it stands, in the same way. */
  clauseLabel(key: number): Pick<Clause, 'kind' | 'number' | 'label'>;
  /** Its heading path, in the same way. */
  clauseHeadings(key: number): Clause['headingPath'];
  passage(key: number): PassageEntry;
  /** The keys of a clause's passages: `first` … `first + count − 1`, in the order of the text. */
  passagesOf(clauseKey: number): { readonly first: number; readonly count: number };
  /**
   * Cosines of a sentence vector with every passage, rolled up to clauses by maximum, the smaller key first among equals. Exact in a
   * small index; a large one may keep its vectors as int8, and the cosines have a standard error of 0.0002 then.
   */
  scan(query: Float32Array): ClauseScores;
  /** The same for several at once, in the order of `queries`: a large index reads its vectors once for all of them. The columns are the caller's. */
  scanAll(queries: readonly Float32Array[]): ClauseScores[];
  /**
   * The same in two steps: other threads begin at once, while this one does something else, and what it returns takes part and gives the scores. One at a time:
   * any other scan ends it, and then it throws Error.
   */
  beginScan(queries: readonly Float32Array[]): () => ClauseScores[];
  /**
   * BM25 (k1 = 1.2, b = 0.75, idf = ln((N − n + 0.5) / (n + 0.5)), at least 1e−6; as SQLite's FTS5) of the terms, joined by OR and
   * counted once each, in one field: clause key → score > 0. Clauses without any of the terms are absent.
   */
  lexical(field: LexicalField, terms: readonly string[]): ReadonlyMap<number, number>;
  /** Writes to `column`, one entry per clause of the index, by clause key, the scores of lexical() divided by `ceiling`; 0 where a clause is absent. */
  lexicalShares(field: LexicalField, terms: readonly string[], ceiling: number, column: Float32Array): void;
  /** Keys of the clauses that have the term in a field, in no order that means anything. */
  clausesWith(field: LexicalField, term: string): Int32Array;
  /**
   * How many clauses have each of the terms in a field, in the order of `terms`. With the number of clauses it gives the inverse
   * document frequency that lexical() uses.
   */
  clauseFrequencies(field: LexicalField, terms: readonly string[]): readonly number[];
  /** The k nearest passages of the whole index, best first, ties by key: approximate where the graph serves, exact elsewhere. */
  nearest(query: Float32Array, k: number): readonly PassageScore[];
  /** [tokens × tokenDimension] of a passage, row-major, as the embedder gave them; null when it gave none. */
  tokenVectors(passageKey: number): Int8Array | null;
  /** Those of the passages of a clause that have some, in the order of their keys. They hold until the next call. */
  clauseTokens(clauseKey: number): readonly PassageTokens[];
  /**
   * Late interaction of queries, 1 to 8 of one dimension, with the passages of clauses, each of which is read once: a row (interaction.ts) for each clause and of it for each query, of those
   * that `asked` has a bit for. `clauseKeys` ascend. Throws RangeError for a key that is not of this generation.
   */
  interact(queries: readonly PreparedQuery[], clauseKeys: Int32Array, asked: Uint8Array): Int32Array;
  /** The passages of one document by key, in order, as they were put. Reads that document only: no vectors of others are loaded. */
  encoded(documentKey: number): readonly EncodedPassage[];
  /**
   * Moves on to the generation published last, by this process or another: true when there was a newer one, and then all keys
   * given before are void. Costs microseconds when nothing changed. Between two calls all answers are of one generation.
   */
  refresh(): boolean;
  /** Version of the analysis that the terms of all clauses were made by, as renewTerms() was told; 1 before. */
  termsVersion(): number;
  /** Everything that is wrong with what is stored; empty when all is well. Slow (it reads all), and never throws on damage. */
  verify(onProgress?: OnProgress): readonly Finding[];
}

export interface PublishOptions {
  /** False leaves what is derived (a graph, files beside the database) to a later call: answers are the same, only slower. Default true. */
  readonly derive?: boolean;
  /** True: all that was derived before is read before it is believed. Otherwise a damaged byte of it may stay, and is told by verify(). Default false. */
  readonly thorough?: boolean;
  /** Aborted, it ends what is derived early, and not what is published: a later call makes up for it. */
  readonly signal?: AbortSignal | undefined;
}

/** Told now and then how much of a long piece of work is done; the last call has `done` equal to `total`. */
export type OnProgress = (done: number, total: number) => void;

/** What takes long and does others a turn of the event loop now and then. */
export interface LongWork {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: OnProgress | undefined;
}

/** The terms of each clause of a document. */
export type TermsOf = (document: PolicyDocument) => readonly ClauseTerms[];

/** One thing that is wrong with an index: stable kebab-case code, a sentence in Chinese, and the id or path concerned. */
export interface Finding {
  readonly code: string;
  readonly message: string;
  readonly subject: string;
}

/**
 * What is put or removed is seen by no reader, this store's own included, until publish(); a process that dies before it leaves
 * the generation before, whole. So publish() is the unit of what survives: call it every few hundred files of a long ingest.
 */
export interface Store extends IndexReader {
  /**
   * Replaces all that is kept of one file, whole or not at all. Throws RangeError, with nothing changed, when the parallel arrays
   * do not match, a place or the length of the original is wrong, or a document or clause id is taken already (also by another file: remove that first), and TiaowenError
   * index-model when `model` is not the model of the index. An index without documents takes any model.
   */
  putFile(kept: KeptFile, documents: readonly IndexedDocument[], model: ModelIdentity): void;
  /** Forgets a file; false when it was not there. */
  removeFile(path: string): boolean;
  /**
   * Makes what was put readable as the next generation and derives what is derived. Without changes it only derives what is missing or
   * out of step.
   */
  publish(options?: PublishOptions): Promise<void>;
  /** Makes the postings anew from the terms that were put, as part of what publish() publishes: for an index whose postings were damaged. */
  rebuildLexical(): void;
  /**
   * Replaces the terms of every document and says by which version they were made, as part of what publish() publishes. `termsOf` gives one
   * entry per clause. Tells documents; nothing may be put before it is done. Throws TypeError while there is something unpublished, and with
   * nothing changed RangeError for another number of entries, or the reason of an abort.
   */
  renewTerms(version: number, termsOf: TermsOf, options?: LongWork): Promise<void>;
  /** Drops what was not published. */
  close(): void;
}
