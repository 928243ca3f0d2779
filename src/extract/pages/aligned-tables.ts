/** Tables without ruling lines: neighbouring lines whose parts stand under each other. */
import { segmentsOf, type PrintedLine } from './printed-line.js';
import { around } from './printed-page.js';
import type { PrintedRow } from './ruled-tables.js';

/** White between two cells, in type sizes. */
const GAP = 1.2;
/** A contents line leads to its page with dots. */
export const LEADER = /[.…·．]{3,}\s*[—\-(（]?\s*\d{1,4}\s*[—\-)）]?$/;
const FEWEST_ROWS = 3;
/** White above a line, in parts of the widest distance of two rows, that sets it off from the table. */
const SET_OFF = 1.25;
const DATE =
  /^\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日$|^[二〇○零一九]{4}年[一二三四五六七八九十]{1,3}月[一二三四五六七八九十]{1,3}日$/;

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
  return full >= FEWEST_ROWS || (full === 2 && head.length >= 3)
    ? withoutSignature(parts, start, end)
    : start;
}

/**
 * GB/T 9704 sets issuer and date to the right, under the last columns of a table that closes the text: lines of one part that are set off by
 * white, or the last two of them with a date below.
 */
function withoutSignature(parts: readonly (readonly PrintedLine[])[], start: number, end: number): number {
  let first = end;
  while (parts[first - 1]!.length === 1 && columnOf(parts[start]!, parts[first - 1]![0]!) > 0) first--;
  const top = (i: number): number => parts[i]![0]!.box[1];
  const pitch = Math.max(...parts.slice(start + 1, first).map((_, i) => top(start + i + 1) - top(start + i)));
  for (let i = first; i < end; i++) if (top(i) - top(i - 1) > pitch * SET_OFF) return i;
  const date = parts.findIndex((own, i) => i > first && i < end && DATE.test(own[0]!.text));
  return date < 0 ? end : date - 1;
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
