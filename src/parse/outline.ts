/** Units of a body → tree of places. Which marker nests under which is decided from context. */
import type { ClauseKind } from '../model/clause.js';
import type { Form, Marker } from './markers.js';
import { isClosingText, isHeadingText, isTopicLine } from './headings.js';
import {
  articleLooksReal,
  headsArticles,
  keyOf,
  nestsInside,
  RANK,
  rankOf,
  type FamilyContext,
} from './family.js';
import type { Unit } from './unit.js';

const CHAPTER_RANK = RANK.chapter;
/** Places high enough to hold a closing sentence: 附则 is one of them. */
const TOP_KINDS: ReadonlySet<ClauseKind> = new Set(['part', 'chapter', 'division', 'section', 'topic']);
/** Below everything that is numbered. */
const ROW_RANK = 90;
/** How far ahead the next heading of a level is looked for. */
const AHEAD = 400;
/** How many plain lines may follow a closing sentence. */
const LAST_LINES = 3;

/** A place in the outline under construction. Offsets are in the document's clean text. */
export interface Node {
  readonly kind: ClauseKind;
  readonly form: Form | null;
  readonly key: string;
  readonly rank: number;
  readonly number: number | null;
  readonly suffix: number | null;
  readonly marker: Marker | null;
  /** `heading`: its line is a heading; `text`: its line is text, perhaps with a run-in heading; `plain`: no marker. */
  readonly style: 'heading' | 'text' | 'plain';
  readonly start: number;
  /** End of its own first line, and of all its own lines. */
  readonly lineEnd: number;
  end: number;
  readonly children: Node[];
  /** The last number of each key among its children. */
  readonly lastNumber: Map<string, number>;
  /** Numbered 1 again without a heading in between: the heading above it was lost. */
  orphan: boolean;
  /** Own lines after the first. */
  readonly more: { start: number; end: number }[];
}

/** A unit with its place in the clean text. */
export interface Placed {
  readonly unit: Unit;
  readonly start: number;
  readonly end: number;
  /** What stands before it is no body: a title, a notice, a signature. The outline starts again. */
  readonly restart: boolean;
}

export function buildOutline(placed: readonly Placed[], context: FamilyContext): Node {
  const root = node('preamble', null, 'root', -1, null, 'heading', 0, 0);
  const stack: Node[] = [root];
  /** Pairs of forms of which the first was found inside the second, against their usual rank. */
  const nested = new Set<string>();
  const top = (): Node => stack.at(-1)!;
  const popTo = (rank: number): void => {
    while (stack.length > 1 && top().rank >= rank) stack.pop();
  };
  const push = (child: Node): Node => {
    top().children.push(child);
    if (child.number !== null) top().lastNumber.set(child.key, child.number);
    stack.push(child);
    return child;
  };

  placed.forEach((here, i) => {
    const { unit, start, end } = here;
    if (here.restart) stack.length = 1;
    const article = stack.findLast((one) => one.form === 'article');
    const own = unit.marker;
    if (unit.line.kind === 'row') {
      if (article !== undefined) return extend(stack, start, end);
      placeRow(placed, i, stack);
      return;
    }
    if (own === null || !isStructural(own, placed, i, stack, context)) {
      plainLine(placed, i, stack, article);
      return;
    }
    if (article !== undefined && staysInArticle(own, placed, i, context)) return extend(stack, start, end);
    const rank = rankOf(own, placed, i, context);
    const key = keyOf(own);
    const open = stack.findLastIndex((one) => one.key === key);
    if (own.form === 'annex') stack.length = 1;
    else if (open > 0) stack.length = open;
    else if (continued(stack, key, own.number) > 0) stack.length = continued(stack, key, own.number);
    else if (nested.has(`${key} in ${top().key}`) || nestsInside(own, top(), placed, i))
      nested.add(`${key} in ${top().key}`);
    else popTo(rank);
    const style = isHeadingText(unit, placed[i + 1]?.unit) ? 'heading' : 'text';
    const again = own.number === 1 && top().lastNumber.has(key);
    const made = push(node(own.kind, own, key, rank, own.number, style, start, end));
    made.orphan = again && isOrphan(stack.at(-2)!, placed, i);
  });
  return root;
}

/** Adds a line to the place that is open. */
function extend(stack: readonly Node[], start: number, end: number): void {
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
function placeRow(placed: readonly Placed[], i: number, stack: Node[]): void {
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

function plainLine(placed: readonly Placed[], i: number, stack: Node[], article: Node | undefined): void {
  const { unit, start, end } = placed[i]!;
  const next = placed[i + 1]?.unit;
  const top = (): Node => stack.at(-1)!;
  if (isTopicLine(unit, placed[i - 1]?.unit, next, article !== undefined)) {
    popForTopic(stack, next, article);
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

/** How much of the stack to keep when a number goes on from a sibling that an unnumbered heading closed; 0 when none does. */
function continued(stack: readonly Node[], key: string, number: number | null): number {
  const top = stack.at(-1)!;
  // A number right below an unnumbered heading is what that heads.
  if (number === null || number < 2 || (top.kind === 'topic' && top.children.length === 0)) return 0;
  return stack.findLastIndex((one) => one.lastNumber.get(key) === number - 1) + 1;
}

/** A topic goes under the nearest heading; one that starts a numbering again goes above that numbering. */
function popForTopic(stack: Node[], next: Unit | undefined, article: Node | undefined): void {
  const top = (): Node => stack.at(-1)!;
  if (article !== undefined) {
    while (stack.length > 1 && top().rank >= CHAPTER_RANK) stack.pop();
    return;
  }
  if (next?.marker != null && next.marker.number !== null) {
    const open = stack.findIndex((one) => one.key === keyOf(next.marker!));
    if (open > 0) stack.length = open;
  }
  while (stack.length > 1 && (top().style !== 'heading' || top().kind === 'topic')) stack.pop();
}

/** Whether a marker opens a place here, or is only how a sentence of the text begins. */
function isStructural(
  marker: Marker,
  placed: readonly Placed[],
  i: number,
  stack: readonly Node[],
  context: FamilyContext,
): boolean {
  if (marker.form === 'article') return articleLooksReal(marker, placed, i, context);
  if (marker.form === 'annex') return placed[i]!.unit.text.length <= 80;
  if (marker.form === 'decimal') return context.decimal;
  return stack.length > 0;
}

/** （一） is 项 under a 条 and 1. is 目 (立法法 第六十五条): both belong to the text of the 条. */
function staysInArticle(
  marker: Marker,
  placed: readonly Placed[],
  i: number,
  context: FamilyContext,
): boolean {
  switch (marker.form) {
    case 'part':
    case 'subpart':
    case 'chapter':
    case 'division':
    case 'article':
    case 'annex':
    case 'question':
      return false;
    case 'section':
      return !headsArticles(placed, i, context);
    default:
      return true;
  }
}

/** Numbered 1 although a sibling came before: a heading between them was lost. */
function isOrphan(parent: Node, placed: readonly Placed[], i: number): boolean {
  if (parent.rank < 0 || parent.form === null) return false;
  const following = placed
    .slice(i + 1, i + AHEAD)
    .find(({ unit }) => unit.marker !== null && keyOf(unit.marker) === parent.key)?.unit.marker;
  return (
    following != null &&
    parent.number !== null &&
    following.number !== null &&
    following.number > parent.number + 1
  );
}

function node(
  kind: ClauseKind,
  marker: Marker | null,
  key: string,
  rank: number,
  number: number | null,
  style: Node['style'],
  start: number,
  end: number,
): Node {
  return {
    kind,
    form: marker?.form ?? null,
    key,
    rank,
    number,
    suffix: marker?.suffix ?? null,
    marker,
    style,
    start,
    lineEnd: end,
    end,
    children: [],
    lastNumber: new Map(),
    orphan: false,
    more: [],
  };
}
