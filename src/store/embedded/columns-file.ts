/**
 * columns.bin: the passages of a large index as a search scans them, so that to open it need not read and round every vector. Derived: it is
 * believed document by document, as far as it agrees with the database and its own checksums.
 */
import {
  closeSync,
  createWriteStream,
  fstatSync,
  openSync,
  readSync,
  readvSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { crc32 } from 'node:zlib';
import type { PassageColumns } from '../vectors.js';
import { isOf, sourceOf } from './document-source.js';
import type { DocumentSource } from './document-source.js';
import type { StoredDocument } from './rows.js';

/** Also to be changed with the way in which vectors are rounded. */
const MAGIC = 'tiaowen1';
/** At the end: bytes of the contents and their checksum, both uint32 in the order of this machine, and MAGIC. */
const TRAILER = 16;
/** Documents written before others get a turn of the event loop. */
const BATCH = 16;

/** Where the rows of a document stand in columns. */
export interface ColumnsPlace {
  readonly firstPassage: number;
  readonly firstClause: number;
}

/** What the rows of a document were made of, and their checksum: as long as they agree the rows are those of the database. */
type Entry = readonly [...DocumentSource, ofVectors: number, block: number];

interface Contents {
  readonly dimension: number;
  /** In the order of their blocks. */
  readonly documents: readonly Entry[];
}

export function columnsPath(folder: string): string {
  return join(folder, 'columns.bin');
}

/** Deletes what is no longer wanted, if there is any. */
export function dropColumns(folder: string): void {
  for (const path of [columnsPath(folder), draftPath(folder)]) rmSync(path, { force: true });
}

/**
 * Writes the file anew; the one before stands until the new one is whole on the disk. `fill` puts the rows of a document into columns for one
 * document, clauses counted from 0; when `isWanted` no longer holds the file stays as it was.
 */
export async function saveColumns(
  folder: string,
  documents: readonly StoredDocument[],
  scratch: PassageColumns,
  fill: (document: StoredDocument) => void,
  isWanted: () => boolean,
): Promise<void> {
  const draft = draftPath(folder);
  async function* bytes(): AsyncGenerator<Uint8Array> {
    const entries: Entry[] = [];
    for (const document of documents) {
      if (entries.length % BATCH === 0) await new Promise(setImmediate);
      if (!isWanted()) return;
      fill(document);
      // Copied: the columns are filled again before the stream has written them.
      const block = Buffer.concat(viewsOf(scratch, 0, document.passages));
      entries.push([...sourceOf(document), document.checksums.vectors, crc32(block)]);
      yield block;
    }
    yield* trailing({ dimension: scratch.dimension, documents: entries });
  }
  try {
    await pipeline(bytes(), createWriteStream(draft, { flush: true }));
    if (isWanted()) renameSync(draft, columnsPath(folder));
  } finally {
    rmSync(draft, { force: true });
  }
}

function* trailing(contents: Contents): Generator<Uint8Array> {
  const text = Buffer.from(JSON.stringify(contents));
  yield text;
  yield new Uint8Array(Uint32Array.of(text.length, crc32(text)).buffer);
  yield Buffer.from(MAGIC);
}

/** The file, or null when there is none of such vectors, or its contents are damaged. */
export function openColumns(folder: string, dimension: number): KeptColumns | null {
  let file: number;
  try {
    file = openSync(columnsPath(folder), 'r');
  } catch {
    return null;
  }
  try {
    const contents = readContents(file);
    if (contents?.dimension === dimension) return new KeptColumns(file, contents.documents);
  } catch {
    // What cannot be read is as good as missing.
  }
  closeSync(file);
  return null;
}

/** Whether the file holds these documents in this order, all of them whole. Reads all of it. */
export function columnsInStep(
  folder: string,
  documents: readonly StoredDocument[],
  scratch: PassageColumns,
): boolean {
  const kept = openColumns(folder, scratch.dimension);
  if (kept === null) return false;
  try {
    const place = { firstPassage: 0, firstClause: 0 };
    return kept.holds(documents) && documents.every((document) => kept.fill(document, place, scratch));
  } finally {
    kept.close();
  }
}

export class KeptColumns {
  readonly #file: number;
  readonly #documents: readonly Entry[];
  /** By key of the document's row: the entry, and the passages before its own in the file. */
  readonly #found: ReadonlyMap<number, { readonly entry: Entry; readonly before: number }>;

  constructor(file: number, documents: readonly Entry[]) {
    this.#file = file;
    this.#documents = documents;
    let before = 0;
    this.#found = new Map(
      documents.map((entry) => {
        const found = { entry, before };
        before += entry[2];
        return [entry[0], found];
      }),
    );
  }

  /** Whether these are the documents, in this order. */
  holds(documents: readonly StoredDocument[]): boolean {
    return (
      documents.length === this.#documents.length &&
      documents.every((document, i) => isEntryOf(this.#documents[i]!, document))
    );
  }

  /** Puts the rows of a document at their place; false, with anything there, when the file has them not, or not whole. */
  fill(
    document: StoredDocument,
    { firstPassage, firstClause }: ColumnsPlace,
    columns: PassageColumns,
  ): boolean {
    const found = this.#found.get(document.key);
    if (found === undefined || !isEntryOf(found.entry, document)) return false;
    const { passages } = document;
    const views = viewsOf(columns, firstPassage, passages);
    const size = views.reduce((sum, { length }) => sum + length, 0);
    if (size === 0) return true;
    try {
      if (readvSync(this.#file, views, (size / passages) * found.before) !== size) return false;
    } catch {
      return false;
    }
    if (views.reduce((sum, view) => crc32(view, sum), 0) !== found.entry[7]) return false;
    const clauses = columns.clause.subarray(firstPassage, firstPassage + passages);
    for (let i = 0; i < passages; i++) clauses[i]! += firstClause;
    return true;
  }

  close(): void {
    closeSync(this.#file);
  }
}

function draftPath(folder: string): string {
  return `${columnsPath(folder)}.tmp`;
}

function isEntryOf(entry: Entry, document: StoredDocument): boolean {
  return isOf(entry, document) && entry[6] === document.checksums.vectors;
}

/** The bytes of some rows of each column: a block of the file is one after the other. */
function viewsOf(
  { rounded, clause, start, end, window }: PassageColumns,
  first: number,
  count: number,
): Uint8Array[] {
  if (rounded === null) throw new TypeError('only rounded vectors are kept beside the database');
  const { rows, scales } = rounded.bytesOf(first, count);
  const numbers = [clause, start, end].map(
    (column) =>
      new Uint8Array(
        column.buffer,
        column.byteOffset + first * Int32Array.BYTES_PER_ELEMENT,
        count * Int32Array.BYTES_PER_ELEMENT,
      ),
  );
  return [rows, scales, ...numbers, window.subarray(first, first + count)];
}

function readContents(file: number): Contents | null {
  const { size } = fstatSync(file);
  if (size < TRAILER) return null;
  const trailer = readBytes(file, size - TRAILER, TRAILER);
  if (trailer.toString('latin1', TRAILER - MAGIC.length) !== MAGIC) return null;
  const [length, checksum] = new Uint32Array(new Uint8Array(trailer).buffer);
  if (length! > size - TRAILER) return null;
  const text = readBytes(file, size - TRAILER - length!, length!);
  return crc32(text) === checksum ? (JSON.parse(text.toString()) as Contents) : null;
}

function readBytes(file: number, position: number, length: number): Buffer {
  const bytes = Buffer.alloc(length);
  readSync(file, bytes, 0, length, position);
  return bytes;
}
