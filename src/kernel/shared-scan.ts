/**
 * One pass over very many rows for several queries, by as many threads as come: each takes one portion after the other, so that none waits for a
 * slower one, and one that never comes costs nothing.
 */
import { Worth } from './worth.js';
import { spareFloats, spareIntegers } from './spare-columns.js';
import type { WasmMemory } from './web-assembly.js';
import { PAGE } from './web-assembly.js';

/** Of each group the best row of each kind: its cosine, −1 where there is none, and its key, −1 where there is none; the first among equals. */
export interface BestOfGroups {
  readonly cosines: readonly [Float32Array, Float32Array];
  readonly keys: readonly [Int32Array, Int32Array];
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

/** The part of the kernel that all threads run: dense-scan.wat has what a job is made of. Gives how many portions this thread took. */
export type TakePortions = (job: number, cosines: number) => number;

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
/** How often it is looked whether the last portion is done, before this thread sleeps: about as long as a portion takes. */
const GLANCES = 5_000;
/** Milliseconds. A portion takes a fraction of one. */
const PATIENCE = 10_000;

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
}

export class SharedScan {
  readonly #rows: ScannedRows;
  readonly #take: TakePortions;
  /** Where the memory that jobs lie in begins. */
  #from: number;
  #threads: readonly ScanHelp[] = [];
  #begun: Begun | null = null;

  readonly #patience: number;
  readonly #worth = new Worth();

  /** `from`: from where on the memory is free, also beyond its end; `patience`: milliseconds after which other threads are given up. */
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
    if (this.#worth.again()) for (const thread of this.#threads) thread.take(begun.room.job);
    return () => {
      if (this.#begun !== begun) throw new Error('this scan was ended by another one, or with its memory');
      this.#begun = null;
      return this.#finish(begun);
    };
  }

  #finish(begun: Begun): BestOfGroups[] {
    const { job, columns } = begun.room;
    const from = performance.now();
    const taken = this.#take(job, this.#rows.at.cosines);
    const until = performance.now();
    const done = this.#await(job, begun.portions);
    this.#worth.saw((until - from) / taken, begun.portions - taken, performance.now() - until);
    if (!done) {
      // Whatever it still writes, it writes where nobody looks any more.
      this.#threads = [];
      this.#from = begun.room.end;
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
      const keys = (column: number) => {
        const copy = spareIntegers(groups);
        copy.set(new Int32Array(buffer, at(column), groups));
        return copy;
      };
      return { cosines: [cosines(0), cosines(2)], keys: [keys(1), keys(3)] };
    });
  }

  /** Ends what was begun: nobody takes portions of it any more, and nobody is at one. */
  stop(): void {
    const begun = this.#begun;
    this.#begun = null;
    if (begun === null) return;
    const left = Atomics.exchange(this.#numbers(begun.room.job), LEFT, 0);
    if (!this.#await(begun.room.job, begun.portions - Math.max(left, 0))) {
      this.#threads = [];
      this.#from = begun.room.end;
    }
  }

  /** Until so many portions are done; false when that never comes. */
  #await(job: number, portions: number): boolean {
    const numbers = this.#numbers(job);
    for (let i = 0; i < GLANCES; i++) if (Atomics.load(numbers, DONE) === portions) return true;
    for (let done; (done = Atomics.load(numbers, DONE)) !== portions;)
      if (Atomics.wait(numbers, DONE, done, this.#patience) === 'timed-out') return false;
    return true;
  }

  #put(queries: readonly ScanQuery[], groups: number): Begun {
    const { width, at, memory } = this.#rows;
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
    return { room, portions, queries, groups };
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
    let end = this.#from;
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

  #numbers(job: number): Int32Array {
    return new Int32Array(this.#rows.memory.buffer, job, JOB);
  }
}
