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

/** Lines from top to bottom. A raised or lowered figure belongs to the line that it touches. */
export function toLines(runs: readonly Run[], page: number): PrintedLine[] {
  const rows: { runs: Run[]; top: number; bottom: number; size: number }[] = [];
  for (const run of [...runs].sort((a, b) => b.size - a.size || a.box[1] - b.box[1])) {
    const height = run.box[3] - run.box[1];
    const row = rows.find(
      (one) =>
        Math.min(one.bottom, run.box[3]) - Math.max(one.top, run.box[1]) >
        SHARED_HEIGHT * Math.min(height, one.bottom - one.top),
    );
    if (row === undefined) rows.push({ runs: [run], top: run.box[1], bottom: run.box[3], size: run.size });
    else row.runs.push(run);
  }
  return rows
    .sort((a, b) => a.top - b.top)
    .map((row) => lineOf(row.runs, page))
    .filter((line) => line.text !== '');
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
