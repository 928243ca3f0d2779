/** Page numbers that stand in the text: "— 3 —" on its own line, "14、" before the second half of a sentence on a share site. */
import type { Noise } from '../model/document.js';
import { BARE_NUMBER, UNIT } from './figure.js';
import { runInTitle } from './headings.js';
import { cut, isTerminated, lineNoise, type Line } from './line.js';
import { isTitleLine } from './titles.js';

const PAGE_LINE =
  /^(?:[-—–―─－·•~～.]+\s*[0-9０-９]{1,4}\s*[-—–―─－·•~～.]+|第\s*[0-9０-９]{1,4}\s*页(?:[\s,，/、]*共\s*[0-9０-９]{1,4}\s*页)?|[0-9]{1,4}\s*\/\s*[0-9]{1,4}|[Pp]age\s*[0-9]+(?:\s*of\s*[0-9]+)?|[0-9]{1,3}\s*[、.．])$/;
const COUNTER = /^[0-9]{1,3}\s*[、.．]/;

export interface Unpaged {
  readonly lines: readonly Line[];
  /** Indices (in `lines`) of lines that a page break, and nothing else, parted from the line before. */
  readonly afterBreak: ReadonlySet<number>;
  readonly noise: readonly Noise[];
}

/** Takes page numbers out, so that the halves around them stand side by side. */
export function dropPageMarks(all: readonly Line[]): Unpaged {
  const counters = findCounters(all);
  const bare = findBareNumbers(all);
  const lines: Line[] = [];
  const afterBreak = new Set<number>();
  const noise: Noise[] = [];
  let broken = false;
  all.forEach((line, i) => {
    if (line.kind === 'text' && (PAGE_LINE.test(line.text) || bare.has(i))) {
      noise.push(...lineNoise(line, 'page-number'));
      broken = true;
      return;
    }
    const mark = counters.get(i);
    if (mark !== undefined) {
      noise.push(...lineNoise(cut(line, 0, mark), 'page-number'));
      broken = true;
    }
    const rest = mark === undefined ? line : trimStart(cut(line, mark, line.text.length));
    if (rest.text === '') return;
    if (broken && lines.length > 0) afterBreak.add(lines.length);
    lines.push({ ...rest, glued: false });
    broken = false;
  });
  return { lines, afterBreak, noise };
}

/**
 * Share sites cut the text into pages of nearly equal length and number them "1、", "2、" … in the middle of a word: where each number stands in
 * its line. Told from a list by what stands above the numbers: long lines, many of them without the end of a sentence.
 */
function findCounters(lines: readonly Line[]): Map<number, number> {
  const found = new Map<number, number>();
  for (const run of counterRuns(lines)) {
    if (run.length < 3 || !isPaged(lines, run)) continue;
    for (const i of run) found.set(i, COUNTER.exec(lines[i]!.text)![0].length);
  }
  return found;
}

/** Lines that count on by one, whatever unnumbered lines stand between them; the longest run takes the next number. */
function counterRuns(lines: readonly Line[]): number[][] {
  const runs: number[][] = [];
  const waiting = new Map<number, number[]>();
  lines.forEach((line, i) => {
    const value = counterOf(line);
    if (value === null) return;
    const run = waiting.get(value) ?? [];
    if (run.length === 0) runs.push(run);
    waiting.delete(value);
    run.push(i);
    const rival = waiting.get(value + 1);
    if (rival === undefined || rival.length <= run.length) waiting.set(value + 1, run);
  });
  return runs;
}

function counterOf(line: Line): number | null {
  const match = COUNTER.exec(line.text);
  return match === null || line.kind === 'row' ? null : parseInt(match[0], 10);
}

function isPaged(lines: readonly Line[], run: readonly number[]): boolean {
  const above = run.slice(1).map((i) => lines[i - 1]!);
  const open = above.filter((line) => !isTerminated(line.text)).length;
  const lengths = above.map((line) => line.text.length);
  const mean = lengths.reduce((sum, length) => sum + length, 0) / above.length;
  const deviation = Math.sqrt(lengths.reduce((sum, length) => sum + (length - mean) ** 2, 0) / above.length);
  // A list has a run-in heading behind most of its numbers; half a sentence has none.
  const titled = run.filter(
    (i) => runInTitle(lines[i]!.text, COUNTER.exec(lines[i]!.text)![0].length, false) !== null,
  ).length;
  if (titled >= run.length * 0.5) return false;
  if (opensFile(lines, run[0]!) && open >= above.length * 0.4 && mean >= 60) return true;
  if (open >= above.length * 0.85 && mean >= 60) return true;
  return open >= above.length * 0.4 && mean >= 100 && deviation <= mean * 0.25;
}

/** "1、某某实施方案" as the first line of a file: no list opens with a title. */
function opensFile(lines: readonly Line[], i: number): boolean {
  const { text } = lines[i]!;
  return i === 0 && isTitleLine(text.slice(COUNTER.exec(text)![0].length));
}

/** Bare numbers that rise through the file are page numbers, unless they count the rows of a table that was taken apart. */
function findBareNumbers(lines: readonly Line[]): Set<number> {
  const places = lines.flatMap((line, i) =>
    line.kind === 'text' && BARE_NUMBER.test(line.text) && !isFigure(lines, i) ? [i] : [],
  );
  if (lines.some((line) => /^序\s*号$/.test(line.text))) return new Set();
  const between = places.filter((i) => {
    const before = lines[i - 1]?.text ?? '';
    return before.length >= 12 && !isTerminated(before);
  });
  if (between.length > 0)
    return new Set(places.filter((i) => (lines[i - 1]?.text.length ?? 0) >= 12 || i === lines.length - 1));
  const rising = places.every(
    (i, nth) => nth === 0 || Number(lines[i]!.text) > Number(lines[places[nth - 1]!]!.text),
  );
  return new Set(places.length >= 3 && rising ? places : []);
}

/**
 * A number on a line of its own before a unit ("每年安排资金" / "300" / "万元") is the figure of that unit, which has no other: taking it
 * for a page number would lose it in silence.
 */
function isFigure(lines: readonly Line[], i: number): boolean {
  const before = lines[i - 1]?.text ?? '';
  return UNIT.test(lines[i + 1]?.text ?? '') && !isTerminated(before) && !/[0-9０-９]$/.test(before);
}

function trimStart(line: Line): Line {
  const start = line.text.length - line.text.trimStart().length;
  return start === 0 ? line : cut(line, start, line.text.length);
}
