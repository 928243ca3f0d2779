/** Plain text → one block per line that is not blank. Runs of lines with columns become rows of a table. */
import type { Block } from './extracted.js';
import type { Span } from '../model/span.js';

/** Line ends of every origin: CR, LF, VT, FF, NEL, LS, PS. */
const LINE = /[^\r\n\v\f\u0085\u2028\u2029]+/g;
/** A drawn rule inside a line parts what stands on its two sides. */
const DRAWN = /[-=*]{12}/;
const RULE = /(?<=[^-=_*])(?=[-=*]{12})|(?<=[-=*]{12})(?=[^-=*])/;
/** A column boundary: a tab, or a bar as pasted from Markdown. */
const COLUMN = /[\t|｜]/;

/** Leading white space stays in a block (an indent opens a paragraph); trailing white space does not. */
export function readText(source: string): Block[] {
  const blocks: Block[] = [];
  for (const match of source.matchAll(LINE)) {
    let from = 0;
    for (const piece of DRAWN.test(match[0]) ? match[0].split(RULE) : [match[0]]) {
      const text = piece.trimEnd();
      if (text.trim() !== '')
        blocks.push({
          kind: 'text',
          text,
          map: [{ clean: 0, source: match.index + from, length: text.length }],
        });
      from += piece.length;
    }
  }
  return markRows(blocks);
}

/** Two or more neighbouring lines with columns are a table; one alone is a line that happens to hold a tab. */
function markRows(blocks: readonly Block[]): Block[] {
  const cells = blocks.map((block) => (COLUMN.test(block.text.trim()) ? cellsOf(block.text) : []));
  const isRow = cells.map(
    (own, i) => own.length >= (isBarred(blocks[i]!.text) ? 3 : 2) && !isBareMarker(blocks[i]!.text, own[0]!),
  );
  return blocks.map((block, i) =>
    isRow[i]! && (isRow[i - 1] === true || isRow[i + 1] === true)
      ? { ...block, kind: 'row', cells: cells[i]! }
      : block,
  );
}

/** Bars that do not frame the line may part two words of a sentence: "来源 | 区农牧局". */
function isBarred(text: string): boolean {
  return !text.includes('\t') && !/^\s*[|｜]/.test(text);
}

/** "一、⇥总体要求" is a heading with a tab in it; "1⇥总体要求" is a row with its number. */
function isBareMarker(text: string, { start, end }: Span): boolean {
  return /^(?:第[^\s]{1,6}[编編章节節条條]|[（(]?[一二三四五六七八九十百\d]{1,4}[）)、.．])$/.test(
    text.slice(start, end),
  );
}

/** Cells without the white space around them; empty cells are left out. */
function cellsOf(text: string): Span[] {
  const cells: Span[] = [];
  for (const match of text.matchAll(/[^\t|｜]+/g)) {
    const trimmed = match[0].trim();
    if (trimmed === '' || /^[-:=\s]+$/.test(trimmed)) continue;
    const start = match.index + match[0].indexOf(trimmed);
    cells.push({ start, end: start + trimmed.length });
  }
  return cells;
}
