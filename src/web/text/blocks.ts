/** A document's text as the reader lays it out: every character that is not white space stands in exactly one block. */
import type { DocumentView } from '../../knowledge-base.js';
import type { Clause, Heading } from '../../model/clause.js';
import type { FrontMatter } from '../../model/document.js';
import type { Span } from '../../model/span.js';

interface Placed {
  readonly span: Span;
  /** Verbatim slice. */
  readonly text: string;
}

export type Block = Placed &
  (
    | { readonly kind: 'heading'; readonly heading: Heading }
    | { readonly kind: 'clause'; readonly clause: Clause }
    | { readonly kind: FrontMatter['role'] }
    | { readonly kind: 'rest' }
  );

type Source = Pick<DocumentView, 'text' | 'outline' | 'clauses' | 'frontMatter'>;

export function blocksOf({ text, outline, clauses, frontMatter }: Source): Block[] {
  const placed = (span: Span): Placed => ({ span, text: text.slice(span.start, span.end) });
  const known: Block[] = [
    ...outline.map((heading) => ({ kind: 'heading' as const, heading, ...placed(heading.span) })),
    ...clauses.map((clause) => ({ kind: 'clause' as const, clause, ...placed(clause.span) })),
    ...frontMatter.map(({ role, span }) => ({ kind: role, ...placed(span) })),
  ].sort((a, b) => a.span.start - b.span.start);
  const blocks: Block[] = [];
  let at = 0;
  const rest = (end: number) => {
    if (text.slice(at, end).trim() !== '') blocks.push({ kind: 'rest', ...placed({ start: at, end }) });
  };
  for (const block of known) {
    // Spans nest or are disjoint; a heading inside a clause is shown with the clause.
    if (block.span.start < at) continue;
    rest(block.span.start);
    blocks.push(block);
    at = block.span.end;
  }
  rest(text.length);
  return blocks;
}
