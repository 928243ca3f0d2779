/** The names of citation styles. */

/** GB/T 7714, BibTeX, RIS, CSL-JSON. */
export const CITATION_STYLES = ['gbt7714', 'bibtex', 'ris', 'csl-json'] as const;
export type CitationStyle = (typeof CITATION_STYLES)[number];
