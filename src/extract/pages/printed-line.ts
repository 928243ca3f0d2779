/** Pieces of text → printed lines: what stands on one base line, from left to right. */
import { around, type Box, type Run } from './printed-page.js';
import { closeUp } from './spacing.js';

export interface PrintedLine {
  /** The page's number, from 1. */
  readonly page: number;
  readonly box: Box;
  /** Of most of its letters, in points. */
  readonly size: number;
  readonly bold: boolean;
  readonly text: string;
  readonly runs: readonly Run[];
}

/** Two pieces of one line share at least this part of the height of the smaller one. */
const SHARED_HEIGHT = 0.5;
/** Gaps in parts of the type size: less is kerning and justification; more is a blank as wide as a character. */
const BLANK = 0.15;
const WIDE_BLANK = 0.7;
/** In points. */
const TALLEST = 1_000;

interface Row {
  readonly runs: Run[];
  readonly top: number;
  readonly bottom: number;
}

/** Lines from top to bottom. A raised or lowered figure belongs to the line that it touches. */
export function toLines(runs: readonly Run[], page: number): PrintedLine[] {
  const rows: Row[] = [];
  /** Rows by the points that they reach over, in the order in which they were begun. */
  const heights = new Map<number, number[]>();
  for (const run of [...runs].sort((a, b) => b.size - a.size || a.box[1] - b.box[1])) {
    const [, top, , bottom] = run.box;
    const reached = pointsOf(top, bottom);
    const near = reached.flatMap((point) => heights.get(point) ?? []).filter((i) => isShared(rows[i]!, run));
    if (near.length > 0) rows[near.reduce((a, b) => Math.min(a, b))]!.runs.push(run);
    else {
      for (const point of reached) {
        const there = heights.get(point);
        if (there === undefined) heights.set(point, [rows.length]);
        else there.push(rows.length);
      }
      rows.push({ runs: [run], top, bottom });
    }
  }
  return rows
    .sort((a, b) => a.top - b.top)
    .map((row) => lineOf(row.runs, page))
    .filter((line) => line.text !== '');
}

function isShared(row: Row, { box }: Run): boolean {
  const shared = Math.min(row.bottom, box[3]) - Math.max(row.top, box[1]);
  return shared > SHARED_HEIGHT * Math.min(box[3] - box[1], row.bottom - row.top);
}

/** Whole points, the topmost of them for what is taller than any type. */
function pointsOf(top: number, bottom: number): number[] {
  const first = Math.floor(top);
  const length = Math.min(Math.floor(bottom) - first, TALLEST) + 1;
  return Array.from({ length }, (_, i) => first + i);
}

export function lineOf(unsorted: readonly Run[], page: number): PrintedLine {
  const runs = dropDoubles([...unsorted].sort((a, b) => a.box[0] - b.box[0]));
  let raw = '';
  runs.forEach((run, i) => {
    const before = runs[i - 1];
    if (before !== undefined) {
      const gap = (run.box[0] - before.box[2]) / Math.max(before.size, run.size);
      raw += gap >= WIDE_BLANK ? '　' : gap >= BLANK ? ' ' : '';
    }
    raw += run.text;
  });
  const letters = runs.reduce((sum, run) => sum + run.text.length, 0);
  const bold = runs.reduce((sum, run) => sum + (run.bold ? run.text.length : 0), 0);
  return {
    page,
    box: around(runs.map((run) => run.box)),
    size: mainSize(runs),
    bold: bold > letters * 0.8,
    text: closeUp(raw),
    runs,
  };
}

/** Type printed twice to look bold, or under an image as the text layer of a scan and above it. */
function dropDoubles(runs: readonly Run[]): Run[] {
  const kept: Run[] = [];
  for (const run of runs) {
    const double = kept
      .slice(-3)
      .some(
        (other) =>
          other.text === run.text &&
          Math.abs(other.box[0] - run.box[0]) < run.size * 0.2 &&
          Math.abs(other.box[1] - run.box[1]) < run.size * 0.2,
      );
    if (!double) kept.push(run);
  }
  return kept;
}

function mainSize(runs: readonly Run[]): number {
  const letters = new Map<number, number>();
  for (const { size, text } of runs) {
    const rounded = Math.round(size * 2) / 2;
    letters.set(rounded, (letters.get(rounded) ?? 0) + text.trim().length);
  }
  return [...letters].reduce((most, one) => (one[1] > most[1] ? one : most), [0, -1] as [number, number])[0];
}

/** Parts of a line with at least `gap` type sizes of white between them. */
export function segmentsOf(line: PrintedLine, gap: number): PrintedLine[] {
  const parts: Run[][] = [];
  let right = -Infinity;
  for (const run of line.runs) {
    if (run.box[0] - right > gap * line.size) parts.push([]);
    parts.at(-1)!.push(run);
    right = Math.max(right, run.box[2]);
  }
  return parts.length === 1 ? [line] : parts.map((runs) => lineOf(runs, line.page));
}
