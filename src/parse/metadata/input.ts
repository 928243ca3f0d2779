/** What the reader of metadata is given: the parts of a document, its stated fields, and the way back to the source. */
import type { SourceMap } from '../../model/source-map.js';
import type { Span } from '../../model/span.js';

/** A stretch of front or end matter. `span` is in the decoded source; `text` may be its clean form. */
export interface MetadataPart {
  readonly role: 'title' | 'notice-title' | 'header' | 'signature' | 'notice';
  readonly text: string;
  readonly span: Span;
}

/** One row of a 信息公开 table: 发文字号, 发布机构, 成文日期 … `span` is in the decoded source and holds the value. */
export interface StatedField {
  readonly name: string;
  readonly value: string;
  readonly span: Span;
}

export interface MetadataInput {
  readonly parts: readonly MetadataPart[];
  /** Clean text of the whole document. */
  readonly body: string;
  /** Clean text → decoded source. */
  readonly map: SourceMap;
  readonly fields: readonly StatedField[];
  /** The decoded source text. */
  readonly source: string;
}
