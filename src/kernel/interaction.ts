/** Late interaction in WebAssembly: token vectors of clauses against those of queries, the same integers as plain JavaScript, about thirty times as fast. */
import { WASM } from './interaction-wasm.js';
import { compile, PAGE, sharedMemory, start } from './web-assembly.js';
import type { WasmMemory } from './web-assembly.js';

/** Reads bytes of a file to a place of the memory; 0 where it cannot, or where `check` is set and the last four are not the CRC-32 of the others. */
export type ReadPiece = (file: number, position: number, bytes: number, at: number, check: number) => number;

export interface InteractionExports {
  score(
    clause: number,
    bytes: number,
    passages: number,
    key: number,
    dimension: number,
    queries: number,
    count: number,
    mask: number,
    rows: number,
    scratch: number,
  ): number;
  take(job: number, room: number, scratch: number): void;
}

/** Query tokens are taken four at a time, components two steps at a time: what is missing is filled with zeros, which change no product. */
const GROUP = 4;
const STEP = 8;
const TURN = 2 * STEP;
const UNIT = Int32Array.BYTES_PER_ELEMENT;

/** A query as the kernel reads it. */
export interface PreparedQuery {
  readonly tokens: number;
  /** Of the vectors as given. */
  readonly dimension: number;
  /** [groups, steps, 4, 8]: four tokens a group, and of each eight components a step. */
  readonly steps: Int16Array;
}

/**
 * What is found of a clause and a query: five int32. SENTENCE: the sum over the query's tokens of the largest product with a token of a passage, of the
 * passage where it is highest. WINDOW: the highest with the larger products of a passage and the one before. CLAUSE: with the largest of
 * all passages. WEAKEST: of the latter, the sum of the leastSupported() smallest. PASSAGE: the key of the first passage with the highest sum; −1, and
 * the others are 0, where none has vectors, or the query was not asked.
 */
export const ROW = { sentence: 0, window: 1, clause: 2, weakest: 3, passage: 4 } as const;
export const ROW_LENGTH = 5;
/** Queries of one pass, at most. */
export const MOST_QUERIES = 32;

/** Of so many tokens of a query how many are those that a clause supports least: a third, at least one. */
export function leastSupported(tokens: number): number {
  return Math.max(1, Math.floor(tokens / 3));
}

/** `query`: [tokens × dimension], row-major. Throws RangeError when that is not whole tokens, at least one. */
export function prepareQuery(query: Int8Array, dimension: number): PreparedQuery {
  const tokens = query.length / dimension;
  if (!Number.isInteger(tokens) || tokens < 1)
    throw new RangeError(`${query.length} numbers are no query tokens of ${dimension}`);
  const width = widthOf(dimension);
  const steps = new Int16Array(fillUp(tokens, GROUP) * width);
  for (let token = 0; token < tokens; token++) {
    const first = (token - (token % GROUP)) * width + (token % GROUP) * STEP;
    for (let i = 0; i < dimension; i++)
      steps[first + (i - (i % STEP)) * GROUP + (i % STEP)] = query[token * dimension + i]!;
  }
  return { tokens, dimension, steps };
}

/** Components of a token vector as the kernel takes it. */
export function widthOf(dimension: number): number {
  return fillUp(dimension, TURN);
}

/** Bytes that some queries take in the kernel's memory, and those that each thread works in. */
export function roomOf(queries: readonly PreparedQuery[]): {
  readonly queries: number;
  readonly scratch: number;
} {
  const steps = queries.reduce((sum, one) => sum + one.steps.byteLength, 0);
  const longest = queries.reduce((most, { tokens }) => Math.max(most, fillUp(tokens, GROUP)), 0);
  return { queries: queries.length * GROUP * UNIT + steps, scratch: 2 * longest * UNIT };
}

/** Writes queries where the kernel reads them, 16-byte aligned. */
export function putQueries(memory: WasmMemory, at: number, queries: readonly PreparedQuery[]): void {
  let stepsAt = at + queries.length * GROUP * UNIT;
  queries.forEach(({ tokens, steps }, i) => {
    const groups = Math.ceil(tokens / GROUP);
    new Int32Array(memory.buffer, at + i * GROUP * UNIT, GROUP).set([
      stepsAt,
      groups,
      tokens,
      leastSupported(tokens),
    ]);
    new Int16Array(memory.buffer, stepsAt, steps.length).set(steps);
    stepsAt += steps.byteLength;
  });
}

let compiled: object | null = null;

export function interactionModule(): object {
  return (compiled ??= compile(WASM));
}

export function startInteraction(memory: WasmMemory, read: ReadPiece): InteractionExports {
  return start(interactionModule(), { env: { memory, read } });
}

/** For all that is not read from a file. */
interface Own {
  readonly kernel: InteractionExports;
  readonly memory: WasmMemory;
  /** Whose queries are there. */
  holder: Interaction | null;
}

let own: Own | null = null;

/** Scores clauses whose token vectors are at hand. */
export class Interaction {
  readonly #queries: readonly PreparedQuery[];
  readonly #dimension: number;
  readonly #width: number;
  /** Where in the memory they lie; the queries come first. */
  readonly #scratch: number;
  readonly #rows: number;
  readonly #clause: number;

  /** Queries of one dimension, 1 to MOST_QUERIES. */
  constructor(queries: readonly PreparedQuery[]) {
    const room = roomOf(queries);
    this.#queries = queries;
    this.#dimension = queries[0]!.dimension;
    this.#width = widthOf(this.#dimension);
    this.#scratch = room.queries;
    this.#rows = this.#scratch + room.scratch;
    this.#clause = fillUp(this.#rows + queries.length * ROW_LENGTH * UNIT, TURN);
  }

  /**
   * A row for each query. `passages`: vectors, row-major, empty where there are none; `asked`: bit i of it says whether query i is. What it gives holds until the
   * next call, of any. Throws RangeError for what is not whole tokens.
   */
  score(passages: readonly Int8Array[], firstPassage: number, asked: number): Int32Array {
    const dimension = this.#dimension;
    const tokens = passages.map(({ length }) => length / dimension);
    if (!tokens.every(Number.isInteger)) throw new RangeError(`no passage tokens of ${dimension} numbers`);
    const lengths = tokens.map((count) => count * this.#width);
    const table = passages.length * UNIT;
    const bytes = lengths.reduce((sum, length) => sum + length, table) + UNIT;
    const { memory, kernel } = this.#load(this.#clause + bytes);
    new Int32Array(memory.buffer, this.#clause, passages.length).set(lengths);
    const room = new Int8Array(memory.buffer, this.#clause + table, bytes - table);
    if (this.#width !== dimension) room.fill(0);
    let at = 0;
    for (const vectors of passages)
      for (let row = 0; row < vectors.length; row += this.#width === dimension ? vectors.length : dimension) {
        const part = this.#width === dimension ? vectors : vectors.subarray(row, row + dimension);
        room.set(part, at);
        at += fillUp(part.length, this.#width);
      }
    const { length } = this.#queries;
    kernel.score(
      ...([this.#clause, bytes, passages.length, firstPassage, this.#width] as const),
      ...([0, length, asked, this.#rows, this.#scratch] as const),
    );
    return new Int32Array(memory.buffer, this.#rows, length * ROW_LENGTH);
  }

  /** A memory of so many bytes, with the queries. */
  #load(bytes: number): Own {
    if (own === null) {
      const memory = sharedMemory(PAGE);
      own = { memory, kernel: startInteraction(memory, () => 0), holder: null };
    }
    const missing = bytes - own.memory.buffer.byteLength;
    if (missing > 0) own.memory.grow(Math.ceil(missing / PAGE));
    if (own.holder !== this) putQueries(own.memory, 0, this.#queries);
    own.holder = this;
    return own;
  }
}

function fillUp(count: number, unit: number): number {
  return Math.ceil(count / unit) * unit;
}
