/** Outline → headings and clauses with ids, labels, locators, paths. */
import type { Clause, Heading } from '../model/clause.js';
import type { Span } from '../model/span.js';
import { articleParts } from './article-parts.js';
import { headingSpan, titleOf } from './clause-title.js';
import { idPiece, labelOf, locatorPiece } from './labels.js';
import type { Node } from './node.js';

export interface Listed {
  readonly headings: readonly Heading[];
  readonly clauses: readonly Clause[];
}

/** What stands above a place. */
interface Above {
  readonly id: string;
  readonly locator: string;
  readonly headingId: string | null;
  readonly depth: number;
  readonly path: readonly string[];
  readonly ids: readonly string[];
}

export function listClauses(documentId: string, text: string, root: Node): Listed {
  const headings: Heading[] = [];
  const clauses: Clause[] = [];
  const used = new Set<string>();
  const top: Above = { id: `${documentId}#`, locator: '', headingId: null, depth: 0, path: [], ids: [] };

  const repeats = new Map<string, number>();
  const unique = (id: string): string => {
    let candidate = id;
    while (used.has(candidate)) {
      const n = (repeats.get(id) ?? 1) + 1;
      repeats.set(id, n);
      candidate = `${id}~${n}`;
    }
    used.add(candidate);
    return candidate;
  };

  const visitChildren = (parent: Node, above: Above): void => {
    const children = withLead(parent, text);
    const counts = new Map<string, number>();
    const heading = headingKeys(children);
    const orphaned = new Set<string>();
    for (const child of children) {
      const counted = (counts.get(child.kind) ?? 0) + 1;
      counts.set(child.kind, counted);
      if (child.orphan) orphaned.add(child.key);
      // Siblings after an orphan stand where it stands.
      visit(child, orphaned.has(child.key) ? top : above, counted, heading.has(child.key));
    }
  };

  const visit = (node: Node, above: Above, counted: number, siblingsHead: boolean): void => {
    const base =
      node.form === 'article'
        ? above.ids.length > 0 && isAnnexId(above.id)
          ? annexOf(above.id)
          : top.id
        : above.id;
    const id = unique(`${base}${base.endsWith('#') ? '' : '.'}${idPiece(node, counted)}`);
    const isHeading =
      node.children.length > 0 ||
      (node.style === 'heading' && (node.more.length > 0 || standsAsHeading(node, siblingsHead)));
    if (!isHeading) {
      clauses.push(toClause(node, id, above, counted));
      return;
    }
    const span = headingSpan(node, text);
    const line = text.slice(span.start, span.end).replace(/[\s　]+/g, ' ');
    headings.push({
      id,
      kind: node.kind,
      text: line,
      number: node.number,
      depth: above.depth,
      parentId: above.headingId,
      span,
    });
    const name = line;
    visitChildren(node, {
      // Rows are counted below their table, not below the row of its column heads.
      id: node.kind === 'row' ? above.id : id,
      locator: locatorOf(node, above, counted, name),
      headingId: id,
      depth: above.depth + 1,
      path: [...above.path, line],
      ids: [...above.ids, id],
    });
  };

  const toClause = (node: Node, id: string, above: Above, counted: number): Clause => {
    const span = { start: node.start, end: node.end };
    const own = text.slice(span.start, span.end);
    const label = labelOf(node, counted);
    return {
      id,
      documentId,
      ordinal: clauses.length,
      kind: node.kind,
      label,
      locator: locatorOf(node, above, counted, label) || label,
      number:
        node.number ??
        (node.kind === 'paragraph' || node.kind === 'bullet' || node.kind === 'row' ? counted : null),
      title: titleOf(node, own),
      headingPath: above.path,
      headingIds: above.ids,
      span,
      text: own,
      parts: node.form === 'article' ? articleParts(text, node) : [],
    };
  };

  visitChildren(root, top);
  return { headings, clauses };
}

/** Children with the text between a heading and its first child put before them: one lead (at the root: the preamble). */
function withLead(parent: Node, text: string): readonly Node[] {
  const isRoot = parent.rank < 0;
  const own = ownText(parent, text);
  const first = parent.children.findIndex((child) => child.kind !== 'paragraph');
  if (first < 0) return isRoot ? parent.children : [...own.map(asParagraph), ...parent.children];
  const before = [...own.map(asParagraph), ...parent.children.slice(0, first)];
  if (before.length === 0) return parent.children;
  const child = parent.children[first]!;
  // The first child is not number 1: headings above these paragraphs were lost, each may have had its own.
  if (!isRoot && child.number !== null && child.number > 1 && !runsOn(child))
    return [...before, ...parent.children.slice(first)];
  const lead: Node = {
    ...asParagraph({ start: before[0]!.start, end: before.at(-1)!.end }),
    kind: isRoot ? 'preamble' : 'lead',
  };
  return [lead, ...parent.children.slice(first)];
}

/** Items that are counted through all sections ("6." under 二、) lost nothing. */
function runsOn(child: Node): boolean {
  return child.kind === 'item' || child.kind === 'article' || child.kind === 'bullet';
}

/** Text of a place that is neither its heading nor its children's. */
function ownText(node: Node, text: string): Span[] {
  if (node.rank < 0) return [];
  const spans: Span[] = [];
  const { end } = headingSpan(node, text);
  const rest = text.slice(end, node.lineEnd);
  if (rest.trim() !== '')
    spans.push({ start: end + rest.length - rest.trimStart().length, end: node.lineEnd });
  return [...spans, ...node.more];
}

function asParagraph({ start, end }: Span): Node {
  return {
    kind: 'paragraph',
    form: null,
    key: 'paragraph',
    rank: 98,
    number: null,
    suffix: null,
    marker: null,
    style: 'plain',
    start,
    lineEnd: end,
    end,
    children: [],
    lastNumber: new Map(),
    orphan: false,
    more: [],
  };
}

/** A heading line with nothing below it is a heading still where its siblings head something, or where the law says so. */
function standsAsHeading(node: Node, siblingsHead: boolean): boolean {
  return (
    siblingsHead ||
    node.kind === 'part' ||
    node.kind === 'chapter' ||
    node.kind === 'division' ||
    node.kind === 'annex' ||
    node.kind === 'topic'
  );
}

/** Keys of which at least one place has something below its heading line. */
function headingKeys(children: readonly Node[]): Set<string> {
  const heads = children.filter(
    (one) => one.style === 'heading' && (one.children.length > 0 || one.more.length > 0),
  );
  return new Set(heads.map((one) => one.key));
}

/** "2.1.1" holds the numbers above it, all other pieces stand one after the other. */
function locatorOf(node: Node, above: Above, counted: number, name: string): string {
  const base = node.marker?.path == null ? above.locator : above.locator.replace(/[\d.]+$/, '');
  // 第二部分 above 一、 would read 第二部分第一部分.
  if (node.form === 'section' && base.endsWith('部分')) return base + labelOf(node, counted);
  return base + locatorPiece(node, counted, name);
}

function isAnnexId(id: string): boolean {
  return /#annex-[^.]*/.test(id);
}

function annexOf(id: string): string {
  return /^[^#]*#annex-[^.]*/.exec(id)![0];
}
