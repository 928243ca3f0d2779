/** Share sites put several texts into one page: "…实施方案（一）…实施方案（二）", "篇一：…". Finds where each opens. */
import { cut, type Line } from './line.js';
import { numeralValue } from '../analysis/numerals.js';
import { stripTail } from './titles.js';

const NUMBERED = /[（(【]([一二三四五六七八九十]{1,3}|\d{1,2})[）)】]/g;
const PIECE =
  /^(?:【?(?:篇|范文|第)\s*([一二三四五六七八九十]{1,3}|\d{1,2})\s*(?:篇|】|[:：])|【篇([一二三四五六七八九十\d]{1,3})】)\s*[:：]?/;
const TRAILING_PIECE =
  /^[^。；，]{4,60}?\s*[（(【]?(?:篇|范文)\s*(?:[一二三四五六七八九十]{1,3}|\d{1,2})[）)】]?[:：]?$/;
const JOINED_PIECE =
  /^[^。；，：]{3,40}?(?:方案|计划|总结|报告|意见|办法|要点|制度|措施|预案|细则|规定)[ 　]*[（(【]?(?:篇|范文)[ 　]*([一二三四五六七八九十]{1,3}|\d{1,2})[）)】]?(?=[ 　]*[^。；，：\s）)】]{2})/;
const KIND =
  /(?:方案|计划|总结|报告|意见|办法|要点|规划|通知|制度|范文|措施|预案|讲话|心得|细则|规定|汇报|材料|说明|细则|要求)$/;
const LONGEST_TITLE = 60;
/** How many （一） are tried as the first of a series. */
const TRIES = 20;

export interface Opened {
  readonly lines: readonly Line[];
  /** Indices of lines that are the title of a document of the series. */
  readonly opens: ReadonlySet<number>;
  /** Indices of lines that name the series as a whole: no part of any document. */
  readonly captions: ReadonlySet<number>;
}

/** Puts each title of the series on a line of its own. */
export function openSeries(all: readonly Line[]): Opened {
  const lines = splitJoinedTitles(all);
  const places = findNumbered(lines);
  const pieces = findPieces(lines);
  if (places.length < 2) return { lines, opens: pieces, captions: new Set() };
  const result: Line[] = [];
  const opens = new Set<number>();
  const captions = new Set<number>();
  const first = places[0]!;
  const base = first.title;
  lines.forEach((line, i) => {
    const own = places.filter((place) => place.line === i);
    if (own.length === 0) {
      if (i < first.line && namesSeries(line.text, base)) captions.add(result.length);
      result.push(line);
      return;
    }
    let from = 0;
    for (const place of own) {
      if (place.start > from) {
        const before = cut(line, from, place.start);
        if (place === first && namesSeries(before.text, base)) captions.add(result.length);
        result.push(before);
      }
      opens.add(result.length);
      result.push(cut(line, place.start, place.end));
      from = place.end;
    }
    if (from < line.text.length) result.push(cut(line, from, line.text.length));
  });
  return { lines: result, opens, captions };
}

/** "某某方案 篇1为深入推进…": the title of a piece runs into its text. Told from a sentence by the pieces being counted 1, 2, …. */
function splitJoinedTitles(lines: readonly Line[]): readonly Line[] {
  const ends = new Map<number, number>();
  lines.forEach((line, i) => {
    if (line.kind === 'row') return;
    const match = JOINED_PIECE.exec(line.text);
    if (match === null || numeralValue(match[1]!) !== ends.size + 1) return;
    ends.set(i, match[0].length);
  });
  if (ends.size < 2) return lines;
  return lines.flatMap((line, i) => {
    const end = ends.get(i);
    return end === undefined ? [line] : [cut(line, 0, end), cut(line, end, line.text.length)];
  });
}

interface Place {
  readonly line: number;
  readonly start: number;
  readonly end: number;
  readonly title: string;
}

/** Places where one title is followed by （一）, （二）, … in order. */
function findNumbered(lines: readonly Line[]): Place[] {
  const chains: Place[][] = [];
  const candidates: { line: number; at: number; end: number; number: number; before: string }[] = [];
  lines.forEach((line, i) => {
    if (line.kind === 'row') return;
    for (const match of line.text.matchAll(NUMBERED)) {
      const before = line.text.slice(Math.max(0, match.index - LONGEST_TITLE), match.index);
      if (!KIND.test(before)) continue;
      candidates.push({
        line: i,
        at: match.index,
        end: match.index + match[0].length,
        number: numeralValue(match[1]!) ?? 0,
        before,
      });
    }
  });
  let tried = 0;
  candidates.forEach((first, at) => {
    if (first.number !== 1 || chains.length > 0 || ++tried > TRIES) return;
    const chain = [first];
    let title = first.before;
    for (const one of candidates.slice(at + 1)) {
      if (one.number !== chain.length + 1) continue;
      const common = commonSuffix(title, one.before);
      if (common.length < 6) continue;
      chain.push(one);
      title = common;
    }
    title = title.replace(/^[^\u4e00-\u9fff《“A-Za-z\d]+/, '');
    const opening = chain.filter((one) => opensText(one.before, title));
    if (opening.length >= 2 && opening.length === chain.length) {
      chains.push(chain.map(({ line, at: end0, end }) => ({ line, start: end0 - title.length, end, title })));
    }
  });
  return chains[0] ?? [];
}

/** A title of a series stands at the start of a line, after the end of a sentence, or after the name of the series. */
function opensText(before: string, title: string): boolean {
  const above = before.slice(0, before.length - title.length);
  return (
    above.length < LONGEST_TITLE && (above === '' || /[。！？；…”）)\s]$/.test(above) || /\d篇$/.test(above))
  );
}

/** "篇一：某某方案" at the start of a line, at least two of them. */
function findPieces(lines: readonly Line[]): Set<number> {
  const places = lines.flatMap((line, i) =>
    (PIECE.test(line.text) || TRAILING_PIECE.test(line.text)) &&
    line.text.length <= LONGEST_TITLE &&
    !/[。；]$/.test(line.text)
      ? [i]
      : [],
  );
  return new Set(places.length >= 2 ? places : []);
}

/** "某某实施方案4篇.docx": the title of the whole series. */
function namesSeries(text: string, base: string): boolean {
  const compact = text.replace(/\s+/g, '');
  return (
    compact.length <= base.length * 2 + 20 && compact.includes(base) && stripTail(compact).endsWith(base)
  );
}

function commonSuffix(a: string, b: string): string {
  let n = 0;
  while (n < a.length && n < b.length && a[a.length - 1 - n] === b[b.length - 1 - n]) n++;
  return a.slice(a.length - n);
}
