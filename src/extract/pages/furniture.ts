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

interface Candidate {
  readonly page: PageLines;
  readonly line: PrintedLine;
}

function findNumbers(pages: readonly PageLines[], found: Map<PrintedLine, string>): void {
  const candidates = pages.flatMap((page) =>
    edges(page)
      .filter((line) => PAGE_NUMBER.test(line.text))
      .map((line) => ({ page, line })),
  );
  // A bare figure may be the text's own: it counts pages when it stands in the margin or another page's stands at the same height.
  const counting = groupBy(candidates, ({ page, line }) => Number(line.text) - page.number);
  counting.delete(NaN);
  for (const same of counting.values())
    for (const [{ line }, count] of pagesAtHeight(same, 6)) if (count > 1) found.set(line, 'page-number');
  for (const { page, line } of candidates) {
    const isDressed = !/^[\divx]+$/i.test(line.text);
    if (isDressed || isAtMargin(line, page)) found.set(line, 'page-number');
  }
}

function findRunning(pages: readonly PageLines[], found: Map<PrintedLine, string>): void {
  const candidates = pages.flatMap((page) => {
    const lines = page.lines.filter((line) => !found.has(line));
    const near = new Set(edges({ ...page, lines }));
    return lines.map((line) => ({ page, line, isEdge: near.has(line) }));
  });
  const places = groupBy(candidates, ({ line }) => line.text.replace(/\d+/g, '#').replace(/\s/g, ''));
  for (const same of places.values())
    for (const [{ line, page, isEdge }, count] of pagesAtHeight(same, 4)) {
      const isOften = count >= Math.max(3, pages.length * 0.3);
      if (isEdge && (isOften || (count >= 2 && isAtMargin(line, page)))) found.set(line, 'running-head');
    }
}

function isAtMargin({ box }: PrintedLine, { height }: PageLines): boolean {
  return box[1] < height * MARGIN || box[3] > height * (1 - MARGIN);
}

function groupBy<T, K>(all: readonly T[], keyOf: (one: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const one of all) {
    const key = keyOf(one);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [one]);
    else group.push(one);
  }
  return groups;
}

/** For each line: on how many pages one of them stands less than so many points higher or lower. */
function pagesAtHeight<T extends Candidate>(lines: readonly T[], points: number): Map<T, number> {
  const sorted = [...lines].sort((a, b) => a.line.box[1] - b.line.box[1]);
  const top = (i: number): number => sorted[i]?.line.box[1] ?? Infinity;
  const counts = new Map<T, number>();
  /** Lines by page, from the first to before the last one that is near. */
  const near = new Map<PageLines, number>();
  let [first, last] = [0, 0];
  sorted.forEach((one, i) => {
    for (; top(last) < top(i) + points; last++) {
      const { page } = sorted[last]!;
      near.set(page, (near.get(page) ?? 0) + 1);
    }
    for (; top(first) <= top(i) - points; first++) {
      const { page } = sorted[first]!;
      const left = near.get(page)! - 1;
      if (left === 0) near.delete(page);
      else near.set(page, left);
    }
    counts.set(one, near.size);
  });
  return counts;
}

function edges({ lines }: PageLines): PrintedLine[] {
  return lines.length <= 2 * EDGE ? [...lines] : [...lines.slice(0, EDGE), ...lines.slice(-EDGE)];
}
