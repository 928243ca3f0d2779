/** Document ids are unique in an index, also when two files hold the same document, and hang on the corpus alone. */
import { createHash } from 'node:crypto';
import type { ParsedFile, PolicyDocument } from '../model/document.js';
import type { DocumentEntry } from '../store/store.js';

/**
 * Files that hold the same document (a page saved twice) would share one id: the first of them by path has it as it is, each other one with a
 * hash of its path behind it, which does not depend on what else is there. Parsers put no ~ before so long a number.
 */
const BEHIND = /~(?:[0-9a-f]{12}|[0-9a-f]{8})$/;

function behind(own: string, path: string): string {
  return `${own}~${createHash('sha256').update(path).digest('hex').slice(0, 12)}`;
}

/**
 * Ids that nobody else has at this time; settledIds() tells which they should be at the end. `owners`: id → path of the file that has it; kept up
 * to date.
 */
export function withUniqueIds(parsed: ParsedFile, owners: Map<string, string>): ParsedFile {
  const { path } = parsed.file;
  const documents = parsed.documents.map((document) => {
    const owner = owners.get(document.id);
    const taken = owner !== undefined && owner !== path;
    const named = taken ? renamed(document, behind(document.id, path)) : document;
    owners.set(named.id, path);
    return named;
  });
  return { ...parsed, documents };
}

/** The documents that should have another id, by file: the id they have → the one they should have. */
export function settledIds(
  documents: readonly DocumentEntry[],
): ReadonlyMap<string, ReadonlyMap<string, string>> {
  const first = new Map<string, string>();
  for (const { id, file } of documents) {
    const own = id.replace(BEHIND, '');
    const before = first.get(own);
    if (before === undefined || file < before) first.set(own, file);
  }
  const changes = new Map<string, Map<string, string>>();
  for (const { id, file } of documents) {
    const own = id.replace(BEHIND, '');
    const settled = first.get(own) === file ? own : behind(own, file);
    if (settled === id) continue;
    const ofFile = changes.get(file) ?? new Map<string, string>();
    changes.set(file, ofFile.set(id, settled));
  }
  return changes;
}

/** The document under another id, which its headings and clauses begin with. */
export function renamed(document: PolicyDocument, id: string): PolicyDocument {
  const swap = (old: string) => id + old.slice(document.id.length);
  return {
    ...document,
    id,
    headings: document.headings.map((heading) => ({
      ...heading,
      id: swap(heading.id),
      parentId: heading.parentId === null ? null : swap(heading.parentId),
    })),
    clauses: document.clauses.map((clause) => ({
      ...clause,
      id: swap(clause.id),
      documentId: id,
      headingIds: clause.headingIds.map(swap),
    })),
  };
}
