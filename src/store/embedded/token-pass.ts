/**
 * Late interaction with clauses whose token vectors stand in a file, by as many threads as come: each takes a portion of them, reads it and scores it, so that
 * none waits for a slower one, and one that never comes costs nothing.
 */
import { awaitNumber, PATIENCE } from '../../kernel/await-number.js';
import {
  interactionModule,
  putQueries,
  roomOf,
  ROW_LENGTH,
  startInteraction,
  widthOf,
} from '../../kernel/interaction.js';
import type { InteractionExports, PreparedQuery } from '../../kernel/interaction.js';
import { sharedMemory } from '../../kernel/web-assembly.js';
import type { WasmMemory } from '../../kernel/web-assembly.js';
import { Worth } from '../../kernel/worth.js';
import { pieceReader } from './read-piece.js';

/** Where a clause stands in the file, and what is asked of it. */
export interface Piece {
  /** Bytes. */
  readonly position: number;
  readonly length: number;
  readonly passages: number;
  /** Key of the first passage. */
  readonly firstPassage: number;
  /** Bit i: whether query i is asked. */
  readonly asked: number;
  /** Whether its checksum has to be looked at. */
  readonly check: boolean;
}

/** Another thread: takes portions of what there is to do, as soon as it comes to it. */
export interface PassHelp {
  take(): void;
}

/** What another thread needs for it: the kernel, its memory, which never grows, and where in it the work and the thread's own rooms lie. */
export interface PassShare {
  readonly module: object;
  readonly memory: WasmMemory;
  readonly job: number;
  readonly room: number;
  readonly scratch: number;
}

/** A thread that can take part. */
export interface PassPartner {
  joinPass(share: PassShare): PassHelp;
}

/** Clauses of one pass, at most, and rows. */
export const MOST_PIECES = 4096;
const MOST_ROWS = 4 * MOST_PIECES;
/** Bytes of what is read, of the queries, and of what a thread works in: of a clause of more, or more and longer queries, nothing is scored. */
const ROOM = 1 << 18;
const QUERIES = 1 << 20;
const SCRATCH = 1 << 14;
const MOST_THREADS = 4;
/** Clauses of a portion, as the kernel has it. */
const PORTION = 16;
const UNIT = Int32Array.BYTES_PER_ELEMENT;

/** Numbers of a job that threads count with; of a piece (interaction.wat has what they are). */
const LEFT = 0;
const DONE = 1;
const PIECE = 8;
const SCORED = 7;

/** Where what threads share lies. */
const JOB = 0;
const PIECES = JOB + 16 * UNIT;
const ROWS = PIECES + MOST_PIECES * PIECE * UNIT;
const QUERIES_AT = ROWS + MOST_ROWS * ROW_LENGTH * UNIT;
const SCRATCH_AT = QUERIES_AT + QUERIES;
const ROOM_AT = SCRATCH_AT + MOST_THREADS * SCRATCH;
const END = ROOM_AT + MOST_THREADS * ROOM;

export class TokenPass {
  readonly #memory = sharedMemory(END);
  readonly #kernel: InteractionExports;
  readonly #numbers = new Int32Array(this.#memory.buffer);
  readonly #positions = new Float64Array(this.#memory.buffer);
  readonly #worth = new Worth();
  readonly #patience: number;
  #threads: readonly PassHelp[] = [];
  /** Of a job in which another thread was not waited for any longer, how many portions are done when it is back: until then the memory is left alone. */
  #late: number | null = null;

  /** `patience`: milliseconds after which another thread is not waited for. Throws RangeError when the system has not the memory. */
  constructor(patience = PATIENCE) {
    this.#patience = patience;
    this.#kernel = startInteraction(this.#memory, pieceReader(this.#memory));
  }

  /** These, three at most, take part from now on. */
  share(threads: readonly PassPartner[]): void {
    this.#threads = threads.slice(0, MOST_THREADS - 1).map((thread, i) =>
      thread.joinPass({
        module: interactionModule(),
        memory: this.#memory,
        job: JOB,
        room: ROOM_AT + (i + 1) * ROOM,
        scratch: SCRATCH_AT + (i + 1) * SCRATCH,
      }),
    );
  }

  /** How many pieces so many queries may be asked of at once. */
  static most(queries: number): number {
    return Math.min(MOST_PIECES, Math.floor(MOST_ROWS / queries));
  }

  /**
   * Writes the rows of each piece to `rows`, one for each query, and gives which pieces were not scored: those that are null, too long or not whole, or all. At most
   * most() pieces, from an open file.
   */
  score(
    file: number,
    pieces: readonly (Piece | null)[],
    queries: readonly PreparedQuery[],
    rows: Int32Array,
  ): number[] {
    if (pieces.length === 0 || !this.#fits(queries)) return [...pieces.keys()];
    const portions = this.#put(file, pieces, queries);
    const asked = this.#threads.length > 0 && this.#worth.ask();
    const from = performance.now();
    // Last: from now on other threads may look at the rest.
    Atomics.store(this.#numbers, LEFT, portions);
    if (asked) for (const thread of this.#threads) thread.take();
    this.#kernel.take(JOB, ROOM_AT, SCRATCH_AT);
    const done = awaitNumber(this.#numbers, DONE, (count) => count === portions, this.#patience);
    this.#worth.saw(asked, (performance.now() - from) / pieces.length);
    if (!done) {
      this.#late = portions;
      return [...pieces.keys()];
    }
    const first = ROWS / UNIT;
    rows.set(this.#numbers.subarray(first, first + pieces.length * queries.length * ROW_LENGTH));
    const unscored: number[] = [];
    for (let i = 0, at = PIECES / UNIT + SCORED; i < pieces.length; i++, at += PIECE)
      if (this.#numbers[at] === 0) unscored.push(i);
    return unscored;
  }

  #fits(queries: readonly PreparedQuery[]): boolean {
    if (this.#late !== null && Atomics.load(this.#numbers, DONE) !== this.#late) return false;
    this.#late = null;
    const room = roomOf(queries);
    const { dimension } = queries[0]!;
    return room.queries <= QUERIES && room.scratch <= SCRATCH && widthOf(dimension) === dimension;
  }

  /** How many portions there are. Nobody takes one yet. */
  #put(file: number, pieces: readonly (Piece | null)[], queries: readonly PreparedQuery[]): number {
    const numbers = this.#numbers;
    putQueries(this.#memory, QUERIES_AT, queries);
    const { dimension } = queries[0]!;
    numbers.set([pieces.length, PIECES, queries.length, QUERIES_AT, dimension, ROWS, file], JOB / UNIT + 2);
    for (let i = 0, at = PIECES / UNIT; i < pieces.length; i++, at += PIECE) {
      const piece = pieces[i];
      // Nothing is read of one that is not there, and so it is not whole.
      const found = piece != null && piece.length <= ROOM ? piece : NOTHING;
      this.#positions[at / 2] = found.position;
      numbers[at + 2] = found.length;
      numbers[at + 3] = found.passages;
      numbers[at + 4] = found.firstPassage;
      numbers[at + 5] = found.asked;
      numbers[at + 6] = found.check ? 1 : 0;
    }
    Atomics.store(numbers, DONE, 0);
    return Math.ceil(pieces.length / PORTION);
  }
}

const NOTHING: Piece = { position: 0, length: 0, passages: 0, firstPassage: 0, asked: 0, check: false };
