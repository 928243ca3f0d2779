/** What every reader of a format gives: the decoded source, cut into blocks, each with its way back. */
import type { Diagnostic } from '../model/diagnostic.js';
import type { Noise } from '../model/document.js';
import type { PagePlace, SourceMap } from '../model/source-map.js';
import type { Span } from '../model/span.js';

/** A line or paragraph as the source shows it. `map` leads from offsets in `text` to offsets in the decoded source. */
export interface Block {
  readonly kind: 'text' | 'row';
  readonly text: string;
  readonly map: SourceMap;
  /** For a row of a table: its cells, in `text`. */
  readonly cells?: readonly Span[];
}

/** Values of a 信息公开 table or of a page's meta elements: 发文字号, 成文日期 …, each with its place in the decoded source. */
export interface StatedField {
  readonly name: string;
  readonly value: string;
  readonly span: Span | null;
}

export interface Extracted {
  readonly mediaType: string;
  readonly encoding: string;
  readonly url: string | null;
  /**
   * What all source offsets refer to: the decoded text of a txt or html file; for a binary format (docx, pdf, ofd) its text as the reader
   * composes it, one paragraph or printed line per line.
   */
  readonly source: string;
  /** Where pieces of `source` stand on the printed page (pdf, ofd), in order; absent for formats without pages. */
  readonly places?: readonly PagePlace[];
  /** What may be policy text, in order. */
  readonly blocks: readonly Block[];
  readonly fields: readonly StatedField[];
  /** What was dropped so far, in the decoded source. */
  readonly noise: readonly Noise[];
  readonly diagnostics: readonly Diagnostic[];
}
