/** Units of a body → tree of places. Which marker nests under which is decided from context. */
import {
  articleLooksReal,
  headsArticles,
  keyOf,
  nestsInside,
  RANK,
  rankOf,
  type FamilyContext,
} from './family.js';
import { isClosingText, isHeadingText } from './headings.js';
import type { Marker } from './marker.js';
import { node, type Node, type Placed } from './node.js';
import { endsList, extend, placeRow, plainLine } from './plain-lines.js';

/** How far ahead the next heading of a level is looked for. */
const AHEAD = 400;

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
    const style =
      !endsList(placed, i) && (isHeadingText(unit, placed[i + 1]?.unit) || headsParagraph(placed, i))
        ? 'heading'
        : 'text';
    const again = own.number === 1 && top().lastNumber.has(key);
    const made = push(node(own.kind, own, key, rank, own.number, style, start, end));
    made.orphan = again && isOrphan(stack.at(-2)!, placed, i);
  });
  return root;
}

/** How much of the stack to keep when a number goes on from a sibling that an unnumbered heading closed; 0 when none does. */
function continued(stack: readonly Node[], key: string, number: number | null): number {
  const top = stack.at(-1)!;
  // A number right below an unnumbered heading is what that heads.
  if (number === null || number < 2 || (top.kind === 'topic' && top.children.length === 0)) return 0;
  return stack.findLastIndex((one) => one.lastNumber.get(key) === number - 1) + 1;
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

/** How many siblings are looked at on each side. */
const SIBLINGS = 12;

/**
 * "（一）提高认识，加强领导。" on a line of its own heads the paragraph below it, though it ends like a sentence, when its siblings are set in
 * the same way: each a short sentence, each with one plain paragraph of text below it.
 */
function headsParagraph(placed: readonly Placed[], i: number): boolean {
  if (!isShortSentence(placed, i)) return false;
  const key = keyOf(placed[i]!.unit.marker!);
  let siblings = 0;
  for (const step of [-1, 1]) {
    let met = 0;
    for (let k = i + step; k >= 0 && k < placed.length && met < SIBLINGS; k += step) {
      if (Math.abs(k - i) > SIBLINGS * 6) break;
      const marker = placed[k]!.unit.marker;
      if (marker === null) continue;
      if (RANK[marker.form] < RANK[placed[i]!.unit.marker!.form]) break;
      if (keyOf(marker) !== key) continue;
      if (!isShortSentence(placed, k)) return false;
      met++;
    }
    siblings += met;
  }
  return siblings > 0;
}

function isShortSentence(placed: readonly Placed[], i: number): boolean {
  const { marker, line } = placed[i]!.unit;
  const next = placed[i + 1]?.unit;
  if (marker === null || next === undefined || placed[i + 1]!.restart) return false;
  if (marker.form !== 'subsection' && marker.form !== 'section' && marker.form !== 'item') return false;
  if (next.marker !== null || next.line.kind === 'row' || isClosingText(next.text)) return false;
  const text = line.text
    .slice(marker.end)
    .trim()
    .replace(/[（(][^（()）]*[）)](?=。$)/, '');
  return (
    /。$/.test(text) &&
    text.length <= 30 &&
    !/[。；！]/.test(text.slice(0, -1)) &&
    /[。！]$/.test(next.text) &&
    next.text.length > text.length
  );
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
