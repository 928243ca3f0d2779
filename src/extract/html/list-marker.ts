/** The numbers of ordered lists: a browser prints them, the source has none. */
import type { ElementNode } from './tree.js';

/** A text that brings its own number: then the list was made for its indent. */
const OWN_NUMBER =
  /^(?:\s|&nbsp;|<[^>]{0,200}>){0,40}(?:第?[一二三四五六七八九十]{1,3}[、，.．章节条是]|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,3}[、.．)）]|[①-⑳])/;
const CJK = /cjk-ideographic|(?:simp|trad)-chinese-(?:in)?formal|cjk-decimal/;

/** The marker of an <li> with its delimiter, or ''. HTML, 4.4.5 and 4.4.8: type, start, value, reversed is not used here. */
export function listMarker(item: ElementNode, source: string): string {
  const list = item.parent;
  if (list?.name !== 'ol') return '';
  const style = `${list.attributes['style'] ?? ''};${item.attributes['style'] ?? ''}`.toLowerCase();
  if (/list-style(?:-type)?\s*:[^;]*none/.test(style)) return '';
  const inside = source.indexOf('>', item.start) + 1;
  if (OWN_NUMBER.test(source.slice(inside, Math.min(item.end, inside + 600)))) return '';
  const number = numberOf(item, list);
  if (CJK.test(style)) return `${chinese(number)}、`;
  switch (item.attributes['type'] ?? list.attributes['type'] ?? typeOf(style)) {
    case 'a':
      return `${letter(number)}.`;
    case 'A':
      return `${letter(number).toUpperCase()}.`;
    case 'i':
      return `${roman(number)}.`;
    case 'I':
      return `${roman(number).toUpperCase()}.`;
    default:
      return `${number}.`;
  }
}

function typeOf(style: string): string {
  if (/lower-(?:alpha|latin)/.test(style)) return 'a';
  if (/upper-(?:alpha|latin)/.test(style)) return 'A';
  if (/lower-roman/.test(style)) return 'i';
  return /upper-roman/.test(style) ? 'I' : '1';
}

/** Numbers of all items of a list are found once: a list may have thousands. */
const numbers = new WeakMap<ElementNode, Map<ElementNode, number>>();

function numberOf(item: ElementNode, list: ElementNode): number {
  let known = numbers.get(list);
  if (known === undefined) {
    known = new Map();
    let next = integer(list.attributes['start']) ?? 1;
    for (const child of list.children) {
      if (child.type !== 'element' || child.name !== 'li') continue;
      next = integer(child.attributes['value']) ?? next;
      known.set(child, next++);
    }
    numbers.set(list, known);
  }
  return known.get(item) ?? 1;
}

function integer(value: string | undefined): number | null {
  return value !== undefined && /^\s*-?\d{1,6}\s*$/.test(value) ? parseInt(value, 10) : null;
}

const DIGITS = '零一二三四五六七八九';

/** Up to 99, as lists of a policy text go; beyond that in figures. */
function chinese(number: number): string {
  if (number < 1 || number > 99) return String(number);
  const [tens, ones] = [Math.floor(number / 10), number % 10];
  if (tens === 0) return DIGITS[ones]!;
  return `${tens === 1 ? '' : DIGITS[tens]!}十${ones === 0 ? '' : DIGITS[ones]!}`;
}

function letter(number: number): string {
  return number >= 1 && number <= 26 ? String.fromCharCode(96 + number) : String(number);
}

function roman(number: number): string {
  if (number < 1 || number > 39) return String(number);
  const ones = ['', 'i', 'ii', 'iii', 'iv', 'v', 'vi', 'vii', 'viii', 'ix'];
  return 'x'.repeat(Math.floor(number / 10)) + ones[number % 10]!;
}
