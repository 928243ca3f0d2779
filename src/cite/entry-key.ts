/** The key of a reference entry: ASCII, stable, different for different clauses. */
import { issueDateOf, type CitedClause, type CitedSource } from './cited.js';

/** "cn120114-2021-9f3a01c2": division, year, and a hash of document id and locator. */
export function entryKey(document: CitedSource, clause: CitedClause): string {
  const code = document.jurisdiction?.code.replace(/[^0-9A-Za-z-]/gu, '') ?? '';
  const year = issueDateOf(document)?.[0];
  return [`cn${code}`, year, fnv1a(`${document.id}#${clause.locator}`)].filter(Boolean).join('-');
}

/** FNV-1a over UTF-16 units, 32 bits, eight hexadecimal digits (http://www.isthe.com/chongo/tech/comp/fnv/). */
function fnv1a(text: string): string {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) {
    hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  }
  return (hash >>> 0).toString(16).padStart(8, '0');
}
