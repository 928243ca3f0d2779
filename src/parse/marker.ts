/** A marker as it was read: how it is printed, its number, its place in the line. */
import type { ClauseKind } from '../model/clause.js';
import { numeralValue } from '../analysis/numerals.js';

/**
 * The way a marker is printed. Forms, not kinds, decide nesting: a form that is open already is continued, whatever its usual
 * rank. 立法法 第六十五条: 编 章 节 条; GB/T 9704-2012 7.3.3: 一、 → （一） → 1. → （1）.
 */
export type Form =
  | 'part'
  | 'subpart'
  | 'chapter'
  | 'division'
  | 'article'
  | 'section'
  | 'subsection'
  | 'item'
  | 'subitem'
  | 'half'
  | 'circle'
  | 'letter'
  | 'decimal'
  | 'bullet'
  | 'annex'
  | 'question';

export interface Marker {
  readonly form: Form;
  readonly kind: ClauseKind;
  readonly number: number | null;
  /** 1 of 第十条之一. */
  readonly suffix: number | null;
  /** [2, 1] of "2.1": the numbers of a decimal marker. */
  readonly path: readonly number[] | null;
  /** Where the marker starts and where what it marks starts, in the text given. */
  readonly start: number;
  readonly end: number;
  readonly printed: string;
}

export function made(
  form: Form,
  kind: ClauseKind,
  text: string,
  start: number,
  end: number,
  number: string,
  suffix: string | undefined,
): Marker {
  return {
    form,
    kind,
    number: numeralValue(number) ?? letterValue(number),
    suffix: suffix === undefined ? null : numeralValue(suffix),
    path: null,
    start,
    end,
    printed: text.slice(start, end).trimEnd(),
  };
}

function letterValue(number: string): number | null {
  return /^[A-Z]$/.test(number) ? number.charCodeAt(0) - 64 : null;
}

export function exec(pattern: RegExp, text: string, start: number): RegExpExecArray | null {
  pattern.lastIndex = start;
  return pattern.exec(text);
}

export function skipSpace(text: string, at: number): number {
  let end = at;
  while (end < text.length && isSpace(text.charCodeAt(end))) end++;
  return end;
}

export function isSpace(code: number): boolean {
  return (
    code === 0x20 ||
    code === 0x09 ||
    code === 0x3000 ||
    code === 0xa0 ||
    code === 0xfeff ||
    (code >= 0x2000 && code <= 0x200b)
  );
}
