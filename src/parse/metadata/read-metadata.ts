/** What a document says of itself: title, kind, issuers, number, dates, period, status, addressees and jurisdiction. */
import type { Diagnostic } from '../../model/diagnostic.js';
import type { Metadata, Provenance } from '../../model/document.js';
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

export interface MetadataReading {
  readonly metadata: Metadata;
  /** Offsets in the decoded source. */
  readonly provenance: Provenance;
  readonly diagnostics: readonly Diagnostic[];
}

/** Never throws: what the text does not say is null. */
export function readMetadata(input: MetadataInput): MetadataReading {
  const title = input.parts.find((part) => part.role === 'title') ?? input.parts[0];
  return {
    metadata: {
      title: title?.text.trim() ?? '',
      kind: '其他',
      issuers: [],
      documentNumber: null,
      writtenOn: null,
      publishedOn: null,
      effectiveOn: null,
      status: null,
      period: null,
      addressees: null,
      jurisdiction: null,
      template: false,
    },
    provenance: {},
    diagnostics: [],
  };
}
