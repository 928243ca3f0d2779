/** 款, 项 and 目 inside a 条: 款 are its paragraphs and counted, 项 are （一）, 目 are 1. (立法法 第六十五条). */
import type { ClausePart } from '../model/clause.js';
import type { Span } from '../model/span.js';
import { readMarker } from './markers.js';
import type { Node } from './outline.js';

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
    }
  });
  close();
  return [...parts, ...inner].sort((a, b) => a.span.start - b.span.start || b.span.end - a.span.end);
}
