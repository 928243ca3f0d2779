/** What is printed on every page: running heads and feet by their place, page numbers by their form and place, watermarks. */
import type { PrintedLine } from './printed-line.js';

export interface PageLines {
  readonly number: number;
  readonly height: number;
  readonly lines: readonly PrintedLine[];
}

/** How many lines from the top and from the bottom may be furniture. */
const EDGE = 3;
/** The part of the page at its top and bottom where a line that recurs only twice is taken for furniture. */
const MARGIN = 0.12;
/** "— 3 —" of GB/T 9704, "-3-", "第3页 共9页", "3/9", "Page 3 of 9", "Ⅲ". */
const PAGE_NUMBER =
  /^(?:[—–―－─_~·.\-\s]*\d{1,4}[—–―－─_~·.\-\s]*|第\s*[\d一二三四五六七八九十百]{1,4}\s*页(?:[,，/\s]*[（(]?共\s*[\d一二三四五六七八九十百]{1,4}\s*页[）)]?)?|\d{1,4}\s*[/／]\s*\d{1,4}|page\s*\d{1,4}(?:\s*(?:of|\/)\s*\d{1,4})?|[—–\-\s]*[ivxⅠ-Ⅻⅰ-ⅻ]{1,5}[—–\-\s]*)$/iu;

/** The lines that are no text, each with its reason. */
export function findFurniture(pages: readonly PageLines[]): Map<PrintedLine, string> {
  const found = new Map<PrintedLine, string>();
  findNumbers(pages, found);
  findRunning(pages, found);
  return found;
}

function findNumbers(pages: readonly PageLines[], found: Map<PrintedLine, string>): void {
  const candidates = pages.flatMap((page) =>
    edges(page)
      .filter((line) => PAGE_NUMBER.test(line.text))
      .map((line) => ({ page, line })),
  );
  for (const { page, line } of candidates) {
    const isDressed = !/^[\divx]+$/i.test(line.text);
    const atMargin = line.box[1] < page.height * MARGIN || line.box[3] > page.height * (1 - MARGIN);
    // A bare figure may be the text's own: it counts pages when it stands in the margin or another page's stands at the same height.
    const others = candidates.some(
      (other) =>
        other.page !== page &&
        Math.abs(other.line.box[1] - line.box[1]) < 6 &&
        Number(other.line.text) - Number(line.text) === other.page.number - page.number,
    );
    if (isDressed || atMargin || others) found.set(line, 'page-number');
  }
}

function findRunning(pages: readonly PageLines[], found: Map<PrintedLine, string>): void {
  const places = new Map<string, { line: PrintedLine; page: PageLines; edge: boolean }[]>();
  for (const page of pages) {
    const near = new Set(edges({ ...page, lines: page.lines.filter((line) => !found.has(line)) }));
    for (const line of page.lines) {
      if (found.has(line)) continue;
      const key = line.text.replace(/\d+/g, '#').replace(/\s/g, '');
      places.set(key, [...(places.get(key) ?? []), { line, page, edge: near.has(line) }]);
    }
  }
  for (const same of places.values()) {
    for (const { line, page, edge } of same) {
      const atSamePlace = new Set(
        same
          .filter((other) => Math.abs(other.line.box[1] - line.box[1]) < 4)
          .map((other) => other.page.number),
      ).size;
      const atMargin = line.box[1] < page.height * MARGIN || line.box[3] > page.height * (1 - MARGIN);
      const often = atSamePlace >= Math.max(3, pages.length * 0.3);
      if (edge && (often || (atMargin && atSamePlace >= 2))) found.set(line, 'running-head');
    }
  }
}

function edges({ lines }: PageLines): PrintedLine[] {
  return lines.length <= 2 * EDGE ? [...lines] : [...lines.slice(0, EDGE), ...lines.slice(-EDGE)];
}
