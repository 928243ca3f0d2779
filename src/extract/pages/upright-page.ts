/** Pieces of text as a page prints them → the page as one holds it to read. */
import type { Matrix } from './matrix.js';
import { around, type Box, type PrintedPage, type Rule, type Run } from './printed-page.js';
import { toNormalForm } from './radicals.js';
import { turnOf } from './turn.js';

/** Parts of the type size above and below the base line. */
const ASCENT = 0.88;
const DESCENT = 0.12;
/** Degrees that a scan or a printer may be off. */
const OBLIQUE = 4;

export interface Piece {
  readonly run: Omit<Run, 'oblique'>;
  /** In degrees, clockwise, of the page as shown. */
  readonly angle: number;
}

/** Of the page as shown, in points. */
export interface Sheet {
  readonly number: number;
  readonly width: number;
  readonly height: number;
}

/**
 * `at`: from the space of a letter (1 is the type size, y upwards, 0 the base line) to the page as shown. `length`: along the base line, in
 * points. null when nothing of it can be read: blanks, no size, beside the page.
 */
export function toPiece(raw: string, at: Matrix, length: number, bold: boolean, sheet: Sheet): Piece | null {
  const text = toNormalForm(raw);
  const size = Math.hypot(at[2], at[3]);
  const across = Math.hypot(at[0], at[1]);
  if (text.trim() === '' || !(size > 0.5) || !(across > 0)) return null;
  const [ux, uy] = [at[0] / across, at[1] / across];
  const [vx, vy] = [at[2] / size, at[3] / size];
  const corner = (along: number, up: number): Box => {
    const [x, y] = [at[4] + ux * along + vx * up, at[5] + uy * along + vy * up];
    return [x, y, x, y];
  };
  const box = around([
    corner(0, size * ASCENT),
    corner(0, -size * DESCENT),
    corner(length, size * ASCENT),
    corner(length, -size * DESCENT),
  ]);
  if (!box.every(Number.isFinite) || !overlaps(box, sheet)) return null;
  return { run: { text, box, size, bold }, angle: (Math.atan2(uy, ux) * 180) / Math.PI };
}

function overlaps(box: Box, { width, height }: Sheet): boolean {
  return box[0] < width && box[2] > 0 && box[1] < height && box[3] > 0;
}

export function uprightPage(
  { number, width, height }: Sheet,
  pieces: readonly Piece[],
  rules: readonly Rule[],
): PrintedPage {
  const turn = turnOf(mainQuarter(pieces), width, height);
  return {
    number,
    width: turn.width,
    height: turn.height,
    runs: pieces.map(({ run, angle }) => ({
      ...run,
      box: turn.toUpright(run.box),
      oblique: Math.abs(((angle - turn.quarter * 90 + 540) % 360) - 180) > OBLIQUE,
    })),
    rules: rules.map(turn.toUpright),
    toShown: turn.toShown,
  };
}

/** Which way most of the text runs, in quarter turns clockwise. */
function mainQuarter(pieces: readonly Piece[]): 0 | 1 | 2 | 3 {
  const letters: [number, number, number, number] = [0, 0, 0, 0];
  for (const { run, angle } of pieces) {
    const quarter = (Math.round(angle / 90) + 4) % 4;
    if (Math.abs(((angle - quarter * 90 + 540) % 360) - 180) <= OBLIQUE)
      letters[quarter as 0 | 1 | 2 | 3] += run.text.length;
  }
  return letters.indexOf(Math.max(...letters)) as 0 | 1 | 2 | 3;
}
