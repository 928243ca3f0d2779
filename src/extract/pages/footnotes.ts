/** Footnotes: smaller type at the foot of a page that opens with a mark, and their marks in the text. */
import { lineOf, type PrintedLine } from './printed-line.js';
import type { Rule } from './printed-page.js';

/** Compared with the type of the text. */
const SMALLER = 0.93;
const MARK = /^(?:[①-⑳]|[[［〔]\d{1,3}[\]］〕]|[*＊†‡])/;
/** Sure only under a rule: a list of small type may open with figures too. */
const FIGURE = /^\d{1,3}(?![\d.．、年月%])/;
/** The rule above footnotes is short; that of GB/T 9704's 版记 goes from margin to margin. */
const LONGEST_RULE = 0.5;

/** `isRow`: rows of tables, whose small type below short rules looks the same. */
export function findFootnotes(
  lines: readonly PrintedLine[],
  isRow: (line: PrintedLine) => boolean,
  rules: readonly Rule[],
  bodySize: number,
  height: number,
  width: number,
): Set<PrintedLine> {
  let first = lines.length;
  const mayBe = (line: PrintedLine): boolean =>
    !isRow(line) && line.size <= bodySize * SMALLER && line.box[1] > height * 0.4;
  while (first > 0 && mayBe(lines[first - 1]!)) first--;
  for (let i = first; i < lines.length; i++) {
    const { text, box } = lines[i]!;
    const above = lines[i - 1]?.box[3] ?? 0;
    const isRuled = rules.some(
      (rule) =>
        rule[2] - rule[0] > 30 &&
        rule[2] - rule[0] < width * LONGEST_RULE &&
        rule[3] - rule[1] < 3 &&
        rule[1] > above - 3 &&
        rule[1] < box[1] + 3,
    );
    if (isRuled ? MARK.test(text) || FIGURE.test(text) : i === first && i > 0 && MARK.test(text))
      return new Set(lines.slice(i));
  }
  return new Set();
}

/** The marks that open the notes of a page. */
export function marksOf(notes: ReadonlySet<PrintedLine>): ReadonlySet<string> {
  return new Set([...notes].flatMap(({ text }) => (MARK.exec(text) ?? FIGURE.exec(text) ?? []).slice(0, 1)));
}

/** A raised mark in the text is no word of it. */
export function dropMarks(line: PrintedLine, marks: ReadonlySet<string>): PrintedLine {
  if (marks.size === 0) return line;
  const kept = line.runs.filter(
    (run) =>
      !(
        marks.has(run.text.trim()) &&
        run.size <= line.size * 0.8 &&
        run.box[3] < line.box[3] - line.size * 0.1
      ),
  );
  return kept.length === line.runs.length || kept.length === 0 ? line : lineOf(kept, line.page);
}
