/** Tables without ruling lines: neighbouring lines whose parts stand under each other. */
import { segmentsOf, type PrintedLine } from './printed-line.js';
import { around } from './printed-page.js';
import type { PrintedRow } from './ruled-tables.js';

/** White between two cells, in type sizes. */
const GAP = 1.2;
/** A contents line leads to its page with dots. */
export const LEADER = /[.…·．]{3,}\s*[—\-(（]?\s*\d{1,4}\s*[—\-)）]?$/;
const FEWEST_ROWS = 3;

/** Lines in reading order of one page and column → the same, rows in place of the lines that are theirs. */
export function findAlignedTables(lines: readonly PrintedLine[]): (PrintedLine | PrintedRow)[] {
  const parts = lines.map((line) => (LEADER.test(line.text) ? [line] : segmentsOf(line, GAP)));
  const result: (PrintedLine | PrintedRow)[] = [];
  for (let i = 0; i < lines.length;) {
    const end = endOfTable(parts, i);
    if (end === i) {
      result.push(lines[i++]!);
      continue;
    }
    result.push(...toRows(parts.slice(i, end)));
    i = end;
  }
  return result;
}

/** A table opens with its widest row and goes on as long as every part stands in one of its columns. */
function endOfTable(parts: readonly (readonly PrintedLine[])[], start: number): number {
  const head = parts[start]!;
  if (head.length < 2) return start;
  let end = start + 1;
  let full = 1;
  while (end < parts.length && isNear(parts[end - 1]!, parts[end]!)) {
    const own = parts[end]!;
    if (!own.every((part) => columnOf(head, part) >= 0)) break;
    if (own.length === 1 && head.length === 2 && columnOf(head, own[0]!) === 0) break;
    if (own.length === head.length) full++;
    end++;
  }
  return full >= FEWEST_ROWS || (full === 2 && head.length >= 3) ? end : start;
}

function isNear(above: readonly PrintedLine[], below: readonly PrintedLine[]): boolean {
  return below[0]!.box[1] - above[0]!.box[3] < below[0]!.size * 2.5;
}

/** Left, right or centre stand under each other, and no other column's head is covered. */
function columnOf(head: readonly PrintedLine[], part: PrintedLine): number {
  const under = head.flatMap(({ box }, i) => (box[0] < part.box[2] && part.box[0] < box[2] ? [i] : []));
  if (under.length > 1) return -1;
  const near = head.findIndex(({ box }) => {
    const tolerance = part.size * 0.8;
    return (
      Math.abs(box[0] - part.box[0]) < tolerance ||
      Math.abs(box[2] - part.box[2]) < tolerance ||
      Math.abs(box[0] + box[2] - part.box[0] - part.box[2]) < tolerance * 2
    );
  });
  return near >= 0 ? near : (under[0] ?? -1);
}

/** A line that has nothing in the first column goes on in the cells above it. */
function toRows(parts: readonly (readonly PrintedLine[])[]): PrintedRow[] {
  const head = parts[0]!;
  const rows: PrintedLine[][][] = [];
  for (const own of parts) {
    const columns = own.map((part) => columnOf(head, part));
    if (columns[0] === 0 || rows.length === 0) rows.push(head.map(() => []));
    own.forEach((part, i) => rows.at(-1)![columns[i]!]!.push(part));
  }
  return rows.map((row) => {
    const cells = row.filter((lines) => lines.length > 0);
    return { page: head[0]!.page, cells, box: around(cells.flat().map((line) => line.box)) };
  });
}
