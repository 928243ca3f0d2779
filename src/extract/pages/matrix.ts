/** The six numbers by which printed pages place things: [a, b, c, d, e, f]. */
import { around, type Box } from './printed-page.js';

export type Matrix = readonly [number, number, number, number, number, number];

/** pdfjs types its six numbers as any array. */
export function toMatrix(numbers: readonly number[]): Matrix {
  const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = numbers;
  return [a, b, c, d, e, f];
}

/** First `inner`, then `outer`. */
export function multiply(outer: Matrix, inner: Matrix): Matrix {
  return [
    outer[0] * inner[0] + outer[2] * inner[1],
    outer[1] * inner[0] + outer[3] * inner[1],
    outer[0] * inner[2] + outer[2] * inner[3],
    outer[1] * inner[2] + outer[3] * inner[3],
    outer[0] * inner[4] + outer[2] * inner[5] + outer[4],
    outer[1] * inner[4] + outer[3] * inner[5] + outer[5],
  ];
}

/** The box around a box that was turned or flipped. */
export function apply(matrix: Matrix, [left, top, right, bottom]: Box): Box {
  const corners: readonly (readonly [number, number])[] = [
    [left, top],
    [right, top],
    [left, bottom],
    [right, bottom],
  ];
  return around(
    corners.map(([x, y]): Box => {
      const px = matrix[0] * x + matrix[2] * y + matrix[4];
      const py = matrix[1] * x + matrix[3] * y + matrix[5];
      return [px, py, px, py];
    }),
  );
}
