/** HTML → a plain tree whose texts and elements know their place in the decoded source. */
import { load } from 'cheerio/slim';
import type { Span } from '../../model/span.js';
import { decodeReferences } from './references.js';
import { limitDepth } from './limit-depth.js';

/** Raw text of the source, character references still in it. */
export interface TextNode extends Span {
  readonly type: 'text';
}

export interface ElementNode extends Span {
  readonly type: 'element';
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly parent: ElementNode | null;
  readonly children: readonly (ElementNode | TextNode)[];
  /** Characters of text inside, white space, scripts and styles aside. */
  readonly letters: number;
}

export interface HtmlTree {
  readonly root: ElementNode;
  readonly comments: readonly Span[];
}

/** What cheerio gives, as far as it is used here. */
interface SourceNode {
  readonly nodeType: number;
  readonly startIndex: number | null;
  readonly endIndex: number | null;
  readonly name?: string;
  readonly attribs?: Readonly<Record<string, string>>;
  readonly children?: readonly unknown[];
}

const NO_TEXT = new Set(['script', 'style', 'noscript', 'template']);

/**
 * Linear in the length of the source: htmlparser2 (by cheerio) looks no further than the open elements, of which there are few.
 * Character references are left undecoded, so that offsets in a text node are offsets in the source.
 */
export function readTree(source: string): HtmlTree {
  const comments: Span[] = [];
  const document = load(limitDepth(source), {
    xml: { xmlMode: false, decodeEntities: false, withStartIndices: true, withEndIndices: true },
  }).root()[0] as unknown as SourceNode;
  const element = (node: SourceNode, parent: ElementNode | null): ElementNode => {
    const children: (ElementNode | TextNode)[] = [];
    const made = {
      type: 'element' as const,
      name: node.name?.toLowerCase() ?? '',
      attributes: node.attribs ?? {},
      parent,
      children,
      letters: 0,
      start: node.startIndex ?? 0,
      end: node.endIndex === null ? source.length : node.endIndex + 1,
    };
    for (const child of (node.children ?? []) as readonly SourceNode[]) {
      const start = child.startIndex ?? 0;
      const end = (child.endIndex ?? start - 1) + 1;
      if (child.nodeType === 8) comments.push({ start, end });
      else if (child.nodeType === 3) {
        for (const text of textsOf(source, start, end)) {
          children.push(text);
          if (!NO_TEXT.has(made.name)) made.letters += countLetters(source, text);
        }
      } else if (child.attribs !== undefined) {
        const own = element(child, made);
        children.push(own);
        made.letters += own.letters;
      }
    }
    return made;
  };
  return { root: element(document, null), comments };
}

/** Text runs on over a stray end tag ("甲</x>乙" is one node): the tag is cut out again. */
function textsOf(source: string, start: number, end: number): TextNode[] {
  const texts: TextNode[] = [];
  let from = start;
  for (let at = source.indexOf('</', start); at >= 0 && at < end; at = source.indexOf('</', from)) {
    const close = source.indexOf('>', at);
    if (!/[A-Za-z]/.test(source[at + 2] ?? '') || close < 0 || close >= end) break;
    if (at > from) texts.push({ type: 'text', start: from, end: at });
    from = close + 1;
  }
  if (end > from) texts.push({ type: 'text', start: from, end });
  return texts;
}

function countLetters(source: string, { start, end }: Span): number {
  let count = 0;
  for (let i = start; i < end; i++) if (source.charCodeAt(i) > 32) count++;
  return count;
}

/** The value of an attribute with its character references decoded. */
export function attribute({ attributes }: ElementNode, name: string): string {
  return decodeReferences(attributes[name] ?? '');
}

/** All elements below one, in the order of the source. */
export function elementsIn(root: ElementNode, found: ElementNode[] = []): ElementNode[] {
  for (const child of root.children)
    if (child.type === 'element') {
      found.push(child);
      elementsIn(child, found);
    }
  return found;
}
