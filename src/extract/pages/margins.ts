/** Where the text of a page begins and ends: the left and right edge that lines of one kind of page share. */
import type { Column, PlacedLine } from './columns.js';

export interface Margins {
  readonly left: number;
  readonly right: number;
}

/** Edges must be shared by this part of the lines, and by two at least. */
const SHARED = 0.04;
/** Wrapped lines end within a letter of their edge: this part of all lines, and three at least. */
const WRAPPED = 0.2;
const FEWEST_WRAPPED = 3;
/** A right margin may be wider than the left one by this part of the width of the text. */
const UNEVEN = 0.1;

/**
 * Left and right pages have edges of their own (GB/T 9704 mirrors the binding side), and so have columns and pages of another width.
 * `width` gives the width of a page.
 */
export class PageMargins {
  readonly #known = new Map<string, Margins>();

  constructor(
    lines: readonly PlacedLine[],
    private readonly width: (page: number) => number,
  ) {
    const groups = new Map<string, PlacedLine[]>();
    for (const one of lines) {
      for (const key of this.#keys(one.line.page, one.column)) {
        const group = groups.get(key);
        if (group === undefined) groups.set(key, [one]);
        else group.push(one);
      }
    }
    for (const [key, group] of groups) this.#known.set(key, edgesOf(group, this.width(group[0]!.line.page)));
  }

  of(page: number, column: Column): Margins {
    const [own, all] = this.#keys(page, column).map((key) => this.#known.get(key));
    // Too few lines on one side of the sheet say nothing: both sides do.
    return own !== undefined && all !== undefined && own.right - own.left >= (all.right - all.left) * 0.9
      ? own
      : (all ?? { left: 0, right: this.width(page) });
  }

  #keys(page: number, column: Column): [string, string] {
    const shape = `${Math.round(this.width(page))}/${column}`;
    return [`${shape}/${page % 2}`, shape];
  }
}

function edgesOf(group: readonly PlacedLine[], width: number): Margins {
  const fewest = Math.ceil(Math.max(2, group.length * SHARED));
  const near = group[0]!.line.size * 0.5;
  /** The first value that so many share, else the first. */
  const firstShared = (values: readonly number[]): number => {
    const sorted = [...values].sort((a, b) => a - b);
    const shared = sorted.find((value, i) => {
      const last = sorted[i + fewest - 1];
      return last !== undefined && last - value <= near;
    });
    return shared ?? sorted[0]!;
  };
  const left = firstShared(group.map(({ line }) => line.box[0]));
  const right = -firstShared(group.map(({ line }) => -line.box[2]));
  // Of a text of short lines the longest is not full: its edge is that of the page.
  const edge = width - left;
  const isShort = group[0]!.column === 0 && right < edge - (edge - left) * UNEVEN;
  return { left, right: isShort && !isWrapped(group, right) ? edge : right };
}

/** Many lines end at the edge, and hardly one beyond it. */
function isWrapped(group: readonly PlacedLine[], right: number): boolean {
  const beyond = group.filter(({ line }) => line.box[2] > right + line.size).length;
  const full = group.filter(({ line }) => Math.abs(right - line.box[2]) <= line.size).length;
  return full >= Math.max(FEWEST_WRAPPED, group.length * WRAPPED, beyond * 4);
}
