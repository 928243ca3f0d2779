/** Paragraphs and tables → lines: what is a table of data becomes rows, what only lays out the page becomes text. */
import type { Composer } from '../composer.js';
import type { Item, Paragraph, Row, Table } from './body.js';
import { join } from './counters.js';

/** A cell with so much text is a column of the page, not of a table. */
const LONGEST_CELL = 1_500;

export function compose(items: readonly Item[], composer: Composer): void {
  for (const item of items) {
    if (item.kind === 'paragraph') paragraph(item, composer);
    else table(item, composer);
  }
}

function paragraph({ number, text, indented }: Paragraph, composer: Composer): void {
  // A number without a text is counted and printed by Word, but says nothing.
  if (text.trim() !== '') composer.text((indented ? '　　' : '') + join(number, text));
}

interface FilledRow {
  readonly cells: readonly string[];
  /** How many cells have text of their own, not of a cell merged down. */
  readonly own: number;
}

function table(item: Table, composer: Composer): void {
  const rows = fill(item.rows.filter((row) => !row.deleted));
  const whole = rows.flatMap((row) => row.cells);
  const letters = whole.reduce((sum, cell) => sum + cell.length, 0);
  const longest = whole.reduce((most, cell) => Math.max(most, cell.length), 0);
  const isData =
    rows.filter((row) => row.cells.filter((cell) => cell !== '').length >= 2).length >= 2 &&
    longest <= LONGEST_CELL &&
    !(longest > 300 && longest > letters * 0.8);
  if (isData) for (const row of rows) composer.row(row.own === 0 ? [] : row.cells);
  else
    for (const row of item.rows)
      if (!row.deleted) for (const cell of row.cells) compose(cell.items, composer);
}

/** The text of each cell; a cell that continues the one above has its text. */
function fill(rows: readonly Row[]): FilledRow[] {
  /** Column of the grid → text of the merged cell that reaches down there. */
  const above = new Map<number, string>();
  return rows.map(({ cells }) => {
    let column = 0;
    let own = 0;
    const texts = cells.map((cell) => {
      const text = cell.merge === 'continue' ? (above.get(column) ?? '') : cellText(cell.items);
      if (cell.merge !== 'continue' && text !== '') own++;
      if (cell.merge === null) above.delete(column);
      else above.set(column, text);
      column += cell.span;
      return text;
    });
    return { cells: texts, own };
  });
}

/** One line. "责任" above "单位" in a narrow cell is one word. A number alone is what the column 序号 holds. */
function cellText(items: readonly Item[]): string {
  let whole = '';
  for (const item of items) {
    const lines =
      item.kind === 'paragraph'
        ? (item.text.trim() === ''
            ? item.number.replace(/[、.．]?\s*$/, '')
            : join(item.number, item.text)
          ).split('\n')
        : fill(item.rows).map((row) => row.cells.filter((cell) => cell !== '').join(' '));
    for (const line of lines) {
      const own = line.trim();
      if (own === '') continue;
      whole += whole === '' || joinsTightly(whole, own) ? own : ` ${own}`;
    }
  }
  return whole;
}

function joinsTightly(before: string, after: string): boolean {
  return before.length <= 4 && after.length <= 4 && /\p{Script=Han}$/u.test(before);
}
