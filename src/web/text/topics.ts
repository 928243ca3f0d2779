/** Topics as they are typed and proposed. */
import type { DocumentView } from '../../knowledge-base.js';

/** One topic per line or between semicolons; a topic may itself hold spaces, commas and 、. */
export function splitTopics(typed: string): string[] {
  return [
    ...new Set(
      typed
        .split(/[\n;；]+/)
        .map((topic) => topic.trim())
        .filter(Boolean),
    ),
  ];
}

/** Titles of clauses that are held: proposals that have an answer. Evenly from each document, the same each time. */
export function proposedTopics(
  views: readonly Pick<DocumentView, 'text' | 'clauses'>[],
  count: number,
): string[] {
  const perDocument = Math.ceil(count / Math.max(views.length, 1));
  const proposals = views.flatMap(({ text, clauses }) => {
    const titles = clauses
      .map(({ title }) => (title ? text.slice(title.start, title.end) : ''))
      .filter((title) => /^\p{Script=Han}{5,10}$/u.test(title));
    return Array.from(
      { length: perDocument },
      (_, i) => titles[Math.floor(((i + 0.5) * titles.length) / perDocument)],
    );
  });
  return [...new Set(proposals.filter((title) => title !== undefined))].slice(0, count);
}
