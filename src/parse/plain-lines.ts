/** Lines without a number: paragraphs, unnumbered headings, closing sentences, rows of tables. */
import type { ClauseKind } from '../model/clause.js';
import { keyOf, RANK } from './family.js';
import { isClosingText, isMajorTopic, isTopicLine } from './headings.js';
import { node, type Node, type Placed } from './node.js';
import type { Unit } from './unit.js';

const CHAPTER_RANK = RANK.chapter;

/** Places high enough to hold a closing sentence: 附则 is one of them. */
const TOP_KINDS: ReadonlySet<ClauseKind> = new Set(['part', 'chapter', 'division', 'section', 'topic']);

/** Below everything that is numbered. */
const ROW_RANK = 90;

/** How many plain lines may follow a closing sentence. */
const LAST_LINES = 3;

/** Adds a line to the place that is open. */
export function extend(stack: readonly Node[], start: number, end: number): void {
  const last = stack.at(-1)!;
  last.more.push({ start, end });
  last.end = end;
}

/** 一是…二是… on lines of their own still are one text. */
const COUNTED =
  /^(?:[一二三四五六七八九十]{1,3}是|第[一二三四五六七八九十]{1,2}[，,]|其[一二三四五六七八九十][，,是])/;

/** A closing sentence and at most a few plain ones after it end the text: they belong to no item above. */
function isClosing(placed: readonly Placed[], i: number): boolean {
  if (!isClosingText(placed[i]!.unit.text)) return false;
  for (let k = i + 1; k <= i + LAST_LINES; k++) {
    const next = placed[k];
    if (next === undefined || next.restart || next.unit.marker?.form === 'annex') return true;
    if (next.unit.marker !== null || next.unit.line.kind === 'row') return false;
  }
  return false;
}

/** "（三）购置发票。" after "（二）…；": the last of a list. What follows it stands below the text that the list belongs to. */
export function endsList(placed: readonly Placed[], i: number): boolean {
  const { marker, text } = placed[i]!.unit;
  const before = placed[i - 1]?.unit;
  return (
    marker !== null &&
    before?.marker != null &&
    keyOf(before.marker) === keyOf(marker) &&
    /。$/.test(text) &&
    /[；;]$/.test(before.text)
  );
}

/** Under 附则, or as the only text of a heading, a closing sentence stays where it stands. */
function closesInside(stack: readonly Node[]): boolean {
  const last = stack.at(-1)!;
  return (
    TOP_KINDS.has(last.kind) &&
    last.style === 'heading' &&
    last.children.every((one) => one.kind === 'paragraph')
  );
}

/** A row of a table; the first of several rows, when it holds the heads of the columns, heads the others. */
export function placeRow(placed: readonly Placed[], i: number, stack: Node[]): void {
  const { unit, start, end } = placed[i]!;
  const top = (): Node => stack.at(-1)!;
  const firstRow = placed[i - 1]?.unit.line.kind !== 'row' || placed[i]!.restart;
  while (top().kind === 'bullet' || top().kind === 'paragraph' || (firstRow && top().kind === 'row'))
    stack.pop();
  const made = node('row', null, 'row', ROW_RANK, null, 'plain', start, end);
  top().children.push(made);
  if (firstRow && placed[i + 1]?.unit.line.kind === 'row' && holdsColumnHeads(unit)) stack.push(made);
}

/** Column heads are short words: 序号, 任务, 责任单位, 完成时限. */
function holdsColumnHeads({ text, line }: Unit): boolean {
  const cells = line.cells.map(({ start, end }) => line.text.slice(start, end).replace(/\s/g, ''));
  return (
    cells.length >= 2 &&
    cells.every(
      (cell, i) =>
        cell.length <= 14 &&
        !/[。；，]/.test(cell) &&
        (!/^\d/.test(cell) || (i > 0 && /^(?:19|20)\d{2}年?/.test(cell))),
    ) &&
    text.length <= 120
  );
}

export function plainLine(
  placed: readonly Placed[],
  i: number,
  stack: Node[],
  article: Node | undefined,
): void {
  const { unit, start, end } = placed[i]!;
  const next = placed[i + 1]?.unit;
  const top = (): Node => stack.at(-1)!;
  if (
    isTopicLine(unit, placed[i - 1]?.unit, next, article !== undefined) ||
    (article === undefined && headsTopics(placed, i))
  ) {
    popForTopic(stack, unit, next, article);
    const topic = node(
      'topic',
      null,
      'topic',
      topicRank(top(), next, article !== undefined),
      null,
      'heading',
      start,
      end,
    );
    top().children.push(topic);
    stack.push(topic);
    return;
  }
  if (article !== undefined) return extend(stack, start, end);
  while (top().kind === 'bullet' || top().kind === 'row') stack.pop();
  if (isClosing(placed, i) && !closesInside(stack)) stack.length = 1;
  const before = top().children.at(-1);
  if (before?.kind === 'paragraph' && COUNTED.test(unit.text)) {
    before.end = end;
    return;
  }
  if (i > 0 && stack.length > 1 && endsList(placed, i - 1)) stack.pop();
  if (top().style === 'text' && top().children.length === 0) return extend(stack, start, end);
  top().children.push(node('paragraph', null, 'paragraph', 98, null, 'plain', start, end));
}

/**
 * Unnumbered headings have the rank of what they head: above the numbering that starts right below them, at the level of chapters between
 * articles, else below the numbered heading they stand under but never above 一、.
 */
function topicRank(parent: Node, next: Unit | undefined, inArticle: boolean): number {
  if (inArticle) return CHAPTER_RANK;
  const marker = next?.marker;
  if (marker != null && marker.number !== null && marker.path === null)
    return Math.max(parent.rank + 0.25, RANK[marker.form] - 0.5);
  return Math.max(parent.rank + 0.5, RANK.section);
}

/** "主要任务" right above "优化规划布局" and its text: two unnumbered levels. */
function headsTopics(placed: readonly Placed[], i: number): boolean {
  const { unit } = placed[i]!;
  const next = placed[i + 1];
  return (
    next !== undefined &&
    !next.restart &&
    unit.marker === null &&
    unit.line.kind === 'text' &&
    isMajorTopic(unit.text) &&
    isTopicLine(next.unit, unit, placed[i + 2]?.unit, false)
  );
}

/** A topic without any text of its own, so far or at all, is a level above the topics below it. */
function holdsTopics({ children, more }: Node): boolean {
  return more.length === 0 && children.every((child) => child.kind === 'topic');
}

/** A topic goes under the nearest heading; one that starts a numbering again goes above that numbering. */
function popForTopic(stack: Node[], unit: Unit, next: Unit | undefined, article: Node | undefined): void {
  const top = (): Node => stack.at(-1)!;
  if (article !== undefined) {
    while (stack.length > 1 && top().rank >= CHAPTER_RANK) stack.pop();
    return;
  }
  if (next?.marker != null && next.marker.number !== null) {
    const open = stack.findIndex((one) => one.key === keyOf(next.marker!));
    if (open > 0) stack.length = open;
  }
  while (
    stack.length > 1 &&
    (top().style !== 'heading' ||
      (top().kind === 'topic' && (isMajorTopic(unit.text) || !holdsTopics(top()))))
  )
    stack.pop();
}
