/** Two columns of text side by side → reading order. */
import { lineOf, type PrintedLine } from './printed-line.js';

/** 0: over the whole width; 1, 2: the left and right column. */
export type Column = 0 | 1 | 2;

export interface PlacedLine {
  readonly line: PrintedLine;
  readonly column: Column;
}

/** Fewer lines side by side are a table or a signature. */
const FEWEST = 5;
/** No page of print has more; on one that has, columns would take too long to find. */
const MOST = 1_000;
/** Lines of running text fill their column; cells do not. */
const FILLED = 0.6;
const GUTTER = 6;

/** `isWhole`: lines that must not be cut, such as rows of a table. */
export function inReadingOrder(
  lines: readonly PrintedLine[],
  isWhole: (line: PrintedLine) => boolean,
): PlacedLine[] {
  const band = widestBand(lines, isWhole);
  if (band === null) return lines.map((line) => ({ line, column: 0 }));
  const inside = lines.slice(band.start, band.end);
  const column = (side: Column): PlacedLine[] =>
    inside.flatMap((line) => {
      const runs = line.runs.filter((run) => (run.box[0] < band.x ? 1 : 2) === side);
      if (runs.length === 0) return [];
      return [{ line: runs.length === line.runs.length ? line : lineOf(runs, line.page), column: side }];
    });
  return [
    ...inReadingOrder(lines.slice(0, band.start), isWhole),
    ...column(1),
    ...column(2),
    ...inReadingOrder(lines.slice(band.end), isWhole),
  ];
}

interface Band {
  readonly x: number;
  readonly start: number;
  readonly end: number;
}

function widestBand(lines: readonly PrintedLine[], isWhole: (line: PrintedLine) => boolean): Band | null {
  if (lines.length < FEWEST || lines.length > MOST) return null;
  const left = Math.min(...lines.map((line) => line.box[0]));
  const right = Math.max(...lines.map((line) => line.box[2]));
  let best: Band | null = null;
  for (let part = 0.35; part <= 0.65; part += 0.01) {
    const x = left + (right - left) * part;
    const crosses = lines.map((line) =>
      isWhole(line)
        ? line.box[0] < x && line.box[2] > x
        : line.runs.some(({ box }) => box[0] < x + GUTTER && box[2] > x - GUTTER),
    );
    for (let start = 0; start < lines.length;) {
      let end = start;
      while (end < lines.length && !crosses[end]) end++;
      if (end - start >= FEWEST && (best === null || end - start > best.end - best.start)) {
        if (isFilled(lines.slice(start, end), left, x, right)) best = { x, start, end };
      }
      start = Math.max(end, start + 1);
    }
  }
  return best;
}

function isFilled(lines: readonly PrintedLine[], left: number, x: number, right: number): boolean {
  const side = (from: number, to: number) => {
    const parts = lines.map((line) => line.runs.filter(({ box }) => box[0] >= from - 1 && box[0] < to));
    const widths = parts
      .filter((runs) => runs.length > 0)
      .map((runs) => Math.max(...runs.map(({ box }) => box[2])) - Math.min(...runs.map(({ box }) => box[0])))
      .sort((a, b) => a - b);
    return { count: widths.length, median: widths[widths.length >> 1] ?? 0 };
  };
  const first = side(left, x);
  const second = side(x, right);
  return (
    first.count >= FEWEST &&
    second.count >= FEWEST &&
    first.median >= (x - left) * FILLED &&
    second.median >= (right - x) * FILLED
  );
}
