/** Clause → passages for the model: its sentences, and windows of two neighbouring sentences. */
import type { Clause } from '../model/clause.js';
import type { Passage, PassageKind } from '../model/passage.js';
import type { Span } from '../model/span.js';

const CLOSING = /[”’"』」）)】》〉\]]/;
/** Where an over-long sentence is split, best first. */
const SPLITS: readonly RegExp[] = [/[；;]/, /[，,：:]/, /[、]/];
/** A fragment shorter than this joins the sentence after it: "1." or "（一）" alone says nothing. */
const SHORTEST = 5;

/**
 * Sentences first, then windows (a sentence with the one before it), both in the order of the text. None is longer than `maxChars`
 * UTF-16 units; a window that would be is left out, a sentence that would be is split. Throws RangeError when maxChars < 2.
 */
export function passagesOf(clause: Clause, maxChars: number): Passage[] {
  if (!Number.isInteger(maxChars) || maxChars < 2)
    throw new RangeError(`maxChars must be an integer ≥ 2, got ${maxChars}`);
  const sentences = sentencesOf(clause.text).flatMap((span) => fit(clause.text, span, maxChars));
  const passages = sentences.map((span) => passage(clause, 'sentence', span));
  for (let i = 1; i < sentences.length; i++) {
    const span = { start: sentences[i - 1]!.start, end: sentences[i]!.end };
    if (span.end - span.start <= maxChars) passages.push(passage(clause, 'window', span));
  }
  return passages;
}

function passage(clause: Clause, kind: PassageKind, { start, end }: Span): Passage {
  return {
    clauseId: clause.id,
    kind,
    span: { start: clause.span.start + start, end: clause.span.start + end },
    text: clause.text.slice(start, end),
  };
}

/** Sentences of a text, trimmed, in order; together they hold every character that is not white space. */
export function sentencesOf(text: string): Span[] {
  const ends: number[] = [];
  const openBrackets: number[] = [];
  for (let i = 0; i < text.length; i++) {
    const char = text[i]!;
    if (char === '\n') {
      ends.push(i + 1);
      openBrackets.length = 0;
    } else if (char === '（' || char === '(') openBrackets.push(i);
    else if (char === '）' || char === ')') openBrackets.pop();
    else if (endsSentence(text, i) && openBrackets.length === 0) {
      let end = i + 1;
      while (end < text.length && (CLOSING.test(text[end]!) || /[。！？!?…]/.test(text[end]!))) end++;
      ends.push(end);
      i = end - 1;
    }
  }
  ends.push(text.length);
  const spans: Span[] = [];
  let from = 0;
  for (const end of ends) {
    if (end <= from) continue;
    const span = trim(text, from, end);
    from = end;
    if (span === null) continue;
    const before = spans.at(-1);
    if (before !== undefined && before.end - before.start < SHORTEST)
      spans[spans.length - 1] = { start: before.start, end: span.end };
    else spans.push(span);
  }
  return spans;
}

/** 。！？ end a sentence; "." and "?" only where no figure or letter follows. */
function endsSentence(text: string, i: number): boolean {
  const char = text[i]!;
  if (char === '。' || char === '！' || char === '？' || char === '!' || char === '?') return true;
  return char === '…' && text[i + 1] !== '…' && text[i - 1] === '…';
}

/** Pieces of a sentence none of which is longer than `max`. */
function fit(text: string, whole: Span, max: number): Span[] {
  const pieces: Span[] = [];
  let { start } = whole;
  while (whole.end - start > max) {
    const end = splitAt(text, start, start + max);
    const piece = trim(text, start, end);
    if (piece !== null) pieces.push(piece);
    start = end;
  }
  const rest = trim(text, start, whole.end);
  if (rest !== null) pieces.push(rest);
  return pieces;
}

/** The last good place to split in [from, to), not before its middle; else as far as it goes, no surrogate pair cut. */
function splitAt(text: string, from: number, to: number): number {
  for (const pattern of SPLITS) {
    for (let i = to - 1; i > from + (to - from) / 2; i--) if (pattern.test(text[i]!)) return i + 1;
  }
  const code = text.charCodeAt(to - 1);
  return code >= 0xd800 && code < 0xdc00 && to - 1 > from ? to - 1 : to;
}

function trim(text: string, from: number, to: number): Span | null {
  let start = from;
  let end = to;
  while (start < end && /\s/.test(text[start]!)) start++;
  while (end > start && /\s/.test(text[end - 1]!)) end--;
  return start < end ? { start, end } : null;
}
