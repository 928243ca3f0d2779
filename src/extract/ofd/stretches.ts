/** Letters of a TextObject → stretches that stand on one base line without a gap. */
import type { TextCode, TextObject } from './page-object.js';

/** In the space of the object. */
export interface Stretch {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  /** Along the base line. */
  readonly length: number;
}

/** In parts of the type size. A gap between Latin letters is no blank: their widths are guessed, a blank is written. */
const GAP = 0.15;
const LATIN_GAP = 0.3;
const WIDE_BLANK = 0.7;
const OFF_THE_LINE = 0.1;

const WIDE =
  /[\u2010-\u203f\u2460-\u24ff\u25a0-\u27bf\u2e80-\uff60\uffe0-\uffe6\u{1f000}-\u{3ffff}\u00a4\u00b7]/u;

/** Parts of the type size: fonts of an OFD say the same of Chinese, and the rest decides only where words end. */
function widthOf(letter: string): number {
  if (WIDE.test(letter)) return 1;
  if (/[mwMW%@&]/.test(letter)) return 0.9;
  return /[A-Z]/.test(letter) ? 0.7 : 0.5;
}

interface Open {
  text: string;
  readonly x: number;
  readonly y: number;
  /** Along and across the base line, from x and y. */
  along: number;
  across: number;
  /** Right edge of the last letter. */
  end: number;
  last: string;
  blank: boolean;
}

export function stretchesOf(object: TextObject): Stretch[] {
  const found: Stretch[] = [];
  let [startX, startY] = [0, 0];
  for (const code of object.codes) {
    startX = code.x ?? startX;
    startY = code.y ?? startY;
    for (const { text, x, y, end } of split(object, code, startX, startY))
      found.push({ text, x, y, length: end });
  }
  return found;
}

function split(object: TextObject, code: TextCode, startX: number, startY: number): Open[] {
  const { size, stretch } = object;
  const letters = [...code.text];
  const deltaX = deltasOf(code.deltaX, letters.length - 1);
  const deltaY = deltasOf(code.deltaY, letters.length - 1);
  const [cos, sin] = direction(object.charDirection);
  const [readX, readY] = direction(object.readDirection);
  const found: Open[] = [];
  let open: Open | null = null;
  let [x, y] = [startX, startY];
  letters.forEach((letter, i) => {
    const width = widthOf(letter) * size * stretch;
    if (letter.trim() === '') {
      if (open !== null) open.blank = true;
    } else {
      if (open === null || !goesOn(open, letter, size)) {
        open = { text: letter, x, y, along: 0, across: 0, end: width, last: letter, blank: false };
        found.push(open);
      } else {
        open.text += open.blank ? ` ${letter}` : letter;
        open.blank = false;
        open.last = letter;
        open.end = Math.max(open.end, open.along + width);
      }
    }
    const given = deltaX !== null || deltaY !== null;
    const dx = given ? (deltaX?.[i] ?? 0) : readX * width;
    const dy = given ? (deltaY?.[i] ?? 0) : readY * width;
    x += dx;
    y += dy;
    if (open === null) return;
    open.along += dx * cos + dy * sin;
    open.across += dy * cos - dx * sin;
  });
  return found;
}

function goesOn(open: Open, letter: string, size: number): boolean {
  if (open.along < 0 || Math.abs(open.across) > OFF_THE_LINE * size) return false;
  const latin = !WIDE.test(open.last) && !WIDE.test(letter);
  return open.along - open.end < size * (open.blank ? WIDE_BLANK : latin ? LATIN_GAP : GAP);
}

/** Unit vector, y downwards. */
function direction(degrees: number): [number, number] {
  return [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
}

/**
 * GB/T 33190: "g n v" is n times v. No more than `count` are made, whatever n says; where producers wrote too few, the last goes on.
 * null: none are given.
 */
export function deltasOf(notation: string, count: number): number[] | null {
  const words = notation.split(/[\s,]+/).filter((word) => word !== '');
  if (words.length === 0) return null;
  const deltas: number[] = [];
  for (let i = 0; i < words.length && deltas.length < count; i++) {
    const repeats = words[i] === 'g' ? Number(words[i + 1]) : 1;
    if (words[i] === 'g') i += 2;
    const value = Number(words[i]);
    const times = Number.isFinite(repeats) ? Math.min(repeats, count - deltas.length) : 0;
    for (let n = 0; n < times; n++) deltas.push(Number.isFinite(value) ? value : 0);
  }
  while (deltas.length < count) deltas.push(deltas.at(-1) ?? 0);
  return deltas;
}
