/** Clean text → file and printed page. */
import type { SourcePlace } from '../model/answer.js';
import type { PolicyDocument } from '../model/document.js';
import { toSource, toSourcePieces, type PagePlace } from '../model/source-map.js';
import type { Span } from '../model/span.js';
import type { IndexReader } from '../store/store.js';

type Mapped = Pick<PolicyDocument, 'file' | 'map' | 'text'>;

/** Throws RangeError for a span of which nothing is mapped: no clause is such. */
export function sourcePlace(
  reader: IndexReader,
  { file, map }: Pick<Mapped, 'file' | 'map'>,
  span: Span,
): SourcePlace {
  const source = toSource(map, span);
  if (!source) throw new RangeError(`${span.start}–${span.end} has no place in ${file}`);
  const [line] = reader.places(file, { start: source.start, end: source.start + 1 });
  return { file, ...source, page: line?.page ?? null };
}

/** The printed lines of a span, without what stands between them: page numbers, running heads. */
export function printedLines(reader: IndexReader, { file, map }: Mapped, span: Span): PagePlace[] {
  const source = toSource(map, span);
  const pieces = toSourcePieces(map, span);
  return source === null
    ? []
    : reader
        .places(file, source)
        .filter((line) => pieces.some(({ start, end }) => start < line.end && end > line.start));
}

/** Where in the clean text a printed page begins. */
export interface PageStart {
  readonly page: number;
  readonly start: number;
}

/** Ascending; empty for formats without pages. A page that only held what was left out has none. */
export function pageStarts(reader: IndexReader, { file, map, text }: Mapped): PageStart[] {
  const source = toSource(map, { start: 0, end: text.length });
  const lines = source === null ? [] : reader.places(file, source);
  const starts: PageStart[] = [];
  let next = 0;
  for (const segment of map) {
    while (next < lines.length && lines[next]!.end <= segment.source) next++;
    const line = lines[next];
    if (line === undefined || line.start > segment.source) continue;
    if (line.page > (starts.at(-1)?.page ?? 0)) starts.push({ page: line.page, start: segment.clean });
  }
  return starts;
}
