/** A source map as numbers, a fifth of what its segments take: a comparison over very many places needs those of a thousand documents. */
import type { SourceMap, SourceSegment } from './source-map.js';
import type { Span } from './span.js';

/** Of a segment: clean, source, length, and sourceLength or NONE. */
const NUMBERS = 4;
const NONE = -1;

export class PackedMap {
  readonly #numbers: Int32Array;

  constructor(map: SourceMap) {
    this.#numbers = new Int32Array(map.length * NUMBERS);
    map.forEach(({ clean, source, length, sourceLength = NONE }, i) => {
      this.#numbers.set([clean, source, length, sourceLength], i * NUMBERS);
    });
  }

  /** The segments that hold any of a clean span, in order: all of the map that the span needs. */
  around({ start, end }: Span): SourceMap {
    const segments: SourceSegment[] = [];
    for (let at = this.#lastAtOrBefore(start); at < this.#numbers.length; at += NUMBERS) {
      const clean = this.#numbers[at]!;
      const source = this.#numbers[at + 1]!;
      const length = this.#numbers[at + 2]!;
      const sourceLength = this.#numbers[at + 3]!;
      if (clean >= end) break;
      if (clean + length <= start) continue;
      segments.push(
        sourceLength === NONE ? { clean, source, length } : { clean, source, length, sourceLength },
      );
    }
    return segments;
  }

  /** Where the last segment begins that begins at or before an offset; 0 when none does. */
  #lastAtOrBefore(offset: number): number {
    let low = 0;
    let high = this.#numbers.length / NUMBERS;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#numbers[middle * NUMBERS]! <= offset) low = middle + 1;
      else high = middle;
    }
    return Math.max(0, low - 1) * NUMBERS;
  }
}
