/** 款, 项 and 目 inside a 条: 款 are its paragraphs and counted, 项 are （一）, 目 are 1. (立法法 第六十五条). */
import type { ClausePart } from '../model/clause.js';
import type { Span } from '../model/span.js';
import { readMarker } from './markers.js';
import { numeralValue } from '../analysis/numerals.js';
import type { Node } from './node.js';

const INLINE = /(?<=[：:；;][ \t　]*)[（(]([一二三四五六七八九十]{1,3})[）)]/g;

export function articleParts(text: string, node: Node): ClausePart[] {
  const lines: Span[] = [{ start: node.start, end: node.lineEnd }, ...node.more];
  const parts: ClausePart[] = [];
  let paragraph: { start: number; end: number } | null = null;
  let count = 0;
  const close = (): void => {
    if (paragraph !== null) parts.push({ kind: '款', number: ++count, span: paragraph });
  };
  const inner: ClausePart[] = [];
  lines.forEach((line, i) => {
    const marker = i === 0 ? null : readMarker(text.slice(line.start, Math.min(line.end, line.start + 12)));
    const kind =
      marker?.form === 'subsection' || marker?.form === 'section'
        ? '项'
        : marker?.form === 'item'
          ? '目'
          : null;
    if (kind !== null && marker!.number !== null) {
      inner.push({ kind, number: marker!.number, span: line });
      if (paragraph !== null) paragraph.end = line.end;
      else paragraph = { ...line };
    } else if (marker !== null && paragraph !== null) {
      paragraph.end = line.end;
    } else {
      close();
      paragraph = { ...line };
      inner.push(...inlineItems(text, line));
    }
  });
  close();
  return [...parts, ...inner].sort((a, b) => a.span.start - b.span.start || b.span.end - a.span.end);
}

/** "…适用于：（一）甲；（二）乙。" on one line: 项 too, when they count from 1. */
function inlineItems(text: string, line: Span): ClausePart[] {
  const own = text.slice(line.start, line.end);
  const starts: number[] = [];
  for (const match of own.matchAll(INLINE)) {
    if (numeralValue(match[1]!) === starts.length + 1) starts.push(match.index);
  }
  if (starts.length < 2) return [];
  return starts.map((start, i) => ({
    kind: '项',
    number: i + 1,
    span: {
      start: line.start + start,
      end: line.start + own.slice(0, starts[i + 1] ?? own.length).trimEnd().length,
    },
  }));
}
