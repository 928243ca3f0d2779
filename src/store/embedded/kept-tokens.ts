/**
 * Token vectors beside the database, those of a clause in one piece: one read each, where SQLite looks up every passage in two tables (five
 * times as long). Derived: what does not agree with the database and its own checksums is not believed.
 */
import { closeSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import type { StoredDocument } from './rows.js';
import { decodeClause, decodeTable, isSealed, tableSize } from './token-block.js';
import type { ClauseVectors } from './token-block.js';
import { isOf } from './document-source.js';
import { readContents } from './token-contents.js';
import type { TokenEntry } from './token-contents.js';
import { TokenPass } from './token-pass.js';
import type { Piece } from './token-pass.js';
import { ROW_LENGTH } from '../../kernel/interaction.js';
import type { PreparedQuery } from '../../kernel/interaction.js';

/** What is known of a document that was asked for. */
interface Opened {
  /** Where its clauses begin in the file. */
  readonly at: number;
  readonly ends: Uint32Array;
  /** 1 for clauses that were found whole: their bytes are not summed up again. */
  readonly checked: Uint8Array;
}

/** Which clause, and the passages that are its own. */
export interface ClausePlace {
  readonly document: StoredDocument;
  /** Within the document. */
  readonly ordinal: number;
  /** Key of the first passage, and the one that it is stored under. */
  readonly firstPassage: number;
  readonly firstStored: number;
  readonly passages: number;
}

/** A clause, and by bits which queries are asked of it. */
export interface AskedClause extends ClausePlace {
  readonly asked: number;
}

export class KeptTokens {
  readonly #file: number;
  readonly #entries: ReadonlyMap<number, TokenEntry>;
  readonly #opened = new Map<number, Opened | null>();
  #buffer = Buffer.alloc(1 << 16);
  /** Null when there are none. */
  static open(folder: string): KeptTokens | null {
    const contents = readContents(folder);
    if (contents === null) return null;
    try {
      return new KeptTokens(openSync(join(folder, contents.data), 'r'), contents.documents);
    } catch {
      return null;
    }
  }

  private constructor(file: number, entries: readonly TokenEntry[]) {
    this.#file = file;
    this.#entries = new Map(entries.map((entry) => [entry[0], entry]));
  }

  /** Whether it lists these documents and no others. */
  lists(documents: readonly StoredDocument[]): boolean {
    return (
      documents.length === this.#entries.size &&
      documents.every((document) => this.#entryOf(document) !== null)
    );
  }

  /**
   * The vectors of the clause with this ordinal, passage by passage, empty for those without; null when they are not there, or not whole. They
   * hold until the next call.
   */
  clause(document: StoredDocument, ordinal: number, passages: number): ClauseVectors | null {
    const bytes = this.#readClause(document, ordinal);
    if (bytes === null) return null;
    const { checked } = this.#open(document)!;
    if (checked[ordinal] === 0) {
      if (!isSealed(bytes)) return null;
      checked[ordinal] = 1;
    }
    return decodeClause(bytes, passages);
  }

  /** Writes to `rows` what late interaction finds of each clause, one row for each query; gives those that are not there, or not whole, by place. */
  score(
    pass: TokenPass,
    clauses: readonly AskedClause[],
    queries: readonly PreparedQuery[],
    rows: Int32Array,
  ): number[] {
    const missing: number[] = [];
    const most = TokenPass.most(queries.length);
    for (let first = 0; first < clauses.length; first += most) {
      const pieces = clauses.slice(first, first + most).map((clause) => this.#pieceOf(clause));
      const into = rows.subarray(first * queries.length * ROW_LENGTH);
      const unscored = pass.score(this.#file, pieces, queries, into);
      for (const place of unscored) {
        missing.push(first + place);
        pieces[place] = null;
      }
      // What was found whole is not summed up again.
      pieces.forEach((piece, place) => {
        if (piece?.check !== true) return;
        const { document, ordinal } = clauses[first + place]!;
        this.#open(document)!.checked[ordinal] = 1;
      });
    }
    return missing;
  }

  #pieceOf({ document, ordinal, passages, firstPassage, asked }: AskedClause): Piece | null {
    const opened = this.#open(document);
    if (opened === null) return null;
    return {
      ...placeIn(opened, ordinal),
      passages,
      firstPassage,
      asked,
      check: opened.checked[ordinal] === 0,
    };
  }

  #readClause(document: StoredDocument, ordinal: number): Buffer | null {
    const opened = this.#open(document);
    return opened === null ? null : this.#read(placeIn(opened, ordinal));
  }

  /** Whether all of a document is whole. */
  isWhole(document: StoredDocument): boolean {
    const opened = this.#open(document);
    if (opened === null) return false;
    return opened.ends.every((_, ordinal) => {
      const bytes = this.#read(placeIn(opened, ordinal));
      return bytes !== null && isSealed(bytes);
    });
  }

  close(): void {
    closeSync(this.#file);
  }

  #entryOf(document: StoredDocument): TokenEntry | null {
    const entry = this.#entries.get(document.key);
    return entry !== undefined && isOf(entry, document) ? entry : null;
  }

  #open(document: StoredDocument): Opened | null {
    const known = this.#opened.get(document.key);
    if (known !== undefined) return known;
    const opened = this.#readTable(document);
    this.#opened.set(document.key, opened);
    return opened;
  }

  #readTable(document: StoredDocument): Opened | null {
    const entry = this.#entryOf(document);
    if (entry === null) return null;
    const [, , , , clauses, , at, size] = entry;
    const length = tableSize(clauses);
    const bytes = this.#read({ position: at, length });
    const ends = bytes === null ? null : decodeTable(bytes);
    if (ends === null || (ends.at(-1) ?? 0) !== size - length) return null;
    return { at: at + length, ends, checked: new Uint8Array(clauses) };
  }

  /** In one buffer for all: to make one each time would cost as much as to read. */
  #read({ position, length }: Pick<Piece, 'position' | 'length'>): Buffer | null {
    if (length > this.#buffer.length) this.#buffer = Buffer.alloc(2 * length);
    try {
      if (readSync(this.#file, this.#buffer, 0, length, position) !== length) return null;
    } catch {
      return null;
    }
    return this.#buffer.subarray(0, length);
  }
}

/** Where in the file a clause stands. */
function placeIn({ at, ends }: Opened, ordinal: number): Pick<Piece, 'position' | 'length'> {
  const first = ordinal === 0 ? 0 : ends[ordinal - 1]!;
  return { position: at + first, length: ends[ordinal]! - first };
}

/** Whether what is kept says that it is of these documents, all of them. */
export function tokensListed(folder: string, documents: readonly StoredDocument[]): boolean {
  return asked(folder, (kept) => kept.lists(documents));
}

/** The same, and all of it whole. Reads all of it. */
export function tokensInStep(folder: string, documents: readonly StoredDocument[]): boolean {
  return asked(
    folder,
    (kept) => kept.lists(documents) && documents.every((document) => kept.isWhole(document)),
  );
}

function asked(folder: string, question: (kept: KeptTokens) => boolean): boolean {
  const kept = KeptTokens.open(folder);
  if (kept === null) return false;
  try {
    return question(kept);
  } finally {
    kept.close();
  }
}
