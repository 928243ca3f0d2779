/** A line of the text under work: trimmed, with its way back to the source. */
import type { Block } from '../extract/extracted.js';
import type { Noise } from '../model/document.js';
import { sourceOf, type SourceMap, type SourceSegment } from '../model/source-map.js';
import type { Span } from '../model/span.js';

export interface Line {
  readonly text: string;
  readonly map: SourceMap;
  readonly kind: Block['kind'];
  readonly cells: readonly Span[];
  /** The source line opened with white space: a paragraph of its own. */
  readonly indented: boolean;
  /** It stood in one source line with the line before it. */
  readonly glued: boolean;
}

export function toLine(block: Block): Line {
  const start = block.text.length - block.text.trimStart().length;
  const end = block.text.trimEnd().length;
  const line = cut(
    {
      text: block.text,
      map: block.map,
      kind: block.kind,
      cells: block.cells ?? [],
      indented: start > 0,
      glued: false,
    },
    start,
    end,
  );
  return { ...line, glued: false };
}

/** The part [start, end) of a line. A part that does not open the line is glued to what stood before it. */
export function cut(line: Line, start: number, end: number): Line {
  return {
    text: line.text.slice(start, end),
    map: cutMap(line.map, start, end),
    kind: line.kind,
    cells: line.cells
      .filter((cell) => cell.start >= start && cell.end <= end)
      .map((cell) => ({ start: cell.start - start, end: cell.end - start })),
    indented: start === 0 && line.indented,
    glued: start > 0 || line.glued,
  };
}

/** Two halves of one sentence as one line; nothing is put between them, unless two words of Latin letters would run together. */
export function joinLines(first: Line, second: Line): Line {
  const glue = /[A-Za-z,;.]$/.test(first.text) && /^[A-Za-z]/.test(second.text) ? ' ' : '';
  const shift = first.text.length + glue.length;
  return {
    ...first,
    text: first.text + glue + second.text,
    map: [...first.map, ...shiftMap(second.map, shift)],
  };
}

export function cutMap(map: SourceMap, start: number, end: number): SourceSegment[] {
  const segments: SourceSegment[] = [];
  for (const segment of map) {
    const { clean, source, length, sourceLength } = segment;
    const from = Math.max(clean, start);
    const to = Math.min(clean + length, end);
    if (from >= to) continue;
    const cut = { clean: from - start, length: to - from };
    // Part of what a reference stands for is all of the reference.
    if (sourceLength === undefined) segments.push({ ...cut, source: source + from - clean });
    else segments.push({ ...cut, source, sourceLength });
  }
  return segments;
}

export function shiftMap(map: SourceMap, by: number): SourceSegment[] {
  return map.map((segment) => ({ ...segment, clean: segment.clean + by }));
}

/** A line that was dropped, as noise. */
export function lineNoise(line: Line, reason: string): Noise[] {
  return line.map.map((segment) => ({ span: sourceOf(segment), reason }));
}

/** Whether a line ends as a sentence or a list item does, closing quotes and brackets after it included. */
export function isTerminated(text: string): boolean {
  return /[。！？!?；;：:…．.][”’"』」）)】》〕]*$/.test(text) || /[）)】》〕]$/.test(text);
}
