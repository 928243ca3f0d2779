/** Printed lines of a clause → where they lie on a page, and what is said of it. */
import type { PagePlace } from '../../model/source-map.js';

/** Left, top, width, height in percent of the page. */
export interface Placed {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** `size` of the page in points. What lies outside of the page is cut off. */
export function boxesOn(
  lines: readonly PagePlace[],
  page: number,
  size: { readonly width: number; readonly height: number },
): Placed[] {
  const share = (value: number, whole: number) => Math.min(Math.max(value / whole, 0), 1) * 100;
  return lines
    .filter((line) => line.page === page)
    .map(({ box: [left, top, right, bottom] }) => ({
      left: share(left, size.width),
      top: share(top, size.height),
      width: share(right, size.width) - share(left, size.width),
      height: share(bottom, size.height) - share(top, size.height),
    }))
    .filter(({ width, height }) => width > 0 && height > 0);
}

/** The pages that hold the lines: "3", "3–5", "3、7". */
export function pagesWord(lines: readonly PagePlace[]): string {
  const runs: [number, number][] = [];
  for (const page of [...new Set(lines.map((line) => line.page))].sort((a, b) => a - b)) {
    const last = runs.at(-1);
    if (last && page === last[1] + 1) last[1] = page;
    else runs.push([page, page]);
  }
  return runs.map(([first, last]) => (first === last ? `${first}` : `${first}–${last}`)).join('、');
}
