/** Text cut at the borders of marked spans, so that it can be rendered as text nodes. */
import type { Span } from '../../model/span.js';

export interface Mark extends Span {
  readonly kind: string;
}

export interface Segment {
  readonly text: string;
  /** Kinds of the marks that cover it. */
  readonly kinds: readonly string[];
}

/** Joined again, the texts of the segments are `text`. Marks may overlap; what reaches outside of the text is cut off. */
export function segmentsOf(text: string, marks: readonly Mark[]): Segment[] {
  const borders = new Set([0, text.length]);
  for (const { start, end } of marks) {
    borders.add(Math.min(Math.max(start, 0), text.length));
    borders.add(Math.min(Math.max(end, 0), text.length));
  }
  const sorted = [...borders].sort((a, b) => a - b);
  const segments: Segment[] = [];
  for (let i = 0; i + 1 < sorted.length; i++) {
    const start = sorted[i]!;
    const end = sorted[i + 1]!;
    const covering = marks.filter((mark) => mark.start <= start && end <= mark.end);
    segments.push({ text: text.slice(start, end), kinds: [...new Set(covering.map(({ kind }) => kind))] });
  }
  return segments;
}

/** Where the words stand in the text; of overlapping ones the first given wins. */
export function occurrences(text: string, words: readonly string[]): Span[] {
  const found: Span[] = [];
  for (const word of words) {
    if (word === '') continue;
    for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + word.length)) {
      const end = at + word.length;
      if (!found.some((other) => other.start < end && at < other.end)) found.push({ start: at, end });
    }
  }
  return found.sort((a, b) => a.start - b.start);
}
