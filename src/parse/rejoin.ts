/** Puts sentences together again that scraping, fixed widths or page breaks cut into lines. */
import { FIGURE, UNIT } from './figure.js';
import { isTerminated, joinLines, type Line } from './line.js';
import { readMarker } from './markers.js';
import { isBodyName, isPageHeader, isTitleLine } from './titles.js';

/** A line this long that ends without punctuation is no heading: it was cut. */
const LONG = 70;
/** 第三章, 第三条 on a line of its own: what it numbers comes on the next. */
const NUMBER_ALONE = /^第[ \t　]*[一二三四五六七八九十百零〇\d]{1,7}[ \t　]*[编章节条]$/;
/** "坚持安全第" / "一、预防为主": an ordinal cut in two. A line that is nothing but 第 is no sentence. */
const OPEN_ORDINAL = /[\u4e00-\u9fff]第$/;
const ORDINAL = /^[一二三四五六七八九十百零〇\d]/;
/** The name of a chapter. */
const LONGEST_NAME = 30;
/** The first lines are titles and headers. */
const HEAD = 2;

/** What is open: the line before, and the whole that it ends when lines were joined to it already. */
interface Open {
  readonly before: Line;
  readonly pieces: number;
  readonly length: number;
  readonly commas: number;
  readonly hasStop: boolean;
  readonly marked: boolean;
}

/** `afterBreak`: indices of lines that stand after a page break. */
export function rejoin(lines: readonly Line[], afterBreak: ReadonlySet<number>): Line[] {
  const width = wrapWidth(lines);
  const joined: Line[] = [];
  // Pieces are gathered first: joining pairwise would copy a long text again and again.
  let pieces: Line[] = [];
  let open: Open | null = null;
  lines.forEach((line, i) => {
    const goesOn =
      open !== null &&
      (continues(open.before, line, afterBreak.has(i), width) ||
        (i >= HEAD && width === null && wasCut(open, line, lines[i + 1])));
    if (!goesOn) {
      if (pieces.length > 0) joined.push(joinAll(pieces));
      pieces = [];
      open = null;
    }
    pieces.push(line);
    open = grow(open, line);
  });
  if (pieces.length > 0) joined.push(joinAll(pieces));
  return joined;
}

function grow(open: Open | null, line: Line): Open {
  const { text } = line;
  return {
    before: line,
    pieces: (open?.pieces ?? 0) + 1,
    length: (open?.length ?? 0) + text.length,
    commas: (open?.commas ?? 0) + (text.match(/[，,]/g)?.length ?? 0),
    hasStop: (open?.hasStop ?? false) || /[。；]/.test(text),
    marked: open?.marked ?? ![null, 'bullet'].includes(readMarker(text)?.form ?? null),
  };
}

/**
 * A sentence that was cut anywhere, as by scrapers that break before every figure: it has stops or commas inside and none at its end. A
 * heading has neither.
 */
function wasCut(open: Open, line: Line, next: Line | undefined): boolean {
  const { before, hasStop, commas, length, marked, pieces } = open;
  if (
    before.kind === 'row' ||
    line.kind === 'row' ||
    line.glued ||
    line.indented ||
    isTerminated(before.text)
  )
    return false;
  if (readMarker(line.text) !== null || isDateLine(line.text) || isBackMatter(line.text)) return false;
  if (isBodyName(line.text) || isPageHeader(line.text) || isTitleLine(line.text)) return false;
  if (isFigure(before, line, next)) return true;
  const inside = hasStop || (!marked && (commas >= 2 || (commas === 1 && length >= 26)));
  const figure = /^[0-9０-９]/.test(line.text);
  if (!inside && pieces === 1 && !(figure && length >= 24)) return false;
  // A short line without an end may be a heading: it is not, where a figure goes on after it.
  const short = line.text.length <= 30 && !isTerminated(line.text) && !/[，。；]/.test(line.text);
  return (
    !short ||
    figure ||
    (next !== undefined && /^[0-9０-９]/.test(next.text) && readMarker(next.text) === null)
  );
}

/** The shortest that a sentence is before its figure: cells of a table that was taken apart are shorter. */
const SHORTEST_BEFORE = 6;

/** "补助不超过" / "20" / "万元。": a figure with its unit behind it, or the unit behind its figure. */
function isFigure(before: Line, line: Line, next: Line | undefined): boolean {
  if (FIGURE.test(line.text))
    return before.text.length >= SHORTEST_BEFORE && next !== undefined && UNIT.test(next.text);
  return FIGURE.test(before.text) && UNIT.test(line.text);
}

function joinAll(pieces: readonly Line[]): Line {
  if (pieces.length === 1) return pieces[0]!;
  let half = pieces;
  while (half.length > 1) {
    const next: Line[] = [];
    for (let i = 0; i < half.length; i += 2)
      next.push(half[i + 1] === undefined ? half[i]! : joinLines(half[i]!, half[i + 1]!));
    half = next;
  }
  return half[0]!;
}

/** Whether `line` is the second half of a sentence that `before` began. */
function continues(before: Line, line: Line, afterBreak: boolean, width: number | null): boolean {
  if (before.kind === 'row' || line.kind === 'row' || line.glued) return false;
  const { text } = before;
  // A lone mark cannot open a line: it was pushed over.
  if (/^[，、。；：！？）》”’】,;:!?)]/.test(line.text) && !isSentenceEnd(text)) return true;
  if (/^[，、。；]/.test(line.text)) return true;
  if (/[年月\d]$/.test(text) && /^[年月日](?![\d\s])/.test(line.text)) return true;
  if (OPEN_ORDINAL.test(text) && ORDINAL.test(line.text)) return true;
  // "…特色高中。1" / "5.推动特殊教育…": the number of an item cut in two.
  if (afterBreak && /[。；]\d{1,2}$/.test(text) && /^\d?[.．、]/.test(line.text)) return true;
  const opensItself = readMarker(line.text) !== null || isDateLine(line.text) || isBackMatter(line.text);
  if (NUMBER_ALONE.test(text) && !opensItself) return text.endsWith('条') || line.text.length <= LONGEST_NAME;
  if (afterBreak && !isTerminated(text) && !opensItself && !isDateLine(text) && !isBodyName(text))
    return true;
  if (line.indented && !afterBreak) return false;
  if (opensItself) return false;
  if (/[，、,（(《“‘]$/.test(text) && text.length >= 8) return true;
  if (width !== null && !isSentenceEnd(text)) {
    // Lines of one width vary with figures and half-width signs; a short heading with a number is left alone.
    return (
      text.length >= width - 2 ||
      (text.length >= width * 0.75 && (readMarker(text) === null || /[，,。；]/.test(text)))
    );
  }
  if (width !== null) return false;
  return text.length >= LONG && !isTerminated(text) && /[。；，]/.test(text) && /[。；，]/.test(line.text);
}

function isSentenceEnd(text: string): boolean {
  return /[。！？；;：:][”’"』」）)】》]*$/.test(text);
}

function isDateLine(text: string): boolean {
  return text.length <= 24 && /^[（(]?(?:[12]\d{3}|二[〇○零O0]).{1,18}日/.test(text);
}

function isBackMatter(text: string): boolean {
  return /^(?:附件|抄送|主送|（此件|\(此件)/.test(text);
}

/**
 * The width at which a text was wrapped, or null. A wrapped text has many lines that end in the middle of a sentence, all of nearly
 * one length, and nearly none that is longer.
 */
function wrapWidth(lines: readonly Line[]): number | null {
  const texts = lines.filter((line) => line.kind === 'text').map((line) => line.text);
  if (texts.length < 8) return null;
  const open = texts.filter((text) => text.length >= 14 && !isTerminated(text));
  if (open.length < texts.length * 0.3) return null;
  const counts = new Map<number, number>();
  for (const text of open) counts.set(text.length, (counts.get(text.length) ?? 0) + 1);
  let width = 0;
  let most = 0;
  for (const length of counts.keys()) {
    const near = (counts.get(length - 1) ?? 0) + (counts.get(length) ?? 0) + (counts.get(length + 1) ?? 0);
    if (near > most) [most, width] = [near, length];
  }
  const longer = texts.filter((text) => text.length > width + 3).length;
  return most >= open.length * 0.5 && longer <= texts.length * 0.05 ? width : null;
}
