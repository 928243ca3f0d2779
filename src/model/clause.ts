/** The clause tree of a document: headings and the clauses under them. */
import type { Span } from './span.js';

/**
 * What kind of place a heading or clause has. Statutes (立法法 第六十五条): part 编, chapter 章, division 节, article 条.
 * Official documents (GB/T 9704-2012): section 一、 · subsection （一） · item 1. · subitem （1） · point ①.
 * Both: bullet (——, •), paragraph (unnumbered), lead (text between a heading and its first child), preamble (before the first
 * heading), annex 附件, row (of a table), topic (an unnumbered heading on its own line), question (问 of a 政策解读).
 */
export type ClauseKind =
  | 'part'
  | 'chapter'
  | 'division'
  | 'article'
  | 'section'
  | 'subsection'
  | 'item'
  | 'subitem'
  | 'point'
  | 'bullet'
  | 'paragraph'
  | 'lead'
  | 'preamble'
  | 'annex'
  | 'row'
  | 'topic'
  | 'question';

/** A heading: never a clause itself, but part of the heading path of what stands under it. */
export interface Heading {
  /** `<documentId>#sec-3.sub-2`: where it stands. */
  readonly id: string;
  readonly kind: ClauseKind;
  /** Verbatim text with its marker, white space runs folded to one space: "（二）强化队伍，促进师资优质均衡". */
  readonly text: string;
  /** The number that was printed (3 for 三、 and 第三章), or null. */
  readonly number: number | null;
  /** Depth in the outline, 0 for the top. */
  readonly depth: number;
  readonly parentId: string | null;
  /** Where the heading line stands in the clean text. */
  readonly span: Span;
}

/** A counted or numbered part inside a clause: 款, 项, 目 of a 条. Used to say "第二款第（一）项" of a quote. */
export interface ClausePart {
  readonly kind: '款' | '项' | '目';
  readonly number: number;
  readonly span: Span;
}

/** The smallest unit that a researcher cites. `text` = document.text.slice(span.start, span.end), verbatim. */
export interface Clause {
  /** `<documentId>#sec-3.sub-2.item-1`: where it stands, never a hash of its words. Unique in an index. */
  readonly id: string;
  readonly documentId: string;
  /** 0-based position among the clauses of the document, in the order of the text. */
  readonly ordinal: number;
  readonly kind: ClauseKind;
  /** Its own number as a reader would write it: "第十二条", "（一）", "1.", "第2段", "第3点", "引言". Never empty. */
  readonly label: string;
  /** The full place for a citation: "第三部分（二）第1项", "第二章第十二条". Never empty. */
  readonly locator: string;
  /** The printed or counted number, or null. */
  readonly number: number | null;
  /** The run-in heading inside the text ("加强领导" of "（一）加强领导。各单位…"), or null. It is part of the text. */
  readonly title: Span | null;
  /** Texts of the headings above it, outermost first; its own run-in heading is not among them. */
  readonly headingPath: readonly string[];
  /** Ids of these headings. */
  readonly headingIds: readonly string[];
  readonly span: Span;
  readonly text: string;
  readonly parts: readonly ClausePart[];
}
