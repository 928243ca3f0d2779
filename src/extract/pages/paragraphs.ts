/** Printed lines → paragraphs: by indents, full lines, white between lines, size of type, and only then by the words. */
import { LEADER } from './aligned-tables.js';
import type { PlacedLine } from './columns.js';
import type { Margins, PageMargins } from './margins.js';
import { isNextNumber, mayEnd, opens } from './openings.js';
import type { PrintedLine } from './printed-line.js';

/** All in type sizes. GB/T 9704 indents a paragraph by two characters. */
const INDENT = 1.2;
const SAME = 0.6;
const FARTHEST_INDENT = 6;
/** More white than this, in parts of the usual distance of two lines, parts paragraphs. */
const WIDE_PITCH = 1.4;
/** Type this much larger than that of the text is a title's. */
const TITLE = 1.15;

export interface Layout {
  readonly margins: PageMargins;
  /** Size of most letters of the text. */
  readonly bodySize: number;
  /** The usual distance from one line to the next, in points. */
  readonly pitch: number;
}

export function toParagraphs(lines: readonly PlacedLine[], layout: Layout): PrintedLine[][] {
  const paragraphs: PrintedLine[][] = [];
  lines.forEach((placed, i) => {
    const before = lines[i - 1];
    if (before !== undefined && goesOn(before, placed, paragraphs.at(-1)!, layout))
      paragraphs.at(-1)!.push(placed.line);
    else paragraphs.push([placed.line]);
  });
  return paragraphs;
}

/** Whether `below` goes on with what `above`, the last line of `open`, has begun. */
function goesOn(above: PlacedLine, below: PlacedLine, open: readonly PrintedLine[], layout: Layout): boolean {
  const [a, b] = [above.line, below.line];
  const size = Math.max(a.size, b.size);
  if (Math.abs(a.size - b.size) > size * 0.1 || LEADER.test(a.text)) return false;
  const edges = layout.margins.of(a.page, above.column);
  const next = layout.margins.of(b.page, below.column);
  const together = a.page === b.page && above.column === below.column;
  const pitch =
    Math.max(layout.pitch, a.size * 1.2) * (size > layout.bodySize * TITLE ? size / layout.bodySize : 1);
  if (together && b.box[1] - a.box[1] > pitch * WIDE_PITCH) return false;
  const isTitle = size >= layout.bodySize * TITLE;
  const isBelowCentred = isCentred(a, edges) || isFull(a, b, edges) || (isTitle && isEven(a, edges));
  if (isCentred(b, next) && isBelowCentred && together)
    return (
      isBracketed(open, b) ||
      (isTitle && a.bold === b.bold && !opens(b.text) && !opens(a.text) && !/^[（(〔]/.test(b.text))
    );
  const indent = (a.box[0] - edges.left) / size;
  const nextIndent = (b.box[0] - next.left) / size;
  if (!isFull(a, b, edges) || isCentred(a, edges)) return false;
  if (isNextNumber(open[0]!.text, a.text, b.text) || isBoldLine(a, b)) return false;
  if (opens(b.text) && mayEnd(a.text)) return false;
  if (nextIndent < SAME) return indent < FARTHEST_INDENT;
  if (opens(b.text)) return false;
  // A block that is set in as a whole, or lines that hang below the words behind a number.
  if (open.length >= 2 || (nextIndent > 2.5 && nextIndent < FARTHEST_INDENT * 2) || nextIndent < INDENT)
    if (Math.abs(indent - nextIndent) < SAME) return true;
  return (
    opens(open[0]!.text) &&
    open.length === 1 &&
    nextIndent - indent > SAME &&
    nextIndent > 2.5 &&
    nextIndent - indent < FARTHEST_INDENT
  );
}

function isCentred(line: PrintedLine, edges: Margins): boolean {
  const { box, size } = line;
  const [before, after] = [box[0] - edges.left, edges.right - box[2]];
  return before > size && after > size && isEven(line, edges) && before + after > size * 5;
}

/** As far from the left edge as from the right one. */
function isEven({ box, size }: PrintedLine, { left, right }: Margins): boolean {
  return Math.abs(box[0] - left - (right - box[2])) < size * 1.2;
}

/** Longer than any note under a title: who adopted a statute, and when. */
const LONGEST_NOTE = 12;

/** Whether `below` closes a bracket that was opened above it: the note under the title of a statute, over several lines. */
function isBracketed(open: readonly PrintedLine[], below: PrintedLine): boolean {
  if (open.length > LONGEST_NOTE || !/[）)〕》]/.test(below.text)) return false;
  const text = open.map((line) => line.text).join('');
  return countOf(text, /[（(〔《]/g) > countOf(text, /[）)〕》]/g);
}

function countOf(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}

/** A heading in bold type above a text: the type changes with the line and no sentence ends there. */
function isBoldLine(a: PrintedLine, b: PrintedLine): boolean {
  return a.bold && b.runs[0]?.bold === false && !mayEnd(a.text) && !/[，、,]$/.test(a.text);
}

/** The first word of the next line would not have fitted in. */
function isFull(a: PrintedLine, b: PrintedLine, { right }: Margins): boolean {
  const word = /^(?:[“‘《（(「『〔]*(?:[A-Za-z0-9.%:/@-]+|.))[，。、；：！？”’》）」』〕,.;:!?)]*/u.exec(
    b.text,
  )![0];
  const wide = [...word].filter((letter) => /[^ -~]/.test(letter)).length;
  return right - a.box[2] < (wide + (word.length - wide) * 0.55 + 0.6) * a.size;
}
