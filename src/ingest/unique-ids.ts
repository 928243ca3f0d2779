/** Document ids are unique in an index, also when two files hold the same document. */
import type { ParsedFile, PolicyDocument } from '../model/document.js';

/**
 * Two files that hold the same document (a page saved twice) would share one id: the later gets the start of its file's hash behind
 * its id, which does not depend on what else is there. `owners`: id → path of the file that has it; kept up to date.
 */
export function withUniqueIds(parsed: ParsedFile, owners: Map<string, string>): ParsedFile {
  const { path, sha256: hash } = parsed.file;
  const documents = parsed.documents.map((document) => {
    const owner = owners.get(document.id);
    const taken = owner !== undefined && owner !== path;
    const named = taken ? renamed(document, `${document.id}~${hash.slice(0, 8)}`) : document;
    owners.set(named.id, path);
    return named;
  });
  return { ...parsed, documents };
}

function renamed(document: PolicyDocument, id: string): PolicyDocument {
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
