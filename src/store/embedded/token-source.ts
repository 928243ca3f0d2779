/** The token vectors of a generation, a clause at a time: from the files beside the database where they agree with it, else from the tables. */
import type { Database } from 'better-sqlite3';
import { KeptTokens } from './kept-tokens.js';
import type { AskedClause } from './kept-tokens.js';
import { preparePassageValues, prepareTokensOf } from './read-encoded.js';
import type { StoredDocument } from './rows.js';
import { encodeBlock } from './token-block.js';
import type { ClauseVectors } from './token-block.js';
import { tokensWritten } from './token-contents.js';
import type { TokenAhead } from './token-ahead.js';

/** Which clause, and the passages that are its own. */
export interface ClausePlace extends AskedClause {
  /** Stored key of the first passage. */
  readonly firstPassage: number;
  readonly passages: number;
}

/** Bytes of token vectors that are held of a small index: about 5,000 passages. Every question reads most of its clauses. */
const HELD = 1 << 24;

export class TokenSource {
  readonly #folder: string | null;
  readonly #documents: readonly StoredDocument[];
  readonly #tokensOf;
  #kept: KeptTokens | null = null;
  /** When what is kept was written; null: not looked for yet. */
  #written: number | null = null;
  #complete = false;
  #ahead: TokenAhead | null = null;
  /** By stored key of the first passage. What comes first stays: clauses are read in the same order again and again. */
  readonly #held = new Map<number, ClauseVectors>();
  #room: number;

  /** `folder`: where those of `documents` are kept; null where the database alone is asked, and then up to `room` bytes are held. */
  constructor(
    database: Database,
    folder: string | null,
    documents: readonly StoredDocument[],
    room: number = HELD,
  ) {
    this.#folder = folder;
    this.#room = folder === null ? room : 0;
    this.#documents = documents;
    this.#tokensOf = prepareTokensOf(database);
  }

  /**
   * Passage by passage, empty for those without; they hold until the next call. Throws RangeError where the tables are needed and are not as
   * they were written.
   */
  clause({ document, ordinal, firstPassage, passages }: ClausePlace): ClauseVectors {
    if (this.#written === null) this.look();
    const kept = this.#kept?.clause(document, ordinal, passages);
    if (kept) return kept;
    return this.#held.get(firstPassage) ?? this.#read(firstPassage, passages);
  }

  /** From now on what is expected is read ahead. */
  readAhead(ahead: TokenAhead): void {
    this.#ahead = ahead;
  }

  get readsAhead(): boolean {
    return this.#ahead !== null;
  }

  /** These are asked for next, in this order. */
  expect(asked: readonly AskedClause[]): void {
    if (this.#written === null) this.look();
    if (this.#ahead !== null) this.#kept?.expect(this.#ahead, asked);
  }

  #read(firstPassage: number, passages: number): ClauseVectors {
    const found: Int8Array[] = Array.from({ length: passages }, () => NONE);
    for (const { passage, vectors } of this.#tokensOf(firstPassage, passages))
      found[passage - firstPassage] = vectors;
    const size = found.reduce((sum, { length }) => sum + length, 0);
    if (size <= this.#room) {
      this.#room -= size;
      this.#held.set(firstPassage, found);
    }
    return found;
  }

  /** Opens what is kept, anew where documents lacked and it was written since: it is written after the generation is published. */
  look(): void {
    if (this.#folder === null || this.#complete) return;
    const written = tokensWritten(this.#folder);
    if (written === this.#written) return;
    this.close();
    this.#written = written;
    this.#kept = KeptTokens.open(this.#folder);
    this.#complete = this.#kept?.lists(this.#documents) ?? false;
  }

  close(): void {
    this.#kept?.close();
    this.#kept = null;
  }
}

const NONE = new Int8Array(0);

/** Reads the vectors of a document as its block; null where they are not as they were written, which check tells by another name. */
export function prepareBlocks(database: Database): (document: StoredDocument) => Uint8Array | null {
  const passagesOf = preparePassageValues(database);
  const tokensOf = prepareTokensOf(database);
  return (document) => {
    const { storedPassage, storedClause, passages, clauses } = document;
    try {
      const found = new Map(
        tokensOf(storedPassage, passages).map(({ passage, vectors }) => [passage, vectors]),
      );
      const byClause: Int8Array[][] = Array.from({ length: clauses }, () => []);
      for (const [key, clause] of passagesOf(document))
        byClause[clause - storedClause]!.push(found.get(key) ?? NONE);
      return encodeBlock(byClause);
    } catch (error) {
      if (error instanceof RangeError || error instanceof TypeError) return null;
      throw error;
    }
  };
}
