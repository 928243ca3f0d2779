/** What the page shows ↔ its address: a link reproduces the view. */
import type { Span } from '../model/span.js';

/** The document that is open beside or instead of the comparison. */
export interface Reading {
  readonly documentId: string;
  /** Highlighted and scrolled to; null: the document from its beginning. */
  readonly clauseId: string | null;
  /** The sentence that matched, in the document's clean text. */
  readonly sentence: Span | null;
  /** Its printed pages instead of its text, where it has any that a browser draws. */
  readonly pages: boolean;
}

export interface Address {
  readonly view: 'compare' | 'library';
  readonly topics: readonly string[];
  /** Codes or names, as the API takes them. */
  readonly jurisdictions: readonly string[];
  readonly templates: boolean;
  /** Place names in topics are words, no filters. */
  readonly literal: boolean;
  readonly reading: Reading | null;
}

export const HOME: Address = {
  view: 'compare',
  topics: [],
  jurisdictions: [],
  templates: false,
  literal: false,
  reading: null,
};

const LIBRARY_PATH = '/documents';

/** Never throws: what an address does not say, or says wrongly, is as if it were not there. */
export function readAddress(pathname: string, search: string): Address {
  const query = new URLSearchParams(search);
  const distinct = (name: string) => [
    ...new Set(
      query
        .getAll(name)
        .map((text) => text.trim())
        .filter(Boolean),
    ),
  ];
  return {
    view: pathname.replace(/\/+$/, '') === LIBRARY_PATH ? 'library' : 'compare',
    topics: distinct('q'),
    jurisdictions: distinct('jurisdiction'),
    templates: query.get('templates') === 'true',
    literal: query.get('literal') === 'true',
    reading: readReading(query),
  };
}

export function writeAddress({ view, topics, jurisdictions, templates, literal, reading }: Address): string {
  const query = new URLSearchParams();
  for (const topic of topics) query.append('q', topic);
  for (const jurisdiction of jurisdictions) query.append('jurisdiction', jurisdiction);
  if (templates) query.set('templates', 'true');
  if (literal) query.set('literal', 'true');
  if (reading?.clauseId) query.set('clause', reading.clauseId);
  else if (reading) query.set('document', reading.documentId);
  if (reading?.sentence) query.set('at', `${reading.sentence.start}-${reading.sentence.end}`);
  if (reading?.pages) query.set('pages', 'true');
  const text = query.toString();
  return (view === 'library' ? LIBRARY_PATH : '/') + (text && `?${text}`);
}

/** The lasting address of a clause, with nothing of the question that led to it. */
export function clauseAddress(clauseId: string): string {
  return writeAddress({ ...HOME, reading: readingOf(clauseId) });
}

export function readingOf(clauseId: string, sentence: Span | null = null): Reading {
  return { documentId: documentIdOf(clauseId), clauseId, sentence, pages: false };
}

export function readingOfDocument(documentId: string): Reading {
  return { documentId, clauseId: null, sentence: null, pages: false };
}

/** `<documentId>#sec-3.sub-2`: the place after the last # holds none itself. */
function documentIdOf(clauseId: string): string {
  const hash = clauseId.lastIndexOf('#');
  return hash < 0 ? clauseId : clauseId.slice(0, hash);
}

function readReading(query: URLSearchParams): Reading | null {
  const clauseId = query.get('clause');
  const pages = query.get('pages') === 'true';
  if (clauseId) return { ...readingOf(clauseId, readSpan(query.get('at'))), pages };
  const documentId = query.get('document');
  return documentId ? { ...readingOfDocument(documentId), pages } : null;
}

function readSpan(text: string | null): Span | null {
  const [, start, end] = /^(\d{1,9})-(\d{1,9})$/.exec(text ?? '')?.map(Number) ?? [];
  return start !== undefined && end !== undefined && start < end ? { start, end } : null;
}
