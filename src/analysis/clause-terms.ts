/** The index terms of a document's clauses. */
import type { PolicyDocument } from '../model/document.js';
import { analyze, type Terms } from './analyze.js';

/** One entry per clause, in order. `headings` holds the words of the document title and the heading path. */
export function clauseTerms(document: PolicyDocument): (Terms & { readonly headings: readonly string[] })[] {
  // Clauses under one heading share its path: analyse each path once.
  const paths = new Map<string, readonly string[]>();
  return document.clauses.map((clause) => {
    const context = [document.metadata.title, ...clause.headingPath].join('\n');
    let headings = paths.get(context);
    if (!headings) paths.set(context, (headings = analyze(context).words));
    return { ...analyze(clause.text), headings };
  });
}
