/** CSL-JSON: an array with one item, as Zotero, Pandoc and citeproc read it. */
import {
  isoDate,
  issueDateOf,
  issuersOf,
  oneLine,
  pageRange,
  placeOf,
  present,
  TEMPLATE_MARK,
  type CitedClause,
  type CitedSource,
} from './cited.js';
import { entryKey } from './entry-key.js';
import { isStatute } from './statute.js';

export function cslJson(document: CitedSource, clause: CitedClause, accessedOn?: string): string {
  const issuers = issuersOf(document);
  const issued = issueDateOf(document);
  const accessed = isoDate(accessedOn);
  const url = present(document.url);
  const item = {
    id: entryKey(document, clause),
    type: isStatute(document.kind) ? 'legislation' : 'report',
    title: oneLine(document.title),
    // An institution is a literal name: it has no family and given part.
    ...(issuers.length > 0 && {
      author: issuers.map((literal) => ({ literal })),
      authority: issuers.join('、'),
    }),
    ...optional('number', present(document.documentNumber)),
    ...optional('genre', present(document.kind)),
    ...optional('jurisdiction', present(document.jurisdiction?.name)),
    ...(issued && { issued: { 'date-parts': [issued] } }),
    ...(accessed && { accessed: { 'date-parts': [accessed] } }),
    ...optional('URL', url),
    ...optional('page', pageRange(clause)),
    ...optional('locator', placeOf(clause)),
    ...(document.template && { note: TEMPLATE_MARK }),
    language: 'zh-CN',
  };
  return `${JSON.stringify([item], null, 2)}\n`;
}

function optional(name: string, value: string | null): Record<string, string> {
  return value === null ? {} : { [name]: value };
}
