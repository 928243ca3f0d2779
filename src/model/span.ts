/** Half-open ranges of text: the one definition of an offset in this project. */

/**
 * A half-open range [start, end) in UTF-16 code units, as `String.prototype.slice` counts them.
 * Which text it refers to is said where the span is kept: a document's clean text unless named otherwise.
 */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Makes a span. Throws RangeError unless 0 ≤ start ≤ end and both are integers: that is our bug, not dirty text. */
export function span(start: number, end: number): Span {
  if (!Number.isInteger(start) || !Number.isInteger(end) || start < 0 || end < start) {
    throw new RangeError(`invalid span [${start}, ${end})`);
  }
  return { start, end };
}

/** Whether `outer` holds all of `inner`. */
export function contains(outer: Span, inner: Span): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

/** The quoted text of a span. */
export function slice(text: string, { start, end }: Span): string {
  return text.slice(start, end);
}
