/** Source files and the documents found in them. */
import type { Clause, Heading } from './clause.js';
import type { Diagnostic } from './diagnostic.js';
import type { Jurisdiction } from './jurisdiction.js';
import type { PagePlace, SourceMap } from './source-map.js';
import type { Span } from './span.js';

/** 规划, 实施方案, 意见 …: the word that ends the title; `其他` when none is known. */
export type DocumentKind = string;

/** 规划的起止年份, both inclusive: 十四五 = 2021–2025. */
export interface Period {
  readonly from: number;
  readonly to: number;
}

/** What the document says of itself. Null or empty: the text does not say. Dates are ISO (YYYY-MM-DD, YYYY-MM or YYYY). */
export interface Metadata {
  readonly title: string;
  readonly kind: DocumentKind;
  /** 发文机关, one or several. */
  readonly issuers: readonly string[];
  /** 发文字号: 渝府办发〔2018〕70号. */
  readonly documentNumber: string | null;
  /** 成文日期 */
  readonly writtenOn: string | null;
  /** 发布日期 */
  readonly publishedOn: string | null;
  /** 施行日期 */
  readonly effectiveOn: string | null;
  /** 时效性 as printed: 有效, 废止 … */
  readonly status: string | null;
  readonly period: Period | null;
  /** 主送机关 as printed. */
  readonly addressees: string | null;
  readonly jurisdiction: Jurisdiction | null;
  /** 范本: placeholders in place of names, no real issuer. Then `jurisdiction` is null. */
  readonly template: boolean;
}

/** For each field of Metadata that was read from the text: where, in the decoded source file. */
export type Provenance = Readonly<Partial<Record<keyof Metadata, Span>>>;

/** A part of the clean text that is neither heading nor clause: title, 主送机关 line, notice text, signature, date, 附注. */
export interface FrontMatter {
  readonly role: 'title' | 'header' | 'contents' | 'signature';
  /** In the clean text. */
  readonly span: Span;
}

/** One policy document. `text` is the clean text that all its spans refer to; it never changes once measured. */
export interface PolicyDocument {
  /** Division code + 发文字号, or title and date. Unique in an index. */
  readonly id: string;
  /** Path of the source file, relative to the corpus folder, with forward slashes. */
  readonly file: string;
  /** 0-based position among the documents of its file. */
  readonly ordinal: number;
  readonly metadata: Metadata;
  readonly provenance: Provenance;
  readonly text: string;
  readonly map: SourceMap;
  readonly frontMatter: readonly FrontMatter[];
  readonly headings: readonly Heading[];
  readonly clauses: readonly Clause[];
  readonly diagnostics: readonly Diagnostic[];
}

/** A stretch of the decoded source file that belongs to no document, and why it was dropped. */
export interface Noise {
  readonly span: Span;
  /** navigation | breadcrumb | share | metadata | caption | related | colophon | page-number | upload | site-footer … */
  readonly reason: string;
}

/** When and whence the bytes of a file came to us. */
export interface Retrieval {
  /** ISO 8601, UTC: for what was fetched, when its answer was complete; for other files, when they were last written (mtime). */
  readonly at: string;
  /** Address that it was fetched from; null: put into the corpus as a file. */
  readonly from: string | null;
}

/** One file of the corpus, read or unreadable. */
export interface SourceFile {
  /** Relative to the corpus folder, forward slashes. */
  readonly path: string;
  /** Of the bytes, lower-case hexadecimal. */
  readonly sha256: string;
  readonly bytes: number;
  readonly mediaType: string;
  /** Encoding that the bytes were decoded with ("utf-8"), or null when unreadable. */
  readonly encoding: string | null;
  /** Address that the file itself states, else the one it was fetched from; null when neither is known. */
  readonly url: string | null;
  /** Null: not known, as for a file that the system would not give us or one indexed before this was noted. */
  readonly retrieved: Retrieval | null;
  readonly state: 'read' | 'unreadable';
  readonly noise: readonly Noise[];
  /** Of the file as a whole; those of a document stay with it. */
  readonly diagnostics: readonly Diagnostic[];
}

/** All that reading one file gives. */
export interface ParsedFile {
  readonly file: SourceFile;
  /** The decoded source that the spans of noise, provenance and diagnostics refer to; empty for a file that could not be read. */
  readonly source: string;
  /** Where pieces of `source` stand on printed pages (pdf), ascending and not overlapping; empty for formats without pages. */
  readonly places: readonly PagePlace[];
  readonly documents: readonly PolicyDocument[];
}
