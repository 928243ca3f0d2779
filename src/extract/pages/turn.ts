/** A page whose text runs sideways or upside down, as one holds it to read, and back. */
import type { Box } from './printed-page.js';
import { apply, type Matrix } from './matrix.js';

export interface Turn {
  readonly quarter: 0 | 1 | 2 | 3;
  readonly width: number;
  readonly height: number;
  readonly toUpright: (box: Box) => Box;
  readonly toShown: (box: Box) => Box;
}

/** `quarter`: the way the text runs on the page as shown, in quarter turns clockwise. */
export function turnOf(quarter: 0 | 1 | 2 | 3, width: number, height: number): Turn {
  const [upright, shown] = (
    [
      [
        [1, 0, 0, 1, 0, 0],
        [1, 0, 0, 1, 0, 0],
      ],
      [
        [0, -1, 1, 0, 0, width],
        [0, 1, -1, 0, width, 0],
      ],
      [
        [-1, 0, 0, -1, width, height],
        [-1, 0, 0, -1, width, height],
      ],
      [
        [0, 1, -1, 0, height, 0],
        [0, -1, 1, 0, 0, height],
      ],
    ] as const
  )[quarter] as readonly [Matrix, Matrix];
  const sideways = quarter % 2 === 1;
  return {
    quarter,
    width: sideways ? height : width,
    height: sideways ? width : height,
    toUpright: (box) => apply(upright, box),
    toShown: (box) => apply(shown, box),
  };
}
