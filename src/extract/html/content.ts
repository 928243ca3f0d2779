/** Where the text of a page stands: by its sentences against its links. The names of containers only help. */
import { lexicalReason } from '../boilerplate/boilerplate.js';
import type { Piece } from './flow.js';
import { looksLikeChrome, looksLikeContent } from './chrome.js';
import type { ElementNode } from './tree.js';

/** So much of the prose may be left behind when a narrower container is taken: a line of a footer. */
const LEFT = 0.03;
/** A part that is called navigation is text all the same when it holds this share of the prose. */
const TEXT_SHARE = 0.5;
/** A known container is taken instead when it holds this share. */
const HINT_SHARE = 0.85;
/** A known container around is taken when it adds no more than this to the text: a signature, a title. */
const ADDED = 1.3;
const MOSTLY_LINKS = 0.6;
/** Where a paragraph ends: the text is not looked for inside one. */
const PARAGRAPH = /^(?:p|li|h[1-6]|dt|dd|pre|tr|tbody)$/;

export interface Content {
  readonly container: ElementNode;
  /** Whether a piece is of the text. */
  readonly holds: (piece: Piece) => boolean;
}

export function findContent(root: ElementNode, pieces: readonly Piece[]): Content {
  const everything = scores(pieces, proseOf);
  const total = everything.get(root) ?? 0;
  if (total === 0) return withoutChrome(root, hintedByLetters(root, pieces) ?? root, new Set());
  const chrome = chromeOf(pieces, (element) => (everything.get(element) ?? 0) < total * TEXT_SHARE);
  const inChrome = memoAncestor(chrome);
  const prose = scores(pieces, (piece) => (inChrome(piece.owner) ? 0 : proseOf(piece)));
  const whole = prose.get(root) ?? 0;
  const container = narrow(root, prose, whole);
  return withoutChrome(root, hinted(container, prose, pieces) ?? container, chrome);
}

function withoutChrome(root: ElementNode, container: ElementNode, chrome: ReadonlySet<ElementNode>): Content {
  const inside = memoAncestor(new Set([container]));
  const dropped = memoAncestor(chrome);
  return {
    container,
    holds: ({ owner }) => (container === root || inside(owner)) && !dropped(owner),
  };
}

/** Characters of sentences: links, headings and lines that a page prints around its text count nothing. */
function proseOf(piece: Piece): number {
  if (piece.linked > MOSTLY_LINKS) return 0;
  const { text, kind } = piece;
  if (kind === 'row') return text.length / 2;
  if (!/[。；！？]|，[^，]{2,}/.test(text) || lexicalReason(text) !== null) return 0;
  return text.length;
}

/** Adds a value of each piece to all elements around it. */
function scores(pieces: readonly Piece[], value: (piece: Piece) => number): Map<ElementNode, number> {
  const sums = new Map<ElementNode, number>();
  for (const piece of pieces) {
    const own = value(piece);
    if (own === 0) continue;
    for (let at: ElementNode | null = piece.owner; at !== null; at = at.parent)
      sums.set(at, (sums.get(at) ?? 0) + own);
  }
  return sums;
}

/** Down to the element whose children share the prose. */
function narrow(root: ElementNode, prose: ReadonlyMap<ElementNode, number>, whole: number): ElementNode {
  let at = root;
  for (;;) {
    let best: ElementNode | null = null;
    for (const child of at.children)
      if (child.type === 'element' && (best === null || (prose.get(child) ?? 0) > (prose.get(best) ?? 0)))
        best = child;
    if (best === null || (prose.get(best) ?? 0) < (prose.get(at) ?? 0) - whole * LEFT)
      return outOfParagraph(at, root);
    at = best;
  }
}

/** A text of one paragraph stands in what holds its paragraphs; a layout table is left only where a cell holds it all. */
function outOfParagraph(found: ElementNode, root: ElementNode): ElementNode {
  let at = found;
  while (at !== root && at.parent !== null && (PARAGRAPH.test(at.name) || !isContainer(at))) at = at.parent;
  return at;
}

function isContainer({ name }: ElementNode): boolean {
  return /^(?:div|td|article|section|main|body|html|form|center|ucapcontent|blockquote|dl|fieldset|)$/.test(
    name,
  );
}

/** A known container around or inside what was found. */
function hinted(
  container: ElementNode,
  prose: ReadonlyMap<ElementNode, number>,
  pieces: readonly Piece[],
): ElementNode | null {
  const own = prose.get(container) ?? 0;
  for (let at: ElementNode | null = container; at !== null; at = at.parent)
    if (
      looksLikeContent(at) &&
      (prose.get(at) ?? 0) <= own * (1 + LEFT) &&
      at.letters <= container.letters * ADDED + 100
    )
      return at;
  const seen = new Set<ElementNode>();
  let best: ElementNode | null = null;
  for (const { owner } of pieces)
    for (
      let at: ElementNode | null = owner;
      at !== null && at !== container && !seen.has(at);
      at = at.parent
    ) {
      seen.add(at);
      const share = prose.get(at) ?? 0;
      // Nothing is left behind but what stands beside the text: a bit of a text is worse than a line too many.
      if (
        looksLikeContent(at) &&
        share >= own * HINT_SHARE &&
        share > (best === null ? 0 : (prose.get(best) ?? 0))
      )
        best = at;
    }
  return best;
}

/** A page of short lines only: the known container with the most of them. */
function hintedByLetters(root: ElementNode, pieces: readonly Piece[]): ElementNode | null {
  const letters = scores(pieces, (piece) => (piece.linked > MOSTLY_LINKS ? 0 : piece.text.length));
  let best: ElementNode | null = null;
  for (const [element, own] of letters)
    if (element !== root && looksLikeContent(element) && own > (best === null ? 0 : (letters.get(best) ?? 0)))
      best = element;
  return best;
}

/** Elements around the pieces that are called navigation and hold little of the prose. */
function chromeOf(pieces: readonly Piece[], isThin: (element: ElementNode) => boolean): Set<ElementNode> {
  const seen = new Set<ElementNode>();
  const chrome = new Set<ElementNode>();
  for (const { owner } of pieces)
    for (let at: ElementNode | null = owner; at !== null && !seen.has(at); at = at.parent) {
      seen.add(at);
      if (looksLikeChrome(at) && isThin(at)) chrome.add(at);
    }
  return chrome;
}

/** Whether an element is one of a set or stands inside one. */
function memoAncestor(set: ReadonlySet<ElementNode>): (element: ElementNode) => boolean {
  const known = new Map<ElementNode, boolean>();
  return (element) => {
    const path: ElementNode[] = [];
    let found = false;
    for (let at: ElementNode | null = element; at !== null; at = at.parent) {
      const before = known.get(at);
      if (before !== undefined || set.has(at)) {
        found = before ?? true;
        break;
      }
      path.push(at);
    }
    for (const one of path) known.set(one, found);
    return found;
  };
}
