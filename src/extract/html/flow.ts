/** The visible text of a page as paragraphs and rows of tables, in the order of the source. */
import type { Block } from '../extracted.js';
import type { SourceSegment } from '../../model/source-map.js';
import type { Span } from '../../model/span.js';
import { listMarker } from './list-marker.js';
import { Paragraph } from './paragraph.js';
import { isDataTable, rowsOf } from './tables.js';
import type { ElementNode, TextNode } from './tree.js';
import { hiddenReason, isBlock } from './visible.js';

export interface Piece extends Block {
  /** The block element that it stands in. */
  readonly owner: ElementNode;
  /** Share of its characters that are links: 0–1. */
  readonly linked: number;
}

export interface Flow {
  readonly pieces: readonly Piece[];
  /** What is not shown, or is a control: element by element. */
  readonly dropped: readonly { readonly span: Span; readonly reason: string }[];
  readonly frames: readonly ElementNode[];
}

export function readFlow(root: ElementNode, source: string): Flow {
  const walker = new Walker(source, root);
  walker.element(root, root);
  walker.flush();
  // Captions are read after the rows of their table.
  walker.pieces.sort((a, b) => a.map[0]!.source - b.map[0]!.source);
  return walker;
}

class Walker implements Flow {
  pieces: Piece[] = [];
  readonly dropped: { span: Span; reason: string }[] = [];
  readonly frames: ElementNode[] = [];
  private current: Paragraph | null = null;
  private owner: ElementNode;
  private links = 0;
  private preformatted = 0;
  private marker = '';
  private indent = false;

  constructor(
    private readonly source: string,
    private readonly root: ElementNode,
  ) {
    this.owner = root;
  }

  element(element: ElementNode, owner: ElementNode): void {
    const { name } = element;
    if (name === 'frame' || name === 'iframe') this.frames.push(element);
    const reason = hiddenReason(element);
    // WeChat hides its whole text until a script has run: what holds most of the page is read.
    if (reason !== null && !(reason === 'hidden' && element.letters * 2 > this.root.letters)) {
      this.dropped.push({ span: { start: element.start, end: element.end }, reason });
      return;
    }
    if (name === 'br') return this.flush();
    if (name === 'table' && isDataTable(element)) return this.table(element);
    const block = isBlock(element);
    if (block) this.flush();
    const link = isLink(element);
    if (link) this.links++;
    if (name === 'pre') this.preformatted++;
    if (name === 'li') this.marker = listMarker(element, this.source);
    if (block && INDENTED.test(element.attributes['style'] ?? '')) this.indent = true;
    for (const child of element.children) {
      if (child.type === 'text') this.text(child, block ? element : owner);
      else this.element(child, block ? element : owner);
    }
    if (link) this.links--;
    if (name === 'pre') this.preformatted--;
    if (block) this.flush();
    if (block) this.indent = false;
    if (name === 'li') this.marker = '';
  }

  private text({ start, end }: TextNode, owner: ElementNode): void {
    if (this.preformatted === 0) return this.run(start, end, owner);
    for (const line of this.source.slice(start, end).matchAll(/[^\r\n]+|\r\n?|\n/g)) {
      const at = start + line.index;
      if (/^[\r\n]/.test(line[0])) this.flush();
      else this.run(at, at + line[0].length, owner);
    }
  }

  private run(start: number, end: number, owner: ElementNode): void {
    if (this.current === null) {
      if (/^[ \t\n\r\f]*$/.test(this.source.slice(start, end))) return;
      this.current = new Paragraph(this.source);
      this.owner = owner;
      // The first line of a paragraph is set in: a reader sees where it begins.
      if (this.indent) this.current.add('　　');
      if (this.marker !== '') this.current.add(this.marker);
      this.marker = '';
    }
    if (this.preformatted > 0) {
      const blank = /^[ \t]*/.exec(this.source.slice(start, end))![0].length;
      this.current.verbatim(start, start + blank);
      start += blank;
    }
    this.current.append(start, end, this.links > 0);
  }

  flush(): void {
    const { current } = this;
    this.current = null;
    const made = current?.finish();
    if (current == null || made == null) return;
    this.pieces.push({
      kind: 'text',
      ...made,
      owner: this.owner,
      linked: current.letters === 0 ? 0 : current.linked / current.letters,
    });
  }

  /** A table of data: one piece for each row that has more than one cell with text. */
  private table(table: ElementNode): void {
    this.flush();
    const outer = this.pieces;
    const inCells = new Set<ElementNode>();
    for (const row of rowsOf(table)) {
      if (hiddenReason(row) !== null) continue;
      const cells: Piece[][] = [];
      for (const cell of row.children) {
        this.pieces = [];
        if (cell.type === 'text') this.text(cell, table);
        else this.element(cell, table);
        this.flush();
        if (this.pieces.length > 0) cells.push(this.pieces);
      }
      inCells.add(row);
      this.pieces = outer;
      // A row with one cell is a line of text: the name of the table, a note below it.
      if (cells.length >= 2) outer.push(asRow(cells, table));
      else for (const piece of cells[0] ?? []) outer.push({ ...piece, owner: table });
    }
    this.rest(table, inCells, table);
  }

  /** Captions, and text that broken markup left between the rows. */
  private rest(element: ElementNode, done: ReadonlySet<ElementNode>, table: ElementNode): void {
    for (const child of element.children) {
      if (child.type === 'text') this.text(child, table);
      else if (!done.has(child)) {
        if (/^(?:thead|tbody|tfoot)$/.test(child.name) && hiddenReason(child) === null)
          this.rest(child, done, table);
        else this.element(child, table);
      }
    }
    this.flush();
  }
}

/** A link to another place of the page is an entry of a 目录, not navigation. */
function isLink({ name, attributes }: ElementNode): boolean {
  return name === 'a' && attributes['href'] !== undefined && !attributes['href'].startsWith('#');
}

const INDENTED = /text-indent\s*:\s*(?:[1-9]|0?\.[1-9])/i;

function asRow(cells: readonly (readonly Piece[])[], owner: ElementNode): Piece {
  let text = '';
  let linked = 0;
  const map: SourceSegment[] = [];
  const spans: Span[] = [];
  for (const pieces of cells) {
    if (text !== '') text += '\t';
    const start = text.length;
    for (const piece of pieces) {
      if (text.length > start && !joinsTightly(text.slice(start), piece.text)) text += ' ';
      for (const segment of piece.map) map.push({ ...segment, clean: segment.clean + text.length });
      text += piece.text;
      linked += piece.linked * piece.text.length;
    }
    spans.push({ start, end: text.length });
  }
  return { kind: 'row', text, map, cells: spans, owner, linked: linked / text.length };
}

/** "责任" above "单位" in a narrow cell is one word. */
function joinsTightly(before: string, after: string): boolean {
  return before.length <= 4 && after.length <= 4 && /\p{Script=Han}$/u.test(before);
}
