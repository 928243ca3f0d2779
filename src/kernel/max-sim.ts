/** MaxSim over int8 vectors in WebAssembly: the same integers as plain JavaScript, about thirty times as fast. */
import { WASM } from './max-sim-wasm.js';
import { instantiate, PAGE } from './web-assembly.js';
import type { WasmMemory } from './web-assembly.js';

interface MaxSimExports {
  readonly memory: WasmMemory;
  maxSim(
    query: number,
    groups: number,
    passage: number,
    tokens: number,
    dimension: number,
    least: number,
    best: number,
  ): void;
}

/** Query tokens are taken four at a time, components two steps at a time: what is missing is filled with zeros, which change no product. */
const GROUP = 4;
const STEP = 8;
const TURN = 2 * STEP;

/** A query as the kernel reads it. */
export interface PreparedQuery {
  readonly tokens: number;
  /** Of the vectors as given. */
  readonly dimension: number;
  /** [groups, steps, 4, 8]: four tokens a group, and of each eight components a step. */
  readonly steps: Int16Array;
}

/** What lies in the kernel's memory: a query, what is found of it, and room for a passage up to the end. */
interface Loaded {
  readonly kernel: MaxSimExports;
  readonly query: PreparedQuery;
  /** Of each token of the groups, and of those that are the query's. */
  readonly best: Int32Array;
  readonly found: Int32Array;
  readonly passageAt: number;
  readonly room: Int8Array;
}

let instance: MaxSimExports | null = null;
let loaded: Loaded | null = null;

/** `query`: [tokens × dimension], row-major. Throws RangeError when that is not whole tokens, at least one. */
export function prepareQuery(query: Int8Array, dimension: number): PreparedQuery {
  const tokens = query.length / dimension;
  if (!Number.isInteger(tokens) || tokens < 1)
    throw new RangeError(`${query.length} numbers are no query tokens of ${dimension}`);
  const width = fillUp(dimension, TURN);
  const steps = new Int16Array(fillUp(tokens, GROUP) * width);
  for (let token = 0; token < tokens; token++) {
    const first = (token - (token % GROUP)) * width + (token % GROUP) * STEP;
    for (let i = 0; i < dimension; i++)
      steps[first + (i - (i % STEP)) * GROUP + (i % STEP)] = query[token * dimension + i]!;
  }
  return { tokens, dimension, steps };
}

/**
 * For each token of the query the largest product with a token of the passage ([tokens × dimension], row-major, at least one
 * token), or `least` where none exceeds it. The result holds until the next call. Throws RangeError for a passage that is not whole tokens.
 */
export function maxSim(query: PreparedQuery, passage: Int8Array, least: number): Int32Array {
  const { dimension } = query;
  const count = passage.length / dimension;
  if (!Number.isInteger(count) || count < 1)
    throw new RangeError(`${passage.length} numbers are no passage tokens of ${dimension}`);
  const width = fillUp(dimension, TURN);
  const { kernel, best, found, passageAt, room } = load(query, count * width);
  if (width === dimension) room.set(passage);
  else {
    room.fill(0, 0, count * width);
    for (let row = 0; row < count; row++)
      room.set(passage.subarray(row * dimension, (row + 1) * dimension), row * width);
  }
  kernel.maxSim(0, best.length / GROUP, passageAt, count, width, least, best.byteOffset);
  return found;
}

/** A question meets thousands of passages in a row: it is written once for all of them, and so are the views of the memory. */
function load(query: PreparedQuery, passageBytes: number): Loaded {
  if (loaded?.query === query && loaded.room.length >= passageBytes) return loaded;
  const kernel = (instance ??= instantiate<MaxSimExports>(WASM));
  const { memory } = kernel;
  const { steps, tokens } = query;
  const padded = fillUp(tokens, GROUP);
  const passageAt = steps.byteLength + padded * Int32Array.BYTES_PER_ELEMENT;
  const missing = passageAt + passageBytes - memory.buffer.byteLength;
  if (missing > 0) memory.grow(Math.ceil(missing / PAGE));
  new Int16Array(memory.buffer, 0, steps.length).set(steps);
  loaded = {
    kernel,
    query,
    best: new Int32Array(memory.buffer, steps.byteLength, padded),
    found: new Int32Array(memory.buffer, steps.byteLength, tokens),
    passageAt,
    room: new Int8Array(memory.buffer, passageAt),
  };
  return loaded;
}

function fillUp(count: number, unit: number): number {
  return Math.ceil(count / unit) * unit;
}
