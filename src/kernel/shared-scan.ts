/**
 * One pass over very many rows for several queries, by as many threads as come: each takes one portion after the other, so that none waits for a
 * slower one, and one that never comes costs nothing.
 */
import { awaitNumber, PATIENCE } from './await-number.js';
import { Worth } from './worth.js';
import { spareFloats, spareIntegers } from './spare-columns.js';
import type { WasmMemory } from './web-assembly.js';
import { PAGE } from './web-assembly.js';

/** Of each group the best row of each kind. */
export interface BestOfGroups {
  /** Of kind 0, −1 where there is none; of kind 1, and where there is none that of kind 0. */
  readonly cosines: readonly [Float32Array, Float32Array];
  /** Of kind 0: the first among equals; −1 where there is none. */
  readonly keys: Int32Array;
}

/** A query as the kernel reads it, and what one unit of it stands for. */
export interface ScanQuery {
  readonly components: Int16Array;
  readonly unit: number;
}

/** What is scanned: where it lies in the memory of the kernel. */
export interface ScannedRows {
  readonly memory: WasmMemory;
  /** [rows]: ascending. */
  readonly groups: Int32Array;
  /** Bytes of a row. */
  readonly width: number;
  readonly at: Readonly<Record<'vectors' | 'scales' | 'groups' | 'kinds' | 'cosines', number>>;
}

/** Another thread: takes portions of a job as soon as it comes to it. */
export interface ScanHelp {
  take(job: number): void;
}

/** What another thread needs for it: the kernel, its memory, and where in it the thread's own room for cosines lies. */
export interface ScanShare {
  readonly module: object;
  readonly memory: WasmMemory;
  readonly cosines: number;
}

/** A thread that can take part. */
export interface ScanPartner {
  join(share: ScanShare): ScanHelp;
}

/** The part of the kernel that all threads run: dense-scan.wat has what a job is made of. */
export type TakePortions = (job: number, cosines: number) => void;

/** Rows of a portion, about: enough that to take one costs nothing beside it. */
const PORTION = 1024;
/** Numbers of a job, and where those stand that threads count with. */
const JOB = 16;
const LEFT = 0;
const DONE = 1;
const HEAD_OF_QUERY = 16;
/** Columns of each query. */
const COLUMNS = 4;
const UNIT = Int32Array.BYTES_PER_ELEMENT;

/** Where a job and what belongs to it lie. */
interface Room {
  readonly job: number;
  readonly bounds: number;
  readonly queries: number;
  readonly columns: number;
  readonly end: number;
}

/** A job that was begun. */
interface Begun {
  readonly room: Room;
  readonly portions: number;
  readonly queries: readonly ScanQuery[];
  readonly groups: number;
  /** Whether other threads were. */
  readonly asked: boolean;
}

/** A job in which another thread was not waited for any longer, and how many portions are done when it is back. */
interface Late {
  readonly room: Room;
  readonly portions: number;
}

export class SharedScan {
  readonly #rows: ScannedRows;
  readonly #take: TakePortions;
  /** Where the memory that jobs lie in begins. */
  readonly #from: number;
  #threads: readonly ScanHelp[] = [];
  #begun: Begun | null = null;
  /** While this is not done its room is left alone, and this thread scans beyond it. */
  #late: Late | null = null;

  readonly #patience: number;
  /** By the number of queries: a scan of one waits for the memory, of four for the processor. */
  readonly #worth = new Map<number, Worth>();

  /** `from`: from where on the memory is free, also beyond its end; `patience`: milliseconds after which another thread is not waited for. */
  constructor(rows: ScannedRows, from: number, take: TakePortions, patience = PATIENCE) {
    this.#rows = rows;
    this.#from = from;
    this.#take = take;
    this.#patience = patience;
  }

  /** These take part from now on, in place of those before. */
  shareWith(threads: readonly ScanHelp[]): void {
    this.#threads = threads;
  }

  /**
   * Other threads begin at once; what it returns takes part in what is left, and gives for each query the best rows of `groups` groups, in spare columns, which are the caller's. One
   * scan at a time: the next one ends it, and what it would have given is lost. Throws RangeError when the system has not the memory.
   */
  begin(queries: readonly ScanQuery[], groups: number): () => BestOfGroups[] {
    this.stop();
    if (queries.length === 0) return () => [];
    const begun = this.#put(queries, groups);
    this.#begun = begun;
    if (begun.asked) for (const thread of this.#threads) thread.take(begun.room.job);
    return () => {
      if (this.#begun !== begun) throw new Error('this scan was ended by another one, or with its memory');
      this.#begun = null;
      return this.#finish(begun);
    };
  }

  #finish(begun: Begun): BestOfGroups[] {
    const { job, columns } = begun.room;
    const from = performance.now();
    this.#take(job, this.#rows.at.cosines);
    const done = this.#await(job, begun.portions);
    this.#worthOf(begun.queries).saw(begun.asked, performance.now() - from);
    if (!done) {
      this.#late = { room: begun.room, portions: begun.portions };
      return this.#finish(this.#put(begun.queries, begun.groups));
    }
    const { buffer } = this.#rows.memory;
    const { groups } = begun;
    // Copied: they are the caller's, and V8 reads memory that threads may share more slowly.
    return begun.queries.map((_, query): BestOfGroups => {
      const at = (column: number) => columns + (query * COLUMNS + column) * groups * UNIT;
      const cosines = (column: number) => {
        const copy = spareFloats(groups);
        copy.set(new Float32Array(buffer, at(column), groups));
        return copy;
      };
      const keys = spareIntegers(groups);
      keys.set(new Int32Array(buffer, at(1), groups));
      return { cosines: [cosines(0), cosines(2)], keys };
    });
  }

  /** Ends what was begun: nobody takes portions of it any more. */
  stop(): void {
    const begun = this.#begun;
    this.#begun = null;
    if (begun === null) return;
    const left = Atomics.exchange(this.#numbers(begun.room.job), LEFT, 0);
    const portions = begun.portions - Math.max(left, 0);
    if (!this.#await(begun.room.job, portions)) this.#late = { room: begun.room, portions };
  }

  /** Until so many portions are done; false when it takes too long. */
  #await(job: number, portions: number): boolean {
    return awaitNumber(this.#numbers(job), DONE, (done) => done === portions, this.#patience);
  }

  #put(queries: readonly ScanQuery[], groups: number): Begun {
    const { width, at, memory } = this.#rows;
    if (this.#late !== null && this.#isDone(this.#late)) this.#late = null;
    const bounds = this.#bounds();
    const room = this.#reserve(bounds.length, queries.length, groups);
    new Int32Array(memory.buffer, room.bounds, bounds.length).set(bounds);
    queries.forEach(({ components, unit }, i) => {
      const from = room.queries + i * (HEAD_OF_QUERY + components.byteLength);
      new Float64Array(memory.buffer, from, 1)[0] = unit;
      new Int16Array(memory.buffer, from + HEAD_OF_QUERY, components.length).set(components);
    });
    const portions = bounds.length - 1;
    const numbers = this.#numbers(room.job);
    const place = [width, at.vectors, at.scales, at.groups, at.kinds, room.columns, groups];
    numbers.set([portions, room.bounds, queries.length, room.queries, ...place], 2);
    Atomics.store(numbers, DONE, 0);
    // Last: from now on other threads may look at the rest.
    Atomics.store(numbers, LEFT, portions);
    const asked = this.#threads.length > 0 && this.#late === null && this.#worthOf(queries).ask();
    return { room, portions, queries, groups, asked };
  }

  /** Where each portion begins, at the first row of a group, and the end. */
  #bounds(): number[] {
    const { groups } = this.#rows;
    const bounds: number[] = [];
    for (let row = 0; row < groups.length;) {
      bounds.push(row);
      row = Math.min(row + PORTION, groups.length);
      while (row < groups.length && groups[row] === groups[row - 1]) row++;
    }
    return [...bounds, groups.length];
  }

  #reserve(bounds: number, queries: number, groups: number): Room {
    const { memory, width } = this.#rows;
    let end = this.#late?.room.end ?? this.#from;
    const take = (bytes: number) => {
      const at = end;
      end += Math.ceil(bytes / 16) * 16;
      return at;
    };
    const room = {
      job: take(JOB * UNIT),
      bounds: take(bounds * UNIT),
      queries: take(queries * (HEAD_OF_QUERY + width * Int16Array.BYTES_PER_ELEMENT)),
      columns: take(queries * COLUMNS * groups * UNIT),
    };
    const missing = end - memory.buffer.byteLength;
    if (missing > 0) memory.grow(Math.ceil(missing / PAGE));
    return { ...room, end };
  }

  #worthOf({ length }: readonly ScanQuery[]): Worth {
    const known = this.#worth.get(length) ?? new Worth();
    this.#worth.set(length, known);
    return known;
  }

  #isDone({ room, portions }: Late): boolean {
    return Atomics.load(this.#numbers(room.job), DONE) === portions;
  }

  #numbers(job: number): Int32Array {
    return new Int32Array(this.#rows.memory.buffer, job, JOB);
  }
}
