/** Text for a terminal: harmless, and aligned by the columns it takes. */
import stringWidth from 'string-width';

/** Control characters (line breaks and tabs excepted) and marks that reorder text: a document could steer the terminal with them. */
const UNSAFE = /[\0-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

export function safe(text: string): string {
  return text.replace(UNSAFE, '\u{fffd}');
}

/** On one line, white space folded. */
export function oneLine(text: string): string {
  return safe(text.replace(/\s+/g, ' ').trim());
}

/** Every line of the text behind a margin. */
export function indent(text: string, margin: string): string {
  return text.replace(/^/gm, margin);
}

/** The start of a text that fits into so many columns, with … where something was left out. */
export function shorten(text: string, columns: number): string {
  if (stringWidth(text) <= columns) return text;
  let kept = '';
  let width = 0;
  for (const character of text) {
    width += stringWidth(character);
    if (width > columns - 1) break;
    kept += character;
  }
  return `${kept}…`;
}

export function padEnd(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(0, columns - stringWidth(text)));
}

export function padStart(text: string, columns: number): string {
  return ' '.repeat(Math.max(0, columns - stringWidth(text))) + text;
}

export interface Column {
  readonly title: string;
  readonly align?: 'left' | 'right';
  /** Longer cells are shortened. */
  readonly most?: number;
}

/** A table with a rule under its head, two spaces between columns, no trailing spaces. */
export function table(columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  const cells = [columns.map(({ title }) => title), ...rows].map((row) =>
    columns.map(({ most }, i) => {
      const cell = oneLine(row[i] ?? '');
      return most === undefined ? cell : shorten(cell, most);
    }),
  );
  const widths = columns.map((_, i) => Math.max(...cells.map((row) => stringWidth(row[i]!))));
  const lines = cells.map((row) =>
    row
      .map((cell, i) => (columns[i]!.align === 'right' ? padStart : padEnd)(cell, widths[i]!))
      .join('  ')
      .trimEnd(),
  );
  const rule = widths.map((width) => '─'.repeat(width)).join('  ');
  return [lines[0]!, rule, ...lines.slice(1)].map((line) => `${line}\n`).join('');
}
