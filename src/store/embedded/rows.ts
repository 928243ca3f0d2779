/** Rows of the tables, to the model and back. */
import type { Clause } from '../../model/clause.js';
import type { PolicyDocument, SourceFile } from '../../model/document.js';
import type { PagePlace } from '../../model/source-map.js';
import type { Listable } from '../listing.js';

export interface FileRow {
  path: string;
  sha256: string;
  bytes: number;
  media_type: string;
  encoding: string | null;
  url: string | null;
  retrieved_at: string | null;
  retrieved_from: string | null;
  state: SourceFile['state'];
  noise: string;
  diagnostics: string;
  documents: number;
}

export interface DocumentRow {
  key: number;
  id: string;
  file: string;
  ordinal: number;
  metadata: string;
  first_clause: number;
  clauses: number;
  first_passage: number;
  passages: number;
  diagnostics: number;
  warnings: number;
  clauses_checksum: number;
  passages_checksum: number;
  vectors_checksum: number;
}

export interface PlaceRow {
  source: number;
  start: number;
  end: number;
  page: number;
  left: number;
  top: number;
  right: number;
  bottom: number;
}

export interface SourceRow {
  key: number;
  path: string;
  text: string;
}

export interface TextRow {
  document: number;
  text: string;
  provenance: string;
  map: string;
  front_matter: string;
  headings: string;
  diagnostics: string;
}

export interface ClauseRow {
  key: number;
  id: string;
  document: number;
  ordinal: number;
  kind: Clause['kind'];
  label: string;
  locator: string;
  number: number | null;
  title: string | null;
  heading_path: string;
  heading_ids: string;
  start: number;
  end: number;
  text: string;
  parts: string;
}

/** A row of clauses as plain values, parallel to CHECKED_COLUMNS.clauses. */
export type ClauseValues = [
  key: number,
  id: string,
  document: number,
  ordinal: number,
  kind: Clause['kind'],
  label: string,
  locator: string,
  number: number | null,
  title: string | null,
  headingPath: string,
  headingIds: string,
  start: number,
  end: number,
  text: string,
  parts: string,
];

/** A listed document with the keys under which its rows are kept: contiguous, but in the order of putting. */
export interface StoredDocument extends Listable {
  readonly key: number;
  readonly checksums: { readonly clauses: number; readonly passages: number; readonly vectors: number };
  readonly storedClause: number;
  readonly storedPassage: number;
}

/** `documents`: how many it holds. */
export function toFileRow(file: SourceFile, documents: number): FileRow {
  return {
    path: file.path,
    sha256: file.sha256,
    bytes: file.bytes,
    media_type: file.mediaType,
    encoding: file.encoding,
    url: file.url,
    retrieved_at: file.retrieved?.at ?? null,
    retrieved_from: file.retrieved?.from ?? null,
    state: file.state,
    noise: JSON.stringify(file.noise),
    diagnostics: JSON.stringify(file.diagnostics),
    documents,
  };
}

export function fromFileRow(row: FileRow): SourceFile {
  return {
    path: row.path,
    sha256: row.sha256,
    bytes: row.bytes,
    mediaType: row.media_type,
    encoding: row.encoding,
    url: row.url,
    retrieved: row.retrieved_at === null ? null : { at: row.retrieved_at, from: row.retrieved_from },
    state: row.state,
    noise: JSON.parse(row.noise) as SourceFile['noise'],
    diagnostics: JSON.parse(row.diagnostics) as SourceFile['diagnostics'],
  };
}

export function fromDocumentRow(row: DocumentRow): StoredDocument {
  return {
    key: row.key,
    id: row.id,
    file: row.file,
    ordinal: row.ordinal,
    metadata: JSON.parse(row.metadata) as PolicyDocument['metadata'],
    clauses: row.clauses,
    passages: row.passages,
    diagnostics: row.diagnostics,
    warnings: row.warnings,
    storedClause: row.first_clause,
    storedPassage: row.first_passage,
    checksums: {
      clauses: row.clauses_checksum,
      passages: row.passages_checksum,
      vectors: row.vectors_checksum,
    },
  };
}

export function toPlaceRow(source: number, place: PagePlace): PlaceRow {
  const { start, end, page, box } = place;
  const [left, top, right, bottom] = box;
  return { source, start, end, page, left, top, right, bottom };
}

export function fromPlaceRow({ start, end, page, left, top, right, bottom }: PlaceRow): PagePlace {
  return { start, end, page, box: [left, top, right, bottom] };
}

export function toTextRow(document: PolicyDocument, key: number): TextRow {
  return {
    document: key,
    text: document.text,
    provenance: JSON.stringify(document.provenance),
    map: JSON.stringify(document.map),
    front_matter: JSON.stringify(document.frontMatter),
    headings: JSON.stringify(document.headings),
    diagnostics: JSON.stringify(document.diagnostics),
  };
}

/** A document put together again; `listed` is its entry, `clauses` its clauses in order. */
export function fromTextRow(row: TextRow, listed: Listable, clauses: readonly Clause[]): PolicyDocument {
  const { id, file, ordinal, metadata } = listed;
  return {
    id,
    file,
    ordinal,
    metadata,
    provenance: JSON.parse(row.provenance) as PolicyDocument['provenance'],
    text: row.text,
    map: JSON.parse(row.map) as PolicyDocument['map'],
    frontMatter: JSON.parse(row.front_matter) as PolicyDocument['frontMatter'],
    headings: JSON.parse(row.headings) as PolicyDocument['headings'],
    clauses,
    diagnostics: JSON.parse(row.diagnostics) as PolicyDocument['diagnostics'],
  };
}

export function toClauseRow(clause: Clause, key: number, document: number): ClauseRow {
  return {
    key,
    id: clause.id,
    document,
    ordinal: clause.ordinal,
    kind: clause.kind,
    label: clause.label,
    locator: clause.locator,
    number: clause.number,
    title: clause.title === null ? null : JSON.stringify(clause.title),
    heading_path: JSON.stringify(clause.headingPath),
    heading_ids: JSON.stringify(clause.headingIds),
    start: clause.span.start,
    end: clause.span.end,
    text: clause.text,
    parts: JSON.stringify(clause.parts),
  };
}

export function fromClauseRow(row: ClauseRow, documentId: string): Clause {
  const { key, id, document, ordinal, kind, label, locator, number, title } = row;
  const { heading_path, heading_ids, start, end, text, parts } = row;
  const first = [key, id, document, ordinal, kind, label, locator, number, title] as const;
  return fromClauseValues([...first, heading_path, heading_ids, start, end, text, parts], documentId);
}

export function fromClauseValues(values: ClauseValues, documentId: string): Clause {
  const [, id, , ordinal, kind, label, locator, number, title, path, ids, start, end, text, parts] = values;
  return {
    id,
    documentId,
    ordinal,
    kind,
    label,
    locator,
    number,
    title: title === null ? null : (JSON.parse(title) as Clause['title']),
    headingPath: JSON.parse(path) as Clause['headingPath'],
    headingIds: JSON.parse(ids) as Clause['headingIds'],
    span: { start, end },
    text,
    parts: JSON.parse(parts) as Clause['parts'],
  };
}

/** Float32 and int8 arrays as BLOBs, in the byte order of the machine (little-endian wherever Node runs today). */
export function toBlob(array: Float32Array | Int8Array): Buffer {
  return Buffer.from(array.buffer, array.byteOffset, array.byteLength);
}
