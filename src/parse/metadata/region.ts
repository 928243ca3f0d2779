/** A stretch of text that is read for metadata, with the way back to the decoded source. */
import { toSource } from '../../model/source-map.js';
import type { SourceMap } from '../../model/source-map.js';
import type { Span } from '../../model/span.js';

export interface Region {
  readonly text: string;
  /** The place of [start, end) of `text` in the decoded source; null where nothing of it came from the source. */
  locate(start: number, end: number): Span | null;
}

export const NOTHING: Region = { text: '', locate: () => null };

/** What was read, and where it stands in the decoded source. */
export interface Found<T> {
  readonly value: T;
  readonly span: Span | null;
}

/** The place of a part in the inputs that hold it. */
export interface Place {
  readonly source: string;
  readonly body: string;
  readonly map: SourceMap;
}

export function bodyRegion({ body, map }: Place): Region {
  return { text: body, locate: (start, end) => toSource(map, { start, end }) };
}

/**
 * A part says its clean text and its span in the source. Where both agree, offsets carry over; where white space was folded,
 * they go through the map or through the letters themselves.
 */
export function partRegion(text: string, span: Span, place: Place): Region {
  const whole = clamp(span, place.source.length);
  const printed = place.source.slice(whole.start, whole.end);
  const shift = printed.indexOf(text);
  if (shift >= 0) {
    const base = whole.start + shift;
    return { text, locate: (start, end) => ({ start: base + start, end: base + end }) };
  }
  const aligned = align(text, printed);
  return {
    text,
    locate: (start, end) => {
      const from = aligned[start];
      const to = aligned[Math.max(start, end - 1)];
      return from === undefined || to === undefined || from < 0 || to < from
        ? whole
        : { start: whole.start + from, end: whole.start + to + 1 };
    },
  };
}

/** For each character of `text` its offset in `printed`, in order; −1 where it has none (white space of our own). */
function align(text: string, printed: string): Int32Array {
  const offsets = new Int32Array(text.length).fill(-1);
  let at = 0;
  for (let i = 0; i < text.length; i++) {
    const char = text[i]!;
    if (/\s/.test(char)) continue;
    const found = printed.indexOf(char, at);
    // A letter that is far away is another one: the texts differ here, not only in white space.
    if (found < 0 || found > at + 2_000) continue;
    offsets[i] = found;
    at = found + 1;
  }
  return offsets;
}

/** Several regions as one text, a line break between each two. */
export function joinRegions(regions: readonly Region[]): Region {
  if (regions.length < 2) return regions[0] ?? NOTHING;
  const starts: number[] = [];
  let text = '';
  for (const region of regions) {
    if (text !== '' || starts.length > 0) text += '\n';
    starts.push(text.length);
    text += region.text;
  }
  const at = (offset: number): number => {
    let index = starts.length - 1;
    while (index > 0 && starts[index]! > offset) index--;
    return index;
  };
  return {
    text,
    locate: (start, end) => {
      const first = at(start);
      const last = at(Math.max(start, end - 1));
      const a = regions[first];
      const b = regions[last];
      if (a === undefined || b === undefined) return null;
      const head = a.locate(start - starts[first]!, first === last ? end - starts[first]! : a.text.length);
      if (first === last) return head;
      const tail = b.locate(0, end - starts[last]!);
      return head === null || tail === null || tail.end < head.start
        ? (head ?? tail)
        : { start: head.start, end: tail.end };
    },
  };
}

function clamp({ start, end }: Span, length: number): Span {
  const from = Math.min(Math.max(0, Math.trunc(start) || 0), length);
  return { start: from, end: Math.min(Math.max(from, Math.trunc(end) || 0), length) };
}
