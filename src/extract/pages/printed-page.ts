/** What a reader of printed pages (pdf, ofd) hands over: pieces of text and ruling lines, each at its place. */

/** Left, top, right, bottom in points from the top left corner of the page. */
export type Box = readonly [number, number, number, number];

/** Letters that the file prints in one go: a word, a line, or one character. Reading order is found from the boxes alone. */
export interface Run {
  readonly text: string;
  readonly box: Box;
  /** In points. */
  readonly size: number;
  readonly bold: boolean;
  /** Slanted across the page, as watermarks are. */
  readonly oblique: boolean;
}

/** A horizontal or vertical ruling line, however it was drawn. */
export type Rule = Box;

/** Boxes are those of the page as one reads it: a page whose text runs sideways is turned first. */
export interface PrintedPage {
  /** From 1. */
  readonly number: number;
  readonly width: number;
  readonly height: number;
  readonly runs: readonly Run[];
  readonly rules: readonly Rule[];
  /** From a box of the page as one reads it to the box of the page as shown. */
  readonly toShown: (box: Box) => Box;
}

/** The smallest box around all. */
export function around(boxes: readonly Box[]): Box {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const box of boxes) {
    left = Math.min(left, box[0]);
    top = Math.min(top, box[1]);
    right = Math.max(right, box[2]);
    bottom = Math.max(bottom, box[3]);
  }
  return [left, top, right, bottom];
}
