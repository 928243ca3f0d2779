/** document.xml → paragraphs and tables as a reader sees them, tracked changes accepted, text boxes after the paragraph they hang on. */
import type { Attributes, XmlHandler } from '../xml.js';
import type { Counters } from './counters.js';
import { integer } from './integer.js';
import { isIndented, type Styles } from './styles.js';
import { symbol } from './symbol.js';
import { isOn } from './toggle.js';

/** `text` may hold line breaks; `number` is the automatic number with the gap after it. */
export interface Paragraph {
  readonly kind: 'paragraph';
  readonly number: string;
  readonly text: string;
  readonly indented: boolean;
}

export interface Cell {
  readonly items: Item[];
  span: number;
  /** Of cells merged down: the first, or one that continues it. */
  merge: 'restart' | 'continue' | null;
}

export interface Row {
  readonly cells: Cell[];
  deleted: boolean;
}

export interface Table {
  readonly kind: 'table';
  readonly rows: Row[];
}

export type Item = Paragraph | Table;

/** What a reader of the file is told. */
export interface Seen {
  hidden: number;
  changes: number;
  embedded: number;
  pictures: number;
}

/** One paragraph that is open; those of text boxes stand inside one of the text. */
interface Open {
  text: string;
  numId: string | null;
  level: number | null;
  style: string | null;
  indented: boolean | null;
  /** Its mark was deleted: it runs on into the next. */
  runsOn: boolean;
  markHidden: boolean;
  readonly boxes: Item[];
}

/** Elements that hold no text a reader sees, or what was deleted. */
const LEFT_OUT = new Set([
  'del',
  'moveFrom',
  'pPrChange',
  'rPrChange',
  'tblPrChange',
  'trPrChange',
  'tcPrChange',
  'sectPr',
  'sdtPr',
  'sdtEndPr',
  'instrText',
  'delInstrText',
  'delText',
  'rt',
  'tblPr',
  'tblGrid',
  'ctrlPr',
]);

/** Fields as a stack: the instruction is not shown, the result is. */
type FieldPart = 'instruction' | 'result';

export class Body implements XmlHandler {
  readonly items: Item[] = [];
  readonly seen: Seen = { hidden: 0, changes: 0, embedded: 0, pictures: 0 };
  private readonly path: string[] = [];
  /** Where finished paragraphs go: text, cell, text box. */
  private readonly sinks: Item[][] = [this.items];
  private readonly tables: Table[] = [];
  private readonly paragraphs: Open[] = [];
  private readonly fields: FieldPart[] = [];
  /** Text of a paragraph whose mark was deleted; that around a text box waits. */
  private carried = '';
  private readonly waiting: string[] = [];
  private hidden = false;
  private inText = false;

  constructor(
    private readonly styles: Styles,
    private readonly counters: Counters,
  ) {}

  open(name: string, attributes: Attributes): boolean {
    const parent = this.path.at(-1);
    if (
      parent === 'rPr' ||
      parent === 'pPr' ||
      parent === 'numPr' ||
      parent === 'trPr' ||
      parent === 'tcPr'
    ) {
      this.property(parent, name, attributes);
      if (name !== 'rPr' && name !== 'numPr') return false;
    } else if (name === 'del' || name === 'ins' || name === 'moveFrom') this.seen.changes++;
    if (LEFT_OUT.has(name)) return false;
    this.path.push(name);
    switch (name) {
      case 'p':
        this.paragraphs.push(this.opened());
        break;
      case 'r':
        this.hidden = this.isHiddenByStyle(this.paragraphs.at(-1)?.style ?? null);
        break;
      case 'tbl':
        this.table();
        break;
      case 'tr':
        this.tables.at(-1)?.rows.push({ cells: [], deleted: false });
        break;
      case 'tc':
        this.cell();
        break;
      case 'txbxContent':
        this.sinks.push(this.paragraphs.at(-1)?.boxes ?? this.items);
        this.waiting.push(this.carried);
        this.carried = '';
        break;
      case 't':
        this.inText = true;
        break;
      case 'fldChar':
        this.field(attributes['fldCharType']);
        break;
      case 'drawing':
      case 'pict':
      case 'object':
        this.seen.pictures++;
        break;
      case 'altChunk':
      case 'subDoc':
        this.seen.embedded++;
        break;
      default:
        this.character(name, attributes);
    }
    return true;
  }

  text(text: string): void {
    if (this.inText) this.put(text.replace(/[\r\n\u00ad\u200b\ufeff]/g, ''));
  }

  close(name: string): void {
    this.path.pop();
    if (name === 't') this.inText = false;
    else if (name === 'r') this.hidden = false;
    else if (name === 'p') this.closeParagraph();
    else if (name === 'tbl') this.tables.pop();
    else if (name === 'tc') {
      this.flushCarried();
      this.sinks.pop();
    } else if (name === 'txbxContent') {
      this.flushCarried();
      this.sinks.pop();
      this.carried = this.waiting.pop() ?? '';
    } else if (name === 'body') this.flushCarried();
  }

  private opened(): Open {
    return {
      text: '',
      numId: null,
      level: null,
      style: null,
      indented: null,
      runsOn: false,
      markHidden: false,
      boxes: [],
    };
  }

  private property(parent: string, name: string, attributes: Attributes): void {
    const val = attributes['val'];
    const paragraph = this.paragraphs.at(-1);
    const row = this.tables.at(-1)?.rows.at(-1);
    const cell = row?.cells.at(-1);
    const ofMark = parent === 'rPr' && this.path.at(-2) === 'pPr';
    if (parent === 'pPr' && paragraph !== undefined) {
      if (name === 'pStyle') paragraph.style = val ?? null;
      else if (name === 'ind') paragraph.indented = isIndented(attributes) ?? paragraph.indented;
    } else if (parent === 'numPr' && paragraph !== undefined) {
      if (name === 'numId') paragraph.numId = val ?? null;
      else if (name === 'ilvl') paragraph.level = integer(val);
    } else if (ofMark && paragraph !== undefined) {
      if (name === 'del' || name === 'moveFrom') paragraph.runsOn = true;
      else if (name === 'vanish') paragraph.markHidden = isOn(attributes);
    } else if (parent === 'rPr') {
      if (name === 'vanish') this.hidden = isOn(attributes);
      else if (name === 'rStyle' && this.isHiddenByStyle(val ?? null)) this.hidden = true;
    } else if (parent === 'trPr' && row !== undefined) {
      if (name === 'del') row.deleted = true;
    } else if (parent === 'tcPr' && cell !== undefined) {
      if (name === 'gridSpan') cell.span = Math.min(Math.max(integer(val) ?? 1, 1), 100);
      else if (name === 'vMerge') cell.merge = val === 'restart' ? 'restart' : 'continue';
    }
  }

  private character(name: string, attributes: Attributes): void {
    if (this.path.at(-2) !== 'r') return;
    // 17.3.3: a break of a line or page ends what a reader sees as a line.
    if (name === 'br' || name === 'cr') this.put('\n');
    else if (name === 'tab' || name === 'ptab') this.put('\t');
    else if (name === 'noBreakHyphen') this.put('-');
    else if (name === 'sym') this.put(symbol(attributes['char'] ?? '', attributes['font'] ?? ''));
  }

  private put(text: string): void {
    const paragraph = this.paragraphs.at(-1);
    if (paragraph === undefined || this.fields.includes('instruction')) return;
    if (this.hidden) this.seen.hidden += text.trim().length;
    else paragraph.text += text;
  }

  private field(type: string | undefined): void {
    if (type === 'begin') this.fields.push('instruction');
    else if (type === 'separate' && this.fields.length > 0) this.fields[this.fields.length - 1] = 'result';
    else if (type === 'end') this.fields.pop();
  }

  private table(): void {
    this.flushCarried();
    const table: Table = { kind: 'table', rows: [] };
    this.sinks.at(-1)!.push(table);
    this.tables.push(table);
  }

  private cell(): void {
    const cell: Cell = { items: [], span: 1, merge: null };
    this.tables.at(-1)?.rows.at(-1)?.cells.push(cell);
    this.sinks.push(cell.items);
  }

  private closeParagraph(): void {
    const paragraph = this.paragraphs.pop();
    if (paragraph === undefined) return;
    // The instruction of a field ends with its paragraph at the latest: a broken field must not swallow the text.
    while (this.fields.at(-1) === 'instruction') this.fields.pop();
    const sink = this.sinks.at(-1)!;
    const text = this.carried + paragraph.text;
    this.carried = '';
    if (paragraph.runsOn) this.carried = text;
    else this.finish(paragraph, text, sink);
    for (const item of paragraph.boxes) sink.push(item);
  }

  private finish(paragraph: Open, text: string, sink: Item[]): void {
    if (paragraph.markHidden && text.trim() === '') return;
    // An empty paragraph counts in its list as well: Word numbers it.
    const number = this.counters.next(paragraph, paragraph.style);
    const chain = this.styles.chain(paragraph.style ?? this.styles.standard);
    const indented = paragraph.indented ?? chain.find((style) => style.indented !== null)?.indented ?? false;
    if (text.trim() === '' && number === '') return;
    sink.push({ kind: 'paragraph', number, text, indented });
  }

  /** A deleted mark at the end of a cell or of the text has no next paragraph to run on into. */
  private flushCarried(): void {
    const text = this.carried;
    this.carried = '';
    if (text.trim() !== '') this.sinks.at(-1)!.push({ kind: 'paragraph', number: '', text, indented: false });
  }

  private isHiddenByStyle(id: string | null): boolean {
    return this.styles.chain(id).find((style) => style.hidden !== null)?.hidden ?? false;
  }
}
