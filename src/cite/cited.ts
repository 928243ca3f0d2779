/** What a citation needs to know of a document and of a clause, and the few forms that all styles share. */
import type { DocumentRef } from '../model/answer.js';
import type { Clause } from '../model/clause.js';
import type { Metadata } from '../model/document.js';

/** A document as far as it is cited. */
export type CitedDocument = Pick<
  Metadata,
  'title' | 'issuers' | 'documentNumber' | 'writtenOn' | 'publishedOn' | 'effectiveOn' | 'status' | 'template'
>;

/** What a reference entry needs beyond the line under a quote: an identity, a kind, and the address if one is known. */
export type CitedSource = CitedDocument &
  Pick<DocumentRef, 'id' | 'kind' | 'jurisdiction'> & { readonly url?: string | null | undefined };

/** Counted from 1, as a viewer counts; first ≤ last. */
export interface CitedPages {
  readonly first: number;
  readonly last: number;
}

export type CitedClause = Pick<Clause, 'label' | 'locator'> & {
  /** Of the original; null, or not given, for formats without pages. */
  readonly pages?: CitedPages | null | undefined;
};

/** How a template document is marked in every style: it binds nobody. */
export const TEMPLATE_MARK = '范本，无适用地域';

/** One line of text: white space and control characters folded to single spaces, lone surrogates replaced. */
export function oneLine(text: string): string {
  return text
    .replace(/\p{Surrogate}/gu, '\ufffd')
    .replace(/[\s\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .trim();
}

/** `text` in one line, or null when nothing is left of it. */
export function present(text: string | null | undefined): string | null {
  return oneLine(text ?? '') || null;
}

/** Issuers in one line each, blanks left out. */
export function issuersOf(document: CitedDocument): readonly string[] {
  return document.issuers.map(oneLine).filter((issuer) => issuer !== '');
}

/** Where in the document. A locator is never empty by contract; the label stands in should it be. */
export function placeOf(clause: CitedClause): string | null {
  return present(clause.locator) ?? present(clause.label);
}

/** "3", or "3-4" with the dash of the format; null without pages. */
export function pageRange({ pages }: CitedClause, dash = '-'): string | null {
  if (!pages) return null;
  return pages.first === pages.last ? `${pages.first}` : `${pages.first}${dash}${pages.last}`;
}

/** The date that a reference entry prints: of publication, else of writing. Entry into force is neither. */
export function issueDateOf(document: CitedDocument): IsoDate | null {
  return isoDate(document.publishedOn) ?? isoDate(document.writtenOn);
}

/** A date as far as it is known: [2021], [2021, 6] or [2021, 6, 30]. */
export type IsoDate = readonly [year: number, month?: number, day?: number];

/** Reads YYYY, YYYY-MM or YYYY-MM-DD; anything else is no date. */
export function isoDate(text: string | null | undefined): IsoDate | null {
  const match = /^(\d{4})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01]))?)?$/.exec(text?.trim() ?? '');
  if (!match) return null;
  const [year, month, day] = match.slice(1).map((part) => (part === undefined ? undefined : Number(part)));
  if (month === undefined) return [year!];
  return day === undefined ? [year!, month] : [year!, month, day];
}

/** 2021-06-30, 2021-06 or 2021; `separator` between the parts. */
export function digits(date: IsoDate, separator = '-'): string {
  return date.map((part, index) => String(part).padStart(index === 0 ? 4 : 2, '0')).join(separator);
}
