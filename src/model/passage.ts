/** Passages: the pieces of a clause that are embedded. */
import type { Span } from './span.js';

/**
 * `sentence`: one sentence of a clause. `window`: a sentence with the one before it, within one clause (the first sentence of a
 * clause has no window of its own).
 */
export type PassageKind = 'sentence' | 'window';

/** A stretch of the clean text, inside the clause's span, short enough for the model. */
export interface Passage {
  readonly clauseId: string;
  readonly kind: PassageKind;
  /** In the document's clean text. */
  readonly span: Span;
  readonly text: string;
}
