/** What a question gets: hits, cells of a comparison, and what was searched. The JSON of the CLI and of HTTP. */
import type { Jurisdiction } from './jurisdiction.js';
import type { Metadata } from './document.js';
import type { Span } from './span.js';

/** What a cross-encoder said of a clause. */
export interface Reranked {
  /** Which one. */
  readonly model: string;
  /** How well the clause answers the query, 0–1; no probability of a provision. */
  readonly score: number;
}

/** Why a clause was given for a query. */
export interface Why {
  /** Query words that stand in the clause, longest first. */
  readonly terms: readonly string[];
  /** Thesaurus or sayings entries that were used. */
  readonly synonyms: readonly string[];
  /** Cosine of the query with the best passage, −1 to 1. */
  readonly cosine: number;
  /** BM25 of the query words in the clause, as a share of the most that a clause could reach, 0–1. */
  readonly bm25: number;
  /** Null: none was used, or it did not come to this clause. */
  readonly reranked: Reranked | null;
}

/** A document as named in an answer. */
export interface DocumentRef extends Metadata {
  readonly id: string;
  readonly file: string;
}

/** Where something stands in its file: offsets in the decoded source, the smallest range that holds it. */
export interface SourcePlace extends Span {
  readonly file: string;
  /** Printed page on which it begins, counted from 1 as a viewer counts; null for formats without pages. */
  readonly page: number | null;
}

/** One clause that answers. `text` and `passage.text` are verbatim slices of the document's clean text. */
export interface Hit {
  readonly clauseId: string;
  readonly documentId: string;
  readonly label: string;
  readonly locator: string;
  readonly headingPath: readonly string[];
  readonly text: string;
  /** The clause in the document's clean text. */
  readonly span: Span;
  /** The sentence that matched best; offsets in the document's clean text. */
  readonly passage: Span & { readonly text: string };
  readonly source: SourcePlace;
  /** One line to put under a quote. */
  readonly citation: string;
  /** Fused score; comparable within one answer only. Higher is better. Where a cross-encoder was used, `why.reranked` comes first. */
  readonly score: number;
  readonly why: Why;
  readonly document: DocumentRef;
}

/** What kind of answer a question asks for: a figure, a responsible body, a time limit. */
export type Intent = 'figure' | 'unit' | 'deadline';

/** How a query was taken: what was searched for, where, and under which conditions. */
export interface Understood {
  /** As typed. */
  readonly query: string;
  /** What is left of it without operators, places and the frame of a question (各地对…有什么要求). */
  readonly topic: string;
  /** Place names of the query that became a filter, with the divisions that each can mean. */
  readonly places: readonly { readonly name: string; readonly divisions: readonly Jurisdiction[] }[];
  /** Kinds of answer that the question asks for: clauses with a figure, a responsible body or a time limit are preferred. */
  readonly intents: readonly Intent[];
  /** Each stands in every hit as it is ("引号"). */
  readonly phrases: readonly string[];
  /** None stands in any hit (-排除). */
  readonly excluded: readonly string[];
  /** Words that stand in one sentence, or in one paragraph, of every hit (同句, 同段). */
  readonly together: readonly {
    readonly scope: 'sentence' | 'paragraph';
    readonly words: readonly string[];
  }[];
  /** Fields of the document or heading path that hold a value (标题:…, 文号:…). */
  readonly fields: readonly { readonly field: string; readonly value: string }[];
  /**
   * What the question may mean, in the words of documents, nearest first: topics of the sayings that are near to it, which voted on the
   * answer. Empty where documents have the question's own words, or nothing is near.
   */
  readonly meanings: readonly { readonly topic: string; readonly saying: string }[];
}

export interface SearchAnswer {
  readonly query: string;
  readonly understood: Understood;
  readonly hits: readonly Hit[];
}

/**
 * found 有规定 · no-provision 已收录文件，未见规定 · not-covered 未收录该地文件 · unreadable 文件未能解析.
 */
export type Outcome = 'found' | 'no-provision' | 'not-covered' | 'unreadable';

/** One topic in one jurisdiction. */
export interface Cell {
  readonly topic: string;
  readonly outcome: Outcome;
  /** Best first, as many as asked for; empty unless found. */
  readonly hits: readonly Hit[];
  /** How many clauses answer or, beside the best, may answer; `hits` shows the best of them. */
  readonly answering: number;
  /** For no-provision: the nearest clause, offered for a look, not as an answer. */
  readonly nearest: Hit | null;
  /** The score behind the outcome, and the least that counts as found. */
  readonly evidence: { readonly score: number; readonly threshold: number } | null;
  readonly searched: { readonly documents: number; readonly clauses: number };
}

export interface ComparisonRow {
  /** Null for one document that stands alone in its row: a template, or one that does not say where it applies. */
  readonly jurisdiction: Jurisdiction | null;
  readonly documents: readonly DocumentRef[];
  readonly cells: readonly Cell[];
}

/** One row per jurisdiction, one cell per topic, in the order of `topics`. */
export interface Comparison {
  readonly topics: readonly string[];
  /** How each topic was taken, in the order of `topics`. */
  readonly understood: readonly Understood[];
  readonly rows: readonly ComparisonRow[];
}
