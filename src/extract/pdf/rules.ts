/** Ruling lines of a page from its drawing operators: strokes, and bars that are filled (Word and browsers draw borders so). */
import { MOST_RULES } from '../pages/limits.js';
import { multiply, type Matrix } from '../pages/matrix.js';
import type { Box, Rule } from '../pages/printed-page.js';
import { isRule } from '../pages/rule-shape.js';

export type Operators = Readonly<Record<string, number>>;

interface OperatorList {
  readonly fnArray: readonly number[];
  readonly argsArray: readonly unknown[];
}

/** How pdfjs writes a path: 0 move, 1 line, 2 and 3 curves, 4 close, each followed by its coordinates. */
const COORDINATES = [2, 2, 6, 4, 0];
const IDENTITY: Matrix = [1, 0, 0, 1, 0, 0];

/** `place`: from a box under a matrix to the page as shown. */
export function readRules(
  list: OperatorList,
  ops: Operators,
  place: (matrix: Matrix, box: Box) => Box,
): Rule[] {
  const stroked = new Set([
    ops['stroke'],
    ops['closeStroke'],
    ops['fillStroke'],
    ops['eoFillStroke'],
    ops['closeFillStroke'],
    ops['closeEOFillStroke'],
  ]);
  const filled = new Set([ops['fill'], ops['eoFill']]);
  const rules: Rule[] = [];
  const saved: Matrix[] = [];
  let matrix = IDENTITY;
  list.fnArray.forEach((operator, i) => {
    const args: unknown = list.argsArray[i];
    if (operator === ops['save']) saved.push(matrix);
    else if (operator === ops['restore'] || operator === ops['paintFormXObjectEnd'])
      matrix = saved.pop() ?? IDENTITY;
    else if (operator === ops['transform'] && isMatrix(args)) matrix = multiply(matrix, args);
    else if (operator === ops['paintFormXObjectBegin']) {
      saved.push(matrix);
      if (Array.isArray(args) && isMatrix(args[0])) matrix = multiply(matrix, args[0]);
    } else if (operator === ops['constructPath'] && Array.isArray(args) && rules.length < MOST_RULES) {
      const [paint, paths] = args as [unknown, unknown];
      const path: unknown = Array.isArray(paths) ? paths[0] : null;
      if (!(path instanceof Float32Array) || typeof paint !== 'number') return;
      const boxes = stroked.has(paint) ? sidesOf(path) : filled.has(paint) ? boxesOf(path) : [];
      for (const box of boxes) {
        const placed = place(matrix, box);
        if (isRule(placed)) rules.push(placed);
      }
    }
  });
  return rules;
}

function isMatrix(args: unknown): args is Matrix {
  return Array.isArray(args) && args.length === 6 && args.every((one) => typeof one === 'number');
}

/** Every straight side of a path. */
function sidesOf(path: Float32Array): Box[] {
  const sides: Box[] = [];
  for (const points of subpaths(path)) {
    for (let i = 1; i < points.length; i++) {
      const [[ax, ay], [bx, by]] = [points[i - 1]!, points[i]!];
      if (ax === bx || ay === by)
        sides.push([Math.min(ax, bx), Math.min(ay, by), Math.max(ax, bx), Math.max(ay, by)]);
    }
  }
  return sides;
}

/** The box of each part of a path: a bar is a thin one. */
function boxesOf(path: Float32Array): Box[] {
  return subpaths(path).map((points) => {
    const xs = points.map(([x]) => x);
    const ys = points.map(([, y]) => y);
    return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
  });
}

function subpaths(path: Float32Array): (readonly [number, number])[][] {
  const parts: (readonly [number, number])[][] = [];
  for (let i = 0; i < path.length;) {
    const operator = path[i]!;
    const count = COORDINATES[operator];
    // An operator that we do not know, or a path of great length, is no border.
    if (count === undefined || parts.length > MOST_RULES) return parts;
    if (operator === 0) parts.push([]);
    const open = parts.at(-1);
    if (open !== undefined && operator === 4 && open.length > 0) open.push(open[0]!);
    else if (open !== undefined && count >= 2 && open.length < 64)
      open.push([path[i + count - 1]!, path[i + count]!]);
    i += 1 + count;
  }
  return parts.filter((part) => part.length > 0);
}
