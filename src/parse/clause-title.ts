/** What heads a place: all of a heading line, or the words that open its text. */
import type { Span } from '../model/span.js';
import { runInTitle } from './headings.js';
import type { Node } from './node.js';

/** A line of one sentence this long, with places below it, is a heading as a whole. */
const SHORT_LINE = 45;

/** The run-in heading of a clause, without its marker and its stop; null when it has none. */
export function titleOf(node: Node, own: string): Span | null {
  if (node.kind === 'preamble' || node.kind === 'lead' || node.kind === 'row') return null;
  const from = node.marker === null ? 0 : node.marker.end - node.marker.start;
  const line = own.slice(0, node.lineEnd - node.start);
  const title =
    node.form === 'article' ? articleTitle(line, from) : runInTitle(line, from, node.marker !== null);
  if (title === null) return null;
  const printed = line.slice(title.start, title.end);
  const opened = /^[（(【[]/.test(printed) ? 1 : 0;
  const bare = printed.replace(opened === 1 ? /[）)】\]]$/ : /[。：:]$/, '');
  return { start: node.start + title.start + opened, end: node.start + title.start + bare.length };
}

/** 第一条（目的和依据）, 第一条【立法目的】, "第三条 安家补贴。给予…": the ways in which some texts head their articles. */
function articleTitle(line: string, from: number): Span | null {
  const piece = line.slice(from, from + 40);
  const match =
    /^[（(【[]([^（()）】\]]{2,30})[】）)\]]/.exec(piece) ??
    /^(?!.{0,8}(?:应当|不得|可以|适用|负责|是|按照))[^。，；：、]{2,8}。(?=.{8})/.exec(piece);
  return match === null ? null : { start: from, end: from + match[0].length };
}

/** The part of the first line that heads what follows: all of a heading line, else marker and run-in heading. */
export function headingSpan(node: Node, text: string): Span {
  if (node.style === 'heading') return { start: node.start, end: node.lineEnd };
  const line = text.slice(node.start, node.lineEnd);
  const from = node.marker === null ? 0 : node.marker.end - node.marker.start;
  const title = runInTitle(line, from, true);
  if (title !== null) return { start: node.start, end: node.start + title.end };
  if (line.length - from <= SHORT_LINE && !/[。；]/.test(line.slice(0, -1)))
    return { start: node.start, end: node.lineEnd };
  return { start: node.start, end: node.start + line.slice(0, from).trimEnd().length };
}
