/** Values of attributes as GB/T 33190 writes them: numbers parted by blanks, places, matrices. */
import { multiply, toMatrix, type Matrix } from '../pages/matrix.js';
import type { Attributes } from '../xml.js';

/** null: not so many numbers, or something that is none. */
export function numbersOf(value: string | undefined, count: number): readonly number[] | null {
  const words = (value ?? '').split(/[\s,]+/).filter((word) => word !== '');
  const numbers = words.map(Number);
  return numbers.length === count && numbers.every(Number.isFinite) ? numbers : null;
}

export function numberOf(value: string | undefined): number | null {
  return numbersOf(value, 1)?.[0] ?? null;
}

/** From the space of an object to that around it: first its CTM, then the corner of its boundary. */
export function placeOf({ Boundary: boundary, CTM: ctm }: Attributes): Matrix {
  const [x = 0, y = 0] = numbersOf(boundary, 4) ?? [];
  return multiply([1, 0, 0, 1, x, y], toMatrix(numbersOf(ctm, 6) ?? []));
}
