/** Tables that hold data, apart from tables that only lay out the page. */
import type { ElementNode } from './tree.js';

/** A cell with so much text is a column of the page, not of a table. */
const LONGEST_CELL = 1_500;

/** Two columns at least, in two rows at least, no table inside, no cell that holds nearly all. */
export function isDataTable(table: ElementNode): boolean {
  if (/^(?:presentation|none)$/i.test(table.attributes['role'] ?? '')) return false;
  const rows = rowsOf(table).map((row) =>
    row.children.filter((cell): cell is ElementNode => cell.type === 'element' && cell.letters > 0),
  );
  if (rows.filter((cells) => cells.length >= 2).length < 2) return false;
  const longest = rows.flat().reduce((most, cell) => Math.max(most, cell.letters), 0);
  if (longest > LONGEST_CELL || (longest > 300 && longest > table.letters * 0.8)) return false;
  return !holdsTable(table);
}

/** The rows of a table, not those of tables in its cells. */
export function rowsOf(table: ElementNode, rows: ElementNode[] = []): ElementNode[] {
  for (const child of table.children) {
    if (child.type !== 'element') continue;
    if (child.name === 'tr') rows.push(child);
    else if (/^(?:thead|tbody|tfoot)$/.test(child.name)) rowsOf(child, rows);
  }
  return rows;
}

function holdsTable(element: ElementNode): boolean {
  return element.children.some(
    (child) => child.type === 'element' && child.letters > 0 && (child.name === 'table' || holdsTable(child)),
  );
}
