/** The token vectors of a generation, a clause at a time: from the files beside the database where they agree with it, else from the tables. */
import type { Database } from 'better-sqlite3';
import { KeptTokens } from './kept-tokens.js';
import type { AskedClause, ClausePlace } from './kept-tokens.js';
import { preparePassageValues, prepareTokensOf } from './read-encoded.js';
import type { StoredDocument } from './rows.js';
import { encodeBlock } from './token-block.js';
import type { ClauseVectors } from './token-block.js';
import { tokensWritten } from './token-contents.js';
import { TokenPass } from './token-pass.js';
import type { PassPartner } from './token-pass.js';
import { Interaction, ROW_LENGTH } from '../../kernel/interaction.js';
import type { PreparedQuery } from '../../kernel/interaction.js';

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
  /** Made when it is first needed: most that open an index ask nothing. */
  #pass: TokenPass | null = null;
  #threads: readonly PassPartner[] = [];
  /** By key of the first passage. What comes first stays: clauses are read in the same order again and again. */
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
  clause(place: ClausePlace): ClauseVectors {
    if (this.#written === null) this.look();
    const { document, ordinal, firstPassage, passages } = place;
    const kept = this.#kept?.clause(document, ordinal, passages);
    return kept ?? this.#held.get(firstPassage) ?? this.#read(place);
  }

  /** Late interaction with each clause: rows as interaction.ts has them, one for each query. Throws as clause(). */
  interact(clauses: readonly AskedClause[], queries: readonly PreparedQuery[]): Int32Array {
    if (this.#written === null) this.look();
    const perClause = queries.length * ROW_LENGTH;
    const rows = new Int32Array(clauses.length * perClause);
    const left = this.#kept?.score(this.#openPass(), clauses, queries, rows) ?? clauses.keys();
    const interaction = new Interaction(queries);
    for (const place of left) {
      const { firstPassage, asked } = clauses[place]!;
      rows.set(interaction.score(this.clause(clauses[place]!), firstPassage, asked), place * perClause);
    }
    return rows;
  }

  /** These take part in late interaction from now on. */
  share(threads: readonly PassPartner[]): void {
    this.#threads = threads;
    this.#pass?.share(threads);
  }

  #openPass(): TokenPass {
    if (this.#pass === null) {
      this.#pass = new TokenPass();
      this.#pass.share(this.#threads);
    }
    return this.#pass;
  }

  #read({ firstPassage, firstStored, passages }: ClausePlace): ClauseVectors {
    const found: Int8Array[] = Array.from({ length: passages }, () => NONE);
    for (const { passage, vectors } of this.#tokensOf(firstStored, passages))
      found[passage - firstStored] = vectors;
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
