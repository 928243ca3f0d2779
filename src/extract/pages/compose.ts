/** Printed pages → the text as composed line by line, its blocks, and the place of every line. Used by every format that has pages. */
import type { Block } from '../extracted.js';
import type { Noise } from '../../model/document.js';
import type { PagePlace, SourceSegment } from '../../model/source-map.js';
import type { Span } from '../../model/span.js';
import { findAlignedTables, LEADER } from './aligned-tables.js';
import { inReadingOrder, type PlacedLine } from './columns.js';
import { dropMarks, findFootnotes, marksOf } from './footnotes.js';
import { findFurniture } from './furniture.js';
import { PageMargins } from './margins.js';
import { toParagraphs } from './paragraphs.js';
import { toLines, type PrintedLine } from './printed-line.js';
import type { PrintedPage } from './printed-page.js';
import { findRuledTables, rowLine, type PrintedRow } from './ruled-tables.js';

export interface Composed {
  readonly source: string;
  readonly places: readonly PagePlace[];
  readonly blocks: readonly Block[];
  readonly noise: readonly Noise[];
}

/** An indent tells the parser that a paragraph begins: the geometry has already decided. It has no source place. */
const PARAGRAPH = '　　';

/** One page on its way: its lines from top to bottom; a row of a table is a line that stands for its cells. */
interface Sheet {
  readonly page: PrintedPage;
  readonly lines: readonly PrintedLine[];
  readonly oblique: readonly PrintedLine[];
}

export function compose(pages: readonly PrintedPage[]): Composed {
  const rows = new Map<PrintedLine, PrintedRow>();
  const sheets = pages.map((page) => toSheet(page, rows));
  const dropped = findFurniture(
    sheets.map(({ page, lines }) => ({
      number: page.number,
      height: page.height,
      lines: lines.filter((line) => !rows.has(line)),
    })),
  );
  dropRepeatedHeads(sheets, rows, dropped);
  const bodySize = sizeOfMost(
    sheets.flatMap(({ lines }) => lines.filter((line) => !dropped.has(line) && !rows.has(line))),
  );
  const byNumber = new Map(pages.map((page) => [page.number, page]));
  const writer = new Writer(byNumber);
  const flow: (PlacedLine & { readonly row?: PrintedRow })[] = [];
  const aside: { line: PrintedLine; reason: string }[] = [];
  for (const { page, lines, oblique } of sheets) {
    const text = lines.filter((line) => !dropped.has(line));
    const notes = findFootnotes(
      text,
      (line) => rows.has(line),
      page.rules,
      bodySize,
      page.height,
      page.width,
    );
    const marks = marksOf(notes);
    const ordered = inReadingOrder(
      text.filter((line) => !notes.has(line)).map((line) => (rows.has(line) ? line : dropMarks(line, marks))),
      (line) => rows.has(line),
    );
    flow.push(...withAlignedTables(ordered, rows));
    for (const line of lines) if (dropped.has(line)) aside.push({ line, reason: dropped.get(line)! });
    for (const line of notes) aside.push({ line, reason: 'footnote' });
    for (const line of oblique) aside.push({ line, reason: 'watermark' });
  }
  const text = flow.filter(({ row }) => row === undefined);
  const margins = new PageMargins(
    text.filter(({ line }) => Math.abs(line.size - bodySize) < 1),
    (number) => byNumber.get(number)!.width,
  );
  const layout = { margins, bodySize, pitch: usualPitch(text, margins, bodySize) };
  for (let i = 0; i < flow.length;) {
    const { row } = flow[i]!;
    if (row !== undefined) {
      writer.row(row);
      i++;
      continue;
    }
    let end = i;
    while (end < flow.length && flow[end]!.row === undefined) end++;
    for (const paragraph of toParagraphs(flow.slice(i, end), layout)) writer.paragraph(paragraph);
    i = end;
  }
  for (const { line, reason } of aside) writer.noise(line, reason);
  return writer.composed();
}

function toSheet(page: PrintedPage, rows: Map<PrintedLine, PrintedRow>): Sheet {
  const upright = page.runs.filter((run) => !run.oblique && run.text.trim() !== '');
  const tables = findRuledTables({ ...page, runs: upright });
  const tableLines = tables.rows.map((row) => {
    const line = rowLine(row);
    rows.set(line, row);
    return line;
  });
  return {
    page,
    lines: [...toLines(tables.rest, page.number), ...tableLines].sort((a, b) => a.box[1] - b.box[1]),
    oblique: toLines(
      page.runs.filter((run) => run.oblique),
      page.number,
    ),
  };
}

/** The head of a table that goes on is printed again on the next page. */
function dropRepeatedHeads(
  sheets: readonly Sheet[],
  rows: ReadonlyMap<PrintedLine, PrintedRow>,
  dropped: Map<PrintedLine, string>,
): void {
  let head: string | null = null;
  for (const { lines } of sheets) {
    const own = lines.filter((line) => !dropped.has(line));
    const first = own.find((line) => rows.has(line));
    if (first === undefined) {
      head = null;
      continue;
    }
    if (first === own[0] && first.text === head) dropped.set(first, 'repeated-head');
    else head = own.length === 0 ? head : first.text;
  }
}

function withAlignedTables(
  ordered: readonly PlacedLine[],
  rows: ReadonlyMap<PrintedLine, PrintedRow>,
): (PlacedLine & { readonly row?: PrintedRow })[] {
  const result: (PlacedLine & { readonly row?: PrintedRow })[] = [];
  for (let i = 0; i < ordered.length;) {
    const { line, column } = ordered[i]!;
    const row = rows.get(line);
    if (row !== undefined) {
      result.push({ line, column, row });
      i++;
      continue;
    }
    let end = i;
    while (end < ordered.length && ordered[end]!.column === column && !rows.has(ordered[end]!.line)) end++;
    for (const found of findAlignedTables(ordered.slice(i, end).map((one) => one.line))) {
      if ('cells' in found) result.push({ line: rowLine(found), column, row: found });
      else result.push({ line: found, column });
    }
    i = end;
  }
  return result;
}

function sizeOfMost(lines: readonly PrintedLine[]): number {
  const letters = new Map<number, number>();
  for (const { size, text } of lines) letters.set(size, (letters.get(size) ?? 0) + text.length);
  return [...letters].reduce((most, one) => (one[1] > most[1] ? one : most), [12, 0] as [number, number])[0];
}

/** A line that ends so many type sizes before its edge may go on below. */
const NEARLY_FULL = 2;

/**
 * The usual distance from one line of a paragraph to the next: below lines that are full, because all others may close a paragraph with
 * white below it, as on the pages that a browser prints.
 */
function usualPitch(lines: readonly PlacedLine[], margins: PageMargins, bodySize: number): number {
  const all: number[] = [];
  const inside: number[] = [];
  lines.forEach(({ line, column }, i) => {
    const before = lines[i - 1];
    if (before === undefined || before.line.page !== line.page || before.column !== column) return;
    const distance = line.box[1] - before.line.box[1];
    if (distance <= 0 || Math.abs(line.size - bodySize) >= 1) return;
    all.push(distance);
    const { right } = margins.of(line.page, column);
    if (right - before.line.box[2] < bodySize * NEARLY_FULL && !LEADER.test(before.line.text))
      inside.push(distance);
  });
  const distances = (inside.length > 0 ? inside : all).sort((a, b) => a - b);
  return distances[Math.floor(distances.length * 0.4)] ?? bodySize * 1.75;
}

class Writer {
  #source = '';
  readonly #places: PagePlace[] = [];
  readonly #blocks: Block[] = [];
  readonly #noise: Noise[] = [];

  constructor(private readonly pages: ReadonlyMap<number, PrintedPage>) {}

  paragraph(lines: readonly PrintedLine[]): void {
    const map: SourceSegment[] = [];
    const text = this.#join(PARAGRAPH, lines, map);
    this.#blocks.push({ kind: 'text', text, map });
  }

  row(row: PrintedRow): void {
    const map: SourceSegment[] = [];
    const cells: Span[] = [];
    let text = '';
    for (const lines of row.cells) {
      if (text !== '') text += '\t';
      const start = text.length;
      text = this.#join(text, lines, map);
      cells.push({ start, end: text.length });
    }
    this.#blocks.push({ kind: 'row', text, map, cells });
  }

  noise(line: PrintedLine, reason: string): void {
    this.#noise.push({ span: this.#write(line), reason });
  }

  composed(): Composed {
    return { source: this.#source, places: this.#places, blocks: this.#blocks, noise: this.#noise };
  }

  /** Chinese lines join without anything between them, words of Latin letters with a blank. */
  #join(open: string, lines: readonly PrintedLine[], map: SourceSegment[]): string {
    let text = open;
    lines.forEach((line, i) => {
      if (i > 0 && /[A-Za-z,;.]$/.test(lines[i - 1]!.text) && /^[A-Za-z]/.test(line.text)) text += ' ';
      map.push({ clean: text.length, source: this.#write(line).start, length: line.text.length });
      text += line.text;
    });
    return text;
  }

  #write(line: PrintedLine): Span {
    const span = { start: this.#source.length, end: this.#source.length + line.text.length };
    this.#source += `${line.text}\n`;
    const page = this.pages.get(line.page)!;
    this.#places.push({ ...span, page: line.page, box: page.toShown(line.box) });
    return span;
  }
}
