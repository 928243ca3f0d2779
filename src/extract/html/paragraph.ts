/** Builds the text of one paragraph as a browser shows it, with the way of each character back to the source. */
import type { SourceSegment } from '../../model/source-map.js';
import { decodeReference } from './references.js';

const TOKEN =
  /[ \t\n\r\f]+|&(?:#\d{1,7}|#[xX][\da-fA-F]{1,6}|[A-Za-z][\dA-Za-z]{1,31});?|[\u00ad\u200b-\u200d\u2060\ufeff]+|[^ \t\n\r\f&\u00ad\u200b-\u200d\u2060\ufeff]+|&/g;
/** Characters without width: layout, not text. */
const NO_WIDTH = /^[\u00ad\u200b-\u200d\u2060\ufeff]+$/;
/** CSS Text 3, 4.1.3: a line break of the source between two wide characters is no space. */
const WIDE = /[\u2014\u2018-\u201d\u2026\u3000-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]/;

export class Paragraph {
  private parts: string[] = [];
  private segments: SourceSegment[] = [];
  private length = 0;
  private last = '';
  private space: { readonly at: number; readonly broken: boolean } | null = null;
  /** Characters of links, and of all text. */
  linked = 0;
  letters = 0;

  constructor(private readonly source: string) {}

  /** Text that is not in the source: the number of a list item. */
  add(text: string): void {
    this.parts.push(text);
    this.length += text.length;
    this.last = text.slice(-1);
  }

  /** Raw text [start, end) of the source. */
  append(start: number, end: number, isLink: boolean): void {
    for (const match of this.source.slice(start, end).matchAll(TOKEN)) {
      const raw = match[0];
      const at = start + match.index;
      if (NO_WIDTH.test(raw)) continue;
      if (raw.trimStart() === '' && !/[\u3000\u00a0]/.test(raw)) this.blank(at, raw);
      else if (raw[0] === '&' && raw.length > 2) this.reference(raw, at, isLink);
      else this.put(raw, at, raw.length, isLink);
    }
  }

  /** A space of a <pre>, kept as it is. */
  verbatim(start: number, end: number): void {
    if (end > start) this.put(this.source.slice(start, end), start, end - start, false);
  }

  private blank(at: number, raw: string): void {
    if (this.length === 0) return;
    const broken = /[\n\r]/.test(raw);
    this.space = { at: this.space?.at ?? at, broken: broken || (this.space?.broken ?? false) };
  }

  private reference(raw: string, at: number, isLink: boolean): void {
    const text = decodeReference(raw);
    if (NO_WIDTH.test(text)) return;
    if (text === raw) this.put(raw, at, raw.length, isLink);
    else if (/^[ \t\n\r\f]+$/.test(text)) this.blank(at, text);
    // White space has no source place: nobody quotes it, and trimming it must not lose a character of the source.
    else if (text.trim() === '') this.put(text, at, 0, isLink);
    else this.put(text, at, raw.length, isLink);
  }

  /** `sourceLength`: of what stands for the text in the source; 0: it has no place there. */
  private put(text: string, at: number, sourceLength: number, isLink: boolean): void {
    const { space } = this;
    if (space !== null) {
      this.space = null;
      if (!(space.broken && WIDE.test(this.last) && WIDE.test(text[0]!))) {
        if (this.source[space.at] === ' ') this.map(space.at, 1, 1);
        this.add(' ');
      }
    }
    if (sourceLength > 0) this.map(at, text.length, sourceLength);
    this.add(text);
    this.letters += text.length;
    if (isLink) this.linked += text.length;
  }

  /** A reference, which is longer than its text, is a segment of its own: it does not stand verbatim in the source. */
  private map(source: number, length: number, sourceLength: number): void {
    const clean = this.length;
    const before = this.segments.at(-1);
    if (sourceLength !== length) this.segments.push({ clean, source, length, sourceLength });
    else if (
      before !== undefined &&
      before.sourceLength === undefined &&
      before.source + before.length === source &&
      before.clean + before.length === clean
    )
      this.segments[this.segments.length - 1] = { ...before, length: before.length + length };
    else this.segments.push({ clean, source, length });
  }

  /** Text and map; null when there is nothing but white space. */
  finish(): { readonly text: string; readonly map: readonly SourceSegment[] } | null {
    const text = this.parts.join('');
    return text.trim() === '' || this.segments.length === 0 ? null : { text, map: this.segments };
  }
}
