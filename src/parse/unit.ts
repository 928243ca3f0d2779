/** A line that holds no inner marker any more, with the marker that opens it. What the outline is built from. */
import { cut, type Line } from './line.js';
import type { Form, Marker } from './marker.js';
import { readMarker } from './markers.js';

export interface Unit {
  readonly line: Line;
  readonly text: string;
  readonly marker: Marker | null;
  /** Title of one document of a series in one file: "…实施方案（二）", "篇二：…". */
  readonly opensDocument: boolean;
}

export function toUnit(line: Line, opensDocument = false): Unit {
  const marker = line.kind === 'row' || opensDocument ? null : readMarker(line.text);
  return { line, text: line.text.trim(), marker, opensDocument };
}

/** Where a marker may stand inside a line; `readMarker` then decides. */
const CANDIDATE =
  /[一二三四五六七八九十]{1,3}[ 　]*[、．.]|[（(][ 　]*[一二三四五六七八九十\d０-９]{1,3}[ 　]*[）)]|(?<![\d０-９.．（(])[\d０-９]{1,3}[、.．）)]|第[ 　]*[一二三四五六七八九十百零〇\d]{1,6}[ 　]*[编章节条]|[①-⑳]|——/g;
/** Forms that alone show that lines were joined; the others are split only beside these. */
const STRONG: ReadonlySet<Form> = new Set([
  'part',
  'chapter',
  'division',
  'article',
  'section',
  'subsection',
  'item',
]);
const HEADING_LENGTH = 45;
/** "…。（责任单位：区金融局）": a remark after a sentence ends with it. */
const REMARK = /[。；][（(][^（()）。]{2,}[）)]\s*$/;
const LONGEST_REMARK = 80;
/** How many lines ahead a "2." is looked for that makes a "1." inside a line a marker. */
const AHEAD = 60;

interface Candidate {
  readonly marker: Marker;
  readonly boundary: 'sentence' | 'list' | 'none';
  readonly hasNext: boolean;
  /** It is 1 after "意见如下：", and 2 of its form stands after a sentence of the same line: a body that was joined. */
  readonly opensList: boolean;
}

/** Splits lines that were joined at the markers inside them. */
export function splitLines(lines: readonly Line[], opens: ReadonlySet<number>): Unit[] {
  const heads = lines.map((line, i) => toUnit(line, opens.has(i)));
  const last = new Map<string, number>();
  const units: Unit[] = [];
  heads.forEach((head, i) => {
    if (head.opensDocument) last.clear();
    note(last, head.marker);
    const cuts = head.line.kind === 'row' || head.opensDocument ? [] : innerMarkers(head, heads, i, last);
    if (cuts.length === 0) {
      units.push(head);
      return;
    }
    const bounds = [0, ...cuts, head.line.text.length];
    for (let k = 0; k + 1 < bounds.length; k++)
      units.push(toUnit(cut(head.line, bounds[k]!, bounds[k + 1]!)));
  });
  return units;
}

/** Offsets of the markers inside a line that start a unit of their own. */
function innerMarkers(head: Unit, heads: readonly Unit[], at: number, last: Map<string, number>): number[] {
  const candidates = findCandidates(head, heads, at);
  if (candidates.length === 0) return [];
  const first = accept(head, candidates, new Map(last), false);
  const joined = first.filter((marker) => STRONG.has(marker.form)).length >= 1;
  const chosen = joined ? accept(head, candidates, new Map(last), true) : [];
  for (const marker of chosen) note(last, marker);
  return chosen.map((marker) => marker.start);
}

function accept(
  head: Unit,
  candidates: readonly Candidate[],
  last: Map<string, number>,
  joined: boolean,
): Marker[] {
  const accepted: Marker[] = [];
  let pieceStart = head.marker?.end ?? 0;
  let pieceForm = head.marker?.form ?? null;
  for (const { marker, boundary, hasNext, opensList } of candidates) {
    if (marker.start <= pieceStart) continue;
    const { form, number, suffix } = marker;
    if (!joined && !STRONG.has(form)) continue;
    const expected = (last.get(form) ?? 0) + 1;
    const fits =
      form === 'bullet'
        ? boundary === 'sentence'
        : number === expected ||
          (number === 1 && hasNext) ||
          (suffix !== null && number === expected - 1) ||
          (joined && boundary === 'sentence' && skips(marker, expected));
    if (!fits) continue;
    const piece = head.line.text.slice(pieceStart, marker.start).trim();
    // In a joined body the first of a numbering follows its heading at once: "一、提高认识，加强领导（一）…（二）…".
    // Some texts count their （一） or 1. on through all sections.
    const opensBelow =
      joined &&
      ((pieceForm !== null && number === 1 && hasNext && form !== 'bullet') ||
        (pieceForm === 'section' && (form === 'subsection' || form === 'item')));
    const afterHeading =
      boundary === 'none' &&
      piece.length >= 2 &&
      piece.length <= HEADING_LENGTH &&
      !(opensBelow ? /[。；：;:！？]/ : /[，。；：、,;:！？]/).test(
        piece.replace(/、/g, pieceForm !== null ? '' : '、'),
      ) &&
      (pieceForm !== null || number === 1);
    if (boundary === 'none' && !(afterHeading && (STRONG.has(form) || opensBelow))) continue;
    if (boundary === 'list' && !joined && !(opensList && hasNext)) continue;
    accepted.push(marker);
    note(last, marker);
    pieceStart = marker.end;
    pieceForm = form;
  }
  return accepted;
}

/** How many numbers a text may leave out. */
const LONGEST_SKIP = 2;

/** Numbers that skip or repeat, after the end of a sentence in a body that was joined: a slip of the author, not a figure of the text. */
function skips({ form, number }: Marker, expected: number): boolean {
  return (
    STRONG.has(form) &&
    number !== null &&
    expected > 1 &&
    number >= expected - 1 &&
    number <= expected + LONGEST_SKIP
  );
}

function findCandidates(head: Unit, heads: readonly Unit[], at: number): Candidate[] {
  const { text } = head.line;
  const found: Omit<Candidate, 'hasNext' | 'opensList'>[] = [];
  for (const match of text.matchAll(CANDIDATE)) {
    // "坚持安全第一、预防为主": an ordinal is no number of a list.
    if (match.index === 0 || text[match.index - 1] === '第') continue;
    const marker = readMarker(text, match.index);
    if (marker === null || marker.start !== match.index || (marker.number !== null && marker.number < 1))
      continue;
    found.push({ marker, boundary: isSetOff(text, marker) ? 'sentence' : boundaryAt(text, match.index) });
  }
  const seen = new Set<string>();
  const seenAfterSentence = new Set<string>();
  const candidates: Candidate[] = [];
  for (let k = found.length - 1; k >= 0; k--) {
    const one = found[k]!;
    const { form, number } = one.marker;
    candidates.push({
      ...one,
      hasNext: seen.has(form) || (number === 1 && seenAhead(form, heads, at)),
      opensList: number === 1 && head.marker === null && seenAfterSentence.has(form),
    });
    if (number === 2) seen.add(form);
    if (number === 2 && one.boundary === 'sentence') seenAfterSentence.add(form);
  }
  return candidates.reverse();
}

/** Whether a line soon after opens with number 2 of this form. */
function seenAhead(form: Form, heads: readonly Unit[], at: number): boolean {
  for (let i = at + 1; i < Math.min(heads.length, at + AHEAD); i++) {
    const marker = heads[i]!.marker;
    if (marker?.form === form) return marker.number === 2;
  }
  return false;
}

/** "… 第一章 总则 第一条 为了…": a page that put its paragraphs on one line parts them by blanks. */
function isSetOff(text: string, { form, start, end }: Marker): boolean {
  return (
    (form === 'chapter' || form === 'division' || form === 'article') &&
    /\s/.test(text[start - 1] ?? '') &&
    /\s/.test(text[end - 1] ?? '')
  );
}

function boundaryAt(text: string, at: number): Candidate['boundary'] {
  if (
    /[）)]\s*$/.test(text.slice(Math.max(0, at - 2), at)) &&
    REMARK.test(text.slice(Math.max(0, at - LONGEST_REMARK), at))
  )
    return 'sentence';
  const before = text.slice(Math.max(0, at - 6), at);
  if (/[。！？!?…][”’"』」）)】》]*\s*$/.test(before) || /\s{2,}$/.test(before)) return 'sentence';
  if (/[；;][”’"』」）)】》]*\s*$/.test(before) || /(?:[：]|[^\d]:)\s*$/.test(before)) return 'list';
  return 'none';
}

/** Remembers the last number of each form; a marker of a higher form lets the forms below it start again, or run on. */
function note(last: Map<string, number>, marker: Marker | null): void {
  if (marker !== null && marker.number !== null) last.set(marker.form, marker.number);
}
