/** The index terms of a document's clauses. */
import type { PolicyDocument } from '../model/document.js';
import { analyze } from './analyze.js';

/** One entry per clause, in order. `headings` holds the words of the document title and the heading path. */
export function clauseTerms(
  document: PolicyDocument,
): { words: string[]; bigrams: string[]; headings: string[] }[] {
  // Clauses under one heading share its path: analyse each path once.
  const paths = new Map<string, readonly string[]>();
  return document.clauses.map((clause) => {
    const context = [document.metadata.title, ...clause.headingPath].join('\n');
    let headings = paths.get(context);
    if (!headings) paths.set(context, (headings = analyze(context).words));
    const { words, bigrams } = analyze(clause.text);
    return { words: [...words], bigrams: [...bigrams], headings: [...headings] };
  });
}
