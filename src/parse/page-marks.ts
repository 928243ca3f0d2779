/** Page numbers that stand in the text: "— 3 —" on its own line, "14、" before the second half of a sentence on a share site. */
import type { Noise } from '../model/document.js';
import { runInTitle } from './headings.js';
import { cut, isTerminated, lineNoise, type Line } from './line.js';

const PAGE_LINE =
  /^(?:[-—–―─－·•~～.]+\s*[0-9０-９]{1,4}\s*[-—–―─－·•~～.]+|第\s*[0-9０-９]{1,4}\s*页(?:[\s,，/、]*共\s*[0-9０-９]{1,4}\s*页)?|[0-9]{1,4}\s*\/\s*[0-9]{1,4}|[Pp]age\s*[0-9]+(?:\s*of\s*[0-9]+)?|[0-9]{1,3}\s*[、.．])$/;
const BARE_NUMBER = /^[0-9０-９]{1,3}$/;
/** What a figure is followed by: a percent sign, an amount or a measure word. */
const UNIT =
  /^(?:[%％‰]|[十百千万亿]*(?:元|人|个|名|家|所|套|台|亩|公里|千米|平方|立方|米|吨|户|件|项|次|座|处|张|份|辆|公顷|公斤|小时|学时|课时|岁|倍|册|头|只|株|棵|斤|间|栋|条|片|对|场|期|批|组|位|周岁|个百分点))/;
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
 * Share sites cut the text into pages of equal length and number them "1、", "2、" … on one line each, in the middle of a word. Told from
 * a list by: every line of the run is numbered, the lines are long, of nearly one length, and many end without the end of a sentence.
 */
function findCounters(lines: readonly Line[]): Map<number, number> {
  const found = new Map<number, number>();
  let start = 0;
  while (start < lines.length) {
    let end = start;
    const first = counterOf(lines[start]!);
    if (first !== null) {
      end++;
      while (end < lines.length && counterOf(lines[end]!) === first + end - start) end++;
      const run = lines.slice(start, end);
      if (run.length >= 3 && isPaged(run)) {
        run.forEach((line, i) => found.set(start + i, COUNTER.exec(line.text)![0].length));
      }
    }
    start = Math.max(end, start + 1);
  }
  return found;
}

function counterOf(line: Line): number | null {
  const match = COUNTER.exec(line.text);
  return match === null || line.kind === 'row' ? null : parseInt(match[0], 10);
}

function isPaged(run: readonly Line[]): boolean {
  const inner = run.slice(0, -1);
  const open = inner.filter((line) => !isTerminated(line.text)).length;
  const mean = inner.reduce((sum, line) => sum + line.text.length, 0) / inner.length;
  const deviation = Math.sqrt(
    inner.reduce((sum, line) => sum + (line.text.length - mean) ** 2, 0) / inner.length,
  );
  // A list has a run-in heading behind most of its numbers; half a sentence has none.
  const titled = run.filter(
    (line) => runInTitle(line.text, COUNTER.exec(line.text)![0].length, false) !== null,
  ).length;
  if (titled >= run.length * 0.5) return false;
  if (open >= inner.length * 0.85 && mean >= 60) return true;
  return open >= inner.length * 0.4 && mean >= 100 && deviation <= mean * 0.25;
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
