/** Search, compare, document, clause, status: what every entrance calls. */
import type { Comparison, DocumentRef, SearchAnswer, SourcePlace } from './model/answer.js';
import type { CitationStyle } from './model/citation.js';
import type { Clause, Heading } from './model/clause.js';
import type { Diagnostic } from './model/diagnostic.js';
import type { FrontMatter, Noise, Provenance, SourceFile } from './model/document.js';
import type { Jurisdiction } from './model/jurisdiction.js';
import type { PagePlace, SourceMap } from './model/source-map.js';
import type { Filter } from './search/filter.js';
import type { PageStart } from './search/source-place.js';
import type { IndexStatus } from './store/store.js';

export type { Filter, PageStart };

/** How a query is read. */
export interface Reading {
  /** Place names are words like any other, no filters. Default false. */
  readonly literal?: boolean;
}

export interface SearchOptions extends Filter, Reading {
  /** 1–100, default 10. */
  readonly limit?: number;
}

export interface CompareOptions extends Filter, Reading {
  /** Hits per cell, 1–100, default 3. */
  readonly perCell?: number;
  /** Give template documents a row each. Default false. */
  readonly templates?: boolean;
}

export interface DocumentSummary extends DocumentRef {
  readonly clauses: number;
  readonly diagnostics: number;
  readonly sha256: string;
}

/** A file as listed: what was dropped of it is told with its documents. */
export type ListedFile = Omit<SourceFile, 'noise'>;

export interface DocumentView {
  readonly document: DocumentSummary;
  readonly source: ListedFile;
  readonly provenance: Provenance;
  readonly text: string;
  readonly map: SourceMap;
  /** Empty for formats without pages. */
  readonly pages: readonly PageStart[];
  readonly outline: readonly Heading[];
  readonly frontMatter: readonly FrontMatter[];
  readonly clauses: readonly Clause[];
  readonly diagnostics: readonly Diagnostic[];
  /** Of the whole source file. */
  readonly noise: readonly Noise[];
}

export interface ClauseView {
  readonly clause: Clause;
  readonly citation: string;
  readonly document: DocumentRef;
  /** `lines`: the printed lines that hold the clause, in order; empty for formats without pages. Their offsets are those of the decoded source. */
  readonly source: SourcePlace & { readonly lines: readonly PagePlace[] };
  readonly previous: Pick<Clause, 'id' | 'label' | 'text'> | null;
  readonly next: Pick<Clause, 'id' | 'label' | 'text'> | null;
}

/** The file that a document was read from, byte for byte. */
export interface Original extends Pick<SourceFile, 'path' | 'sha256' | 'mediaType' | 'encoding'> {
  readonly content: Uint8Array;
}

/** What became of a file that was handed over, and what it holds. */
export interface Uploaded {
  /** added: a new file. same-bytes: a file with these bytes was there, under whatever name. */
  readonly outcome: 'added' | 'same-bytes';
  /** Relative to the corpus folder. */
  readonly path: string;
  readonly documents: readonly DocumentSummary[];
  /** Of the file and of its documents. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Which files are taken. */
export interface UploadLimits {
  /** Bytes of the largest file. */
  readonly maxBytes: number;
}

export interface Status extends IndexStatus {
  readonly jurisdictions: readonly { readonly jurisdiction: Jurisdiction; readonly documents: number }[];
}

/** Throws TiaowenError with the codes of model/errors.ts for input that cannot be answered. */
export interface KnowledgeBase {
  search(query: string, options?: SearchOptions): Promise<SearchAnswer>;
  compare(topics: readonly string[], options?: CompareOptions): Promise<Comparison>;
  documents(filter?: Filter): readonly DocumentSummary[];
  /** Unreadable ones included. */
  files(): readonly SourceFile[];
  document(id: string): DocumentView;
  original(documentId: string): Original;
  clause(id: string): ClauseView;
  citation(clauseId: string, style: CitationStyle): string;
  status(): Status;
  /** Loads the model, so that the first question is answered as fast as the others. Throws what that question would. */
  ready(): Promise<void>;
  close(): Promise<void>;
}
