/** Which part of a long clause to show first: whole sentences around the one that matched. */
import type { Span } from '../../model/span.js';

/** Characters shown of a folded clause, unless the sentence itself is longer. */
const ROOM = 150;
/** Folding that hides less than this is not worth a click. */
const LEAST_HIDDEN = 50;

/** Half-open range of `text` that holds all of `focus`; the whole text when it is short. */
export function foldAround(text: string, focus: Span | null, room = ROOM): Span {
  const whole = { start: 0, end: text.length };
  if (text.length <= room + LEAST_HIDDEN) return whole;
  const sentences = sentencesOf(text);
  const inFocus = (sentence: Span) =>
    focus ? sentence.start < focus.end && focus.start < sentence.end : sentence.start === 0;
  let first = sentences.findIndex(inFocus);
  let last = sentences.findLastIndex(inFocus);
  if (first < 0) return whole;
  for (;;) {
    const used = sentences[last]!.end - sentences[first]!.start;
    const fits = (sentence: Span | undefined) =>
      sentence !== undefined && used + sentence.end - sentence.start <= room;
    // What follows a sentence explains it more often than what stands before.
    if (fits(sentences[last + 1])) last++;
    else if (fits(sentences[first - 1])) first--;
    else break;
  }
  const shown = { start: sentences[first]!.start, end: sentences[last]!.end };
  return text.length - (shown.end - shown.start) < LEAST_HIDDEN ? whole : shown;
}

function sentencesOf(text: string): Span[] {
  return [...text.matchAll(/[^。！？；\n]*(?:[。！？；\n]+[”’）]*|$)/g)]
    .filter(([sentence]) => sentence !== '')
    .map(({ 0: sentence, index }) => ({ start: index, end: index + sentence.length }));
}
