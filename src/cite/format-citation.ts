/** A clause as an entry for a reference list or a reference manager. */
import type { CitationStyle } from '../model/citation.js';
import { bibtex } from './bibtex.js';
import type { CitedClause, CitedSource } from './cited.js';
import { cslJson } from './csl-json.js';
import { gbt7714 } from './gbt7714.js';
import { ris } from './ris.js';

type Formatter = (document: CitedSource, clause: CitedClause, accessedOn?: string) => string;

const FORMATTERS: Readonly<Record<CitationStyle, Formatter>> = {
  gbt7714,
  bibtex,
  ris,
  'csl-json': cslJson,
};

/**
 * Same arguments, same text: the access date (YYYY-MM-DD) is a parameter and is left out when it is not given.
 * GB/T 7714 is one line without a line break; the others are files as their readers expect them.
 */
export function formatCitation(
  document: CitedSource,
  clause: CitedClause,
  style: CitationStyle,
  accessedOn?: string,
): string {
  return FORMATTERS[style](document, clause, accessedOn);
}
