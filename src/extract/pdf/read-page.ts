/** One page of a PDF → its pieces of text and ruling lines, upright. */
import type { PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { around, type Box, type PrintedPage, type Run } from '../pages/printed-page.js';
import { apply, multiply, toMatrix } from './matrix.js';
import { tooLarge } from './pdf-failure.js';
import { toNormalForm } from './radicals.js';
import { readRules, type Operators } from './rules.js';
import { turnOf } from './turn.js';

/** Pieces of text on one page: more than any page of print has. */
const MOST_PIECES = 60_000;
/** Parts of the type size above and below the base line. */
const ASCENT = 0.88;
const DESCENT = 0.12;
/** Degrees that a scan or a printer may be off. */
const OBLIQUE = 4;

interface Piece {
  readonly run: Omit<Run, 'oblique'>;
  /** In degrees, clockwise, of the page as shown. */
  readonly angle: number;
}

export async function readPage(page: PDFPageProxy, operators: Operators): Promise<PrintedPage> {
  const viewport = page.getViewport({ scale: 1 });
  const view = toMatrix(viewport.transform);
  const list = await page.getOperatorList();
  // Its own normal form would make 戶 of the radical that prints 户.
  const content = await page.getTextContent({ disableNormalization: true });
  if (content.items.length > MOST_PIECES)
    throw tooLarge(`第 ${page.pageNumber} 页有 ${content.items.length} 段文字，限 ${MOST_PIECES} 段`);
  const bold = new Map(Object.keys(content.styles).map((font) => [font, isBold(page, font)]));
  const pieces = content.items.flatMap((item) => {
    if (!('str' in item)) return [];
    const text = toNormalForm(item.str);
    const at = multiply(view, toMatrix(item.transform));
    const size = Math.hypot(at[2], at[3]);
    const across = Math.hypot(at[0], at[1]);
    if (text.trim() === '' || !(size > 0.5) || !(across > 0)) return [];
    const [ux, uy] = [at[0] / across, at[1] / across];
    const [vx, vy] = [at[2] / size, at[3] / size];
    const corner = (along: number, up: number): [number, number] => [
      at[4] + ux * along + vx * up,
      at[5] + uy * along + vy * up,
    ];
    const box = around(
      [
        corner(0, size * ASCENT),
        corner(0, -size * DESCENT),
        corner(item.width, size * ASCENT),
        corner(item.width, -size * DESCENT),
      ].map(([x, y]): Box => [x, y, x, y]),
    );
    if (!box.every(Number.isFinite) || !overlaps(box, viewport.width, viewport.height)) return [];
    const angle = (Math.atan2(uy, ux) * 180) / Math.PI;
    return [{ run: { text, box, size, bold: bold.get(item.fontName) ?? false }, angle }];
  });
  const turn = turnOf(mainQuarter(pieces), viewport.width, viewport.height);
  return {
    number: page.pageNumber,
    width: turn.width,
    height: turn.height,
    runs: pieces.map(({ run, angle }) => ({
      ...run,
      box: turn.toUpright(run.box),
      oblique: Math.abs(((angle - turn.quarter * 90 + 540) % 360) - 180) > OBLIQUE,
    })),
    rules: readRules(list, operators, (matrix, box) => apply(multiply(view, matrix), box)).map(
      turn.toUpright,
    ),
    toShown: turn.toShown,
  };
}

function overlaps(box: Box, width: number, height: number): boolean {
  return box[0] < width && box[2] > 0 && box[1] < height && box[3] > 0;
}

/** The fonts of a page are known once its operators are. */
function isBold(page: PDFPageProxy, font: string): boolean {
  if (!page.commonObjs.has(font)) return false;
  const loaded = page.commonObjs.get(font) as { name?: unknown; bold?: unknown } | null;
  return loaded?.bold === true || (typeof loaded?.name === 'string' && /bold|black|heavy/i.test(loaded.name));
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
