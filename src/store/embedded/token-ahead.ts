/**
 * Pieces of a file that are read by another thread before this one comes to them. They are taken by blocks, in order; this thread reads one of
 * three itself, and what the other one has not begun when it is wanted.
 */
import { awaitNumber, PATIENCE } from '../../kernel/await-number.js';
import { Worth } from '../../kernel/worth.js';
import { BLOCKS, FILE, FREE, isLeft, JOB, OWN, PASSED, READY, TAKEN, turnOf } from './read-ahead.js';

/** Where a piece lies in the file, in bytes. */
export interface Piece {
  readonly position: number;
  readonly length: number;
}

/** What both threads see. */
export interface AheadMemory {
  /** At BLOCKS, PASSED, FILE and JOB. */
  readonly head: Int32Array;
  /** Of each block: FREE, TAKEN, READY or OWN. */
  readonly states: Int32Array;
  /** Of each block: the first piece after it. */
  readonly ends: Int32Array;
  /** Of each piece. */
  readonly positions: Float64Array;
  readonly lengths: Int32Array;
  /** The other thread fills one after the other; a slot is free when this thread is done with the block before in it. */
  readonly slots: Uint8Array;
  readonly slotBytes: number;
}

/** The other thread: begins to read what stands in the memory, as soon as it comes to it. */
export interface AheadHelp {
  begin(): void;
}

/** Pieces that are read ahead at once, at most; of what is beyond nothing is. */
const MOST_PIECES = 4096;
/** Pieces of a block, and the bytes of them. */
const BLOCK = 8;
const SLOT_BYTES = 1 << 17;
const SLOTS = 8;

export function aheadMemory(): AheadMemory {
  const shared = (bytes: number) => new SharedArrayBuffer(bytes);
  return {
    head: new Int32Array(shared(4 * 4)),
    states: new Int32Array(shared(4 * MOST_PIECES)),
    ends: new Int32Array(shared(4 * MOST_PIECES)),
    positions: new Float64Array(shared(8 * MOST_PIECES)),
    lengths: new Int32Array(shared(4 * MOST_PIECES)),
    slots: new Uint8Array(shared(SLOTS * SLOT_BYTES)),
    slotBytes: SLOT_BYTES,
  };
}

export class TokenAhead {
  readonly #memory: AheadMemory;
  readonly #slots: Buffer;
  readonly #patience: number;
  readonly #worth = new Worth();
  readonly #help: AheadHelp;
  #blocks = 0;
  #pieces = 0;
  /** The block and the piece that come next, and where in the slots it is; −1 where this thread reads the block. */
  #block = -1;
  #piece = 0;
  #at = -1;
  /** Whether the other thread was asked for what was begun, and when. */
  #asked = false;
  /** A block that the other thread was not waited for any longer: the memory is left alone until it is back. */
  #late = -1;
  #from = 0;

  /** `patience`: milliseconds. */
  constructor(memory: AheadMemory, help: AheadHelp, patience = PATIENCE) {
    this.#memory = memory;
    this.#slots = Buffer.from(memory.slots.buffer);
    this.#help = help;
    this.#patience = patience;
  }

  /** These are taken next, in this order, from an open file; null for one that is not there. */
  begin(file: number, pieces: readonly (Piece | null)[]): void {
    this.stop();
    if (this.#late >= 0 && Atomics.load(this.#memory.states, this.#late) === TAKEN) return;
    this.#late = -1;
    this.#asked = this.#worth.ask();
    this.#from = performance.now();
    this.#pieces = Math.min(pieces.length, MOST_PIECES);
    if (!this.#asked) return;
    const { head, states } = this.#memory;
    const own = this.#put(pieces.slice(0, MOST_PIECES));
    head[FILE] = file;
    Atomics.store(head, PASSED, 0);
    Atomics.store(head, BLOCKS, this.#blocks);
    // Last: from now on the other thread may look at the rest.
    for (let block = 0; block < this.#blocks; block++) Atomics.store(states, block, own[block] ? OWN : FREE);
    this.#help.begin();
  }

  /** The bytes of the next piece, which hold until the next call; what `read` gives where this thread has to read it. */
  take<T>(read: () => T): Buffer | T {
    const { ends, lengths } = this.#memory;
    if (this.#piece >= this.#pieces) return read();
    if (this.#asked && (this.#block < 0 || this.#piece === ends[this.#block])) this.#next();
    const length = lengths[this.#piece++]!;
    // What is done with the last piece is not counted: the same each time.
    if (this.#piece === this.#pieces)
      this.#worth.saw(this.#asked, (performance.now() - this.#from) / this.#pieces);
    if (this.#at < 0) return read();
    this.#at += length;
    return this.#slots.subarray(this.#at - length, this.#at);
  }

  /** Nothing more is taken of what was begun, and nobody looks at the file any more, unless one is late: what that reads nobody looks at. */
  stop(): void {
    const { head, states } = this.#memory;
    for (let block = Math.max(this.#block, 0); block < this.#blocks; block++) {
      Atomics.compareExchange(states, block, FREE, OWN);
      if (!this.#await(block)) break;
    }
    Atomics.store(head, BLOCKS, 0);
    Atomics.add(head, JOB, 1);
    Atomics.notify(head, PASSED);
    this.#blocks = this.#pieces = this.#piece = 0;
    this.#block = this.#at = -1;
  }

  #next(): void {
    const { head, states, slotBytes } = this.#memory;
    this.#block++;
    Atomics.store(head, PASSED, this.#block);
    Atomics.notify(head, PASSED);
    this.#at = -1;
    if (Atomics.compareExchange(states, this.#block, FREE, OWN) === FREE) return;
    if (!this.#await(this.#block) || Atomics.load(states, this.#block) !== READY) return;
    this.#at = (turnOf(this.#block) % SLOTS) * slotBytes;
  }

  /** Until nobody is at a block; false when it takes too long. */
  #await(block: number): boolean {
    if (block === this.#late) return false;
    const isFree = awaitNumber(this.#memory.states, block, (state) => state !== TAKEN, this.#patience);
    if (!isFree) this.#late = block;
    return isFree;
  }

  /** Writes down the pieces and gives for each block whether it is this thread's. */
  #put(pieces: readonly (Piece | null)[]): boolean[] {
    const { ends, positions, lengths, slotBytes } = this.#memory;
    const own: boolean[] = [];
    let bytes = 0;
    let from = 0;
    const close = (end: number, isOwn: boolean) => {
      if (end === from) return;
      ends[own.length] = end;
      own.push(isOwn || isLeft(own.length));
      bytes = 0;
      from = end;
    };
    pieces.forEach((piece, i) => {
      const length = piece?.length ?? 0;
      const fits = piece !== null && length <= slotBytes;
      if (!fits || i - from === BLOCK || bytes + length > slotBytes) close(i, false);
      positions[i] = piece?.position ?? 0;
      lengths[i] = length;
      bytes += length;
      if (!fits) close(i + 1, true);
    });
    close(pieces.length, false);
    this.#blocks = own.length;
    return own;
  }
}
