/** Composes the `source` of a binary format line by line, and its blocks with their way back into it. */
import { ExtractError } from './extract-error.js';
import type { Block } from './extracted.js';
import type { Noise } from '../model/document.js';
import type { Span } from '../model/span.js';

/** Characters of a file: some thirty times those of the longest yearbook. Merged cells and numbers make more of a file than it holds. */
const MOST = 20_000_000;

/** Throws ExtractError document-too-large. */
export class Composer {
  readonly blocks: Block[] = [];
  readonly noise: Noise[] = [];
  private readonly lines: string[] = [];
  private length = 0;

  get source(): string {
    return this.lines.join('\n');
  }

  /** Lines of a paragraph; those without text are left out. */
  text(text: string): void {
    for (const line of text.split(/[\r\n\v\f\u0085\u2028\u2029]+/)) {
      const own = line.trimEnd();
      if (own.trim() !== '') this.blocks.push({ kind: 'text', text: own, map: this.line(own) });
    }
  }

  /** A row of a table: its cells with text, parted by tabs. */
  row(cells: readonly string[]): void {
    const spans: Span[] = [];
    let text = '';
    for (const cell of cells) {
      const own = cell.replace(/\s+/g, ' ').trim();
      if (own === '') continue;
      if (text !== '') text += '\t';
      spans.push({ start: text.length, end: text.length + own.length });
      text += own;
    }
    if (spans.length >= 2) this.blocks.push({ kind: 'row', text, map: this.line(text), cells: spans });
    else this.text(text);
  }

  /** A line that stands in the source but is no policy text. */
  aside(text: string, reason: string): void {
    const own = text.replace(/\s+/g, ' ').trim();
    if (own === '') return;
    const [{ source, length }] = this.line(own);
    this.noise.push({ span: { start: source, end: source + length }, reason });
  }

  private line(text: string): [Block['map'][number]] {
    const source = this.length;
    this.lines.push(text);
    this.length += text.length + 1;
    if (this.length > MOST)
      throw new ExtractError('document-too-large', `文字超出读取限度：多于 ${MOST} 个字。请拆分后再试。`);
    return [{ clean: 0, source, length: text.length }];
  }
}
