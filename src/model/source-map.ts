/** The way from a document's clean text back to the decoded source file. */
import type { Span } from './span.js';

/**
 * `length` units from `clean` on stand verbatim from `source` on in the decoded source file; with `sourceLength` they stand for that many
 * units there, and only as a whole: a character reference of a web page (&mdash;).
 */
export interface SourceSegment {
  readonly clean: number;
  readonly source: number;
  readonly length: number;
  readonly sourceLength?: number;
}

/**
 * Segments in ascending order of `clean`, not overlapping. Clean text between two segments (a line break where two
 * parts were joined) was added by us and has no source place.
 */
export type SourceMap = readonly SourceSegment[];

/** Where all of a segment stands in the source. */
export function sourceOf({ source, length, sourceLength = length }: SourceSegment): Span {
  return { start: source, end: source + sourceLength };
}

/** One printed line: [start, end) of the decoded source stands in `box` of a page. */
export interface PagePlace {
  readonly start: number;
  readonly end: number;
  /** From 1. */
  readonly page: number;
  /** Left, top, right, bottom in points (1/72 inch) from the top left corner of the page as shown. */
  readonly box: readonly [number, number, number, number];
}

/** The ranges of the source that hold the mapped characters of a clean span, in the order of the clean text. */
export function toSourcePieces(map: SourceMap, { start, end }: Span): Span[] {
  const pieces: Span[] = [];
  for (let i = Math.max(lastSegmentAtOrBefore(map, start), 0); i < map.length; i++) {
    const segment = map[i]!;
    if (segment.clean >= end) break;
    const from = Math.max(start, segment.clean);
    const to = Math.min(end, segment.clean + segment.length);
    const delta = segment.source - segment.clean;
    if (from < to)
      pieces.push(
        segment.sourceLength === undefined ? { start: from + delta, end: to + delta } : sourceOf(segment),
      );
  }
  return pieces;
}

/**
 * The smallest range of the source that holds all mapped characters of a clean span, or null when none of it is mapped.
 * Between start and end the source may hold noise that the clean text left out.
 */
export function toSource(map: SourceMap, span: Span): Span | null {
  const pieces = toSourcePieces(map, span);
  const [first] = pieces;
  return first === undefined ? null : { start: first.start, end: pieces.at(-1)!.end };
}

/** Index of the last segment whose clean start is ≤ offset, or −1. */
function lastSegmentAtOrBefore(map: SourceMap, offset: number): number {
  let low = 0;
  let high = map.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (map[middle]!.clean <= offset) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
