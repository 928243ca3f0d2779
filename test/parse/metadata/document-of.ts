/** Builds a source text from its parts, as a reader of pages would hand them over. */
import {
  readMetadata,
  type MetadataPart,
  type MetadataReading,
} from '../../../src/parse/metadata/read-metadata.js';

export interface Sketch {
  readonly noticeTitle?: string;
  readonly notice?: string;
  readonly title?: string;
  readonly header?: string;
  readonly text?: string;
  readonly signature?: string;
  /** Rows of a 信息公开 table. */
  readonly fields?: Readonly<Record<string, string>>;
}

export interface Reading extends MetadataReading {
  readonly source: string;
  /** What stands at the provenance of a field. */
  printed(field: keyof MetadataReading['metadata']): string | null;
}

/** The source is: a line of navigation, the table, and the parts in the order of a printed document. */
export function documentOf(sketch: Sketch): Reading {
  let source = '首页 > 政务公开\n';
  const put = (text: string): { start: number; end: number } => {
    const start = source.length;
    source += `${text}\n`;
    return { start, end: start + text.length };
  };
  const fields = Object.entries(sketch.fields ?? {}).map(([name, value]) => {
    source += `[ ${name} ] `;
    return { name, value, span: put(value) };
  });
  const base = source.length;
  const parts: MetadataPart[] = [];
  const order = [
    ['notice-title', sketch.noticeTitle],
    ['notice', sketch.notice],
    ['title', sketch.title],
    ['header', sketch.header],
    [null, sketch.text],
    ['signature', sketch.signature],
  ] as const;
  for (const [role, text] of order) {
    if (text === undefined) continue;
    if (role === 'header' || role === 'signature')
      for (const line of text.split('\n')) parts.push({ role, text: line, span: put(line) });
    else if (role === null) put(text);
    else parts.push({ role, text, span: put(text) });
  }
  const body = source.slice(base);
  const reading = readMetadata({
    parts,
    fields,
    body,
    map: [{ clean: 0, source: base, length: body.length }],
    source,
  });
  return {
    ...reading,
    source,
    printed: (field) => {
      const span = reading.provenance[field];
      return span === undefined ? null : source.slice(span.start, span.end);
    },
  };
}
