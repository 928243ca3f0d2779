/** Accounts for what is no text: tags, comments, scripts are noise with the reason "markup". */
import type { Block } from '../extracted.js';
import type { Noise } from '../../model/document.js';
import { sourceOf } from '../../model/source-map.js';

/**
 * `noise` and the stretches between, so that each character of the source that is not white space is either in the map of a block or
 * in exactly one noise. Parts that are not shown may hold others: the outer one counts.
 */
export function fillGaps(source: string, blocks: readonly Block[], noise: readonly Noise[]): Noise[] {
  const taken = [
    ...blocks.flatMap((block) => block.map.map((segment) => ({ ...sourceOf(segment), noise: null }))),
    ...noise.map((one) => ({ ...one.span, noise: one })),
  ].sort((a, b) => a.start - b.start || b.end - a.end);
  const filled: Noise[] = [];
  let at = 0;
  for (const { start, end, noise: own } of taken) {
    addMarkup(filled, source, at, start);
    if (own !== null && end > at) filled.push({ ...own, span: { start: Math.max(start, at), end } });
    at = Math.max(at, end);
  }
  addMarkup(filled, source, at, source.length);
  return filled;
}

function addMarkup(noise: Noise[], source: string, start: number, end: number): void {
  if (start >= end) return;
  const raw = source.slice(start, end);
  const left = raw.length - raw.trimStart().length;
  const right = raw.trimEnd().length;
  if (left < right) noise.push({ span: { start: start + left, end: start + right }, reason: 'markup' });
}
