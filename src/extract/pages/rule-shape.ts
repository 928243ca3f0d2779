/** Which boxes that a page draws are ruling lines. */
import type { Box } from './printed-page.js';

/** In points. */
const THICKEST = 3;
const SHORTEST = 8;

/** A stroke, or a bar that is filled: Word and browsers draw borders so. */
export function isRule([left, top, right, bottom]: Box): boolean {
  const [wide, high] = [right - left, bottom - top];
  return Math.min(wide, high) <= THICKEST && Math.max(wide, high) >= SHORTEST;
}
