/** Path data (GB/T 33190's AbbreviatedData) → the boxes of its sides, or of its parts. */
import { MOST_RULES } from '../pages/limits.js';
import { around, type Box } from '../pages/printed-page.js';
import type { PathObject } from './page-object.js';

/** Numbers after each operator; the last two are where it ends. */
const OPERANDS: Readonly<Record<string, number>> = { S: 2, M: 2, L: 2, Q: 4, B: 6, A: 7, C: 0 };

/** In the space of the object. A stroke is as long as its side; a bar that is filled is as wide as its box. */
export function boxesOf({ data, stroke, fill }: PathObject): Box[] {
  if (!stroke && !fill) return [];
  const parts = partsOf(data).filter((part) => part.length > 1);
  return stroke ? parts.flatMap(sidesOf) : parts.map((part) => around(part.map(pointBox)));
}

type Point = readonly [number, number];

function pointBox([x, y]: Point): Box {
  return [x, y, x, y];
}

function sidesOf(part: readonly Point[]): Box[] {
  return part.slice(1).map((point, i) => around([pointBox(part[i]!), pointBox(point)]));
}

function partsOf(data: string): Point[][] {
  const parts: Point[][] = [];
  let points = 0;
  let operator = '';
  let operands: number[] = [];
  for (const [word] of data.matchAll(/[A-Za-z]|[^\sA-Za-z,]+/g)) {
    if (word in OPERANDS) {
      operator = word;
      operands = [];
    } else operands.push(Number(word));
    // Longer ones are drawings, and what we cannot read is no border.
    const needed = OPERANDS[operator];
    if (needed === undefined || ++points > MOST_RULES * 8) return parts;
    if (operands.length < needed) continue;
    if (operator === 'M' || operator === 'S') parts.push([]);
    const open = parts.at(-1);
    if (operator === 'C' && open?.[0] !== undefined) open.push(open[0]);
    else if (needed >= 2) open?.push([operands[needed - 2]!, operands[needed - 1]!]);
    operands = [];
  }
  return parts;
}
