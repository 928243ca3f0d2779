/** One page of a PDF → its pieces of text and ruling lines, upright. */
import type { PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { MOST_PIECES } from '../pages/limits.js';
import { apply, multiply, toMatrix } from '../pages/matrix.js';
import { tooLarge } from '../pages/page-failure.js';
import type { PrintedPage } from '../pages/printed-page.js';
import { toPiece, uprightPage } from '../pages/upright-page.js';
import { readRules, type Operators } from './rules.js';

export async function readPage(page: PDFPageProxy, operators: Operators): Promise<PrintedPage> {
  const viewport = page.getViewport({ scale: 1 });
  const sheet = { number: page.pageNumber, width: viewport.width, height: viewport.height };
  const view = toMatrix(viewport.transform);
  const list = await page.getOperatorList();
  // Its own normal form would make 戶 of the radical that prints 户.
  const content = await page.getTextContent({ disableNormalization: true });
  if (content.items.length > MOST_PIECES)
    throw tooLarge('PDF', `第 ${sheet.number} 页有 ${content.items.length} 段文字，限 ${MOST_PIECES} 段`);
  const bold = new Map(Object.keys(content.styles).map((font) => [font, isBold(page, font)]));
  const pieces = content.items.flatMap((item) => {
    if (!('str' in item)) return [];
    const at = multiply(view, toMatrix(item.transform));
    return toPiece(item.str, at, item.width, bold.get(item.fontName) ?? false, sheet) ?? [];
  });
  const rules = readRules(list, operators, (matrix, box) => apply(multiply(view, matrix), box));
  return uprightPage(sheet, pieces, rules);
}

/** The fonts of a page are known once its operators are. */
function isBold(page: PDFPageProxy, font: string): boolean {
  if (!page.commonObjs.has(font)) return false;
  const loaded = page.commonObjs.get(font) as { name?: unknown; bold?: unknown } | null;
  return loaded?.bold === true || (typeof loaded?.name === 'string' && /bold|black|heavy/i.test(loaded.name));
}
