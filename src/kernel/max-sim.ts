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
    best: number,
  ): void;
}

/** Query tokens are taken four at a time, components eight at a time: what is missing is filled with zeros, which change no product. */
const GROUP = 4;
const STEP = 8;

/** A query as the kernel reads it. */
export interface PreparedQuery {
  readonly tokens: number;
  /** Of the vectors as given. */
  readonly dimension: number;
  /** [4 × groups, dimension filled up to eights]. */
  readonly rows: Int16Array;
}

let instance: MaxSimExports | null = null;

function kernel(): MaxSimExports {
  return (instance ??= instantiate<MaxSimExports>(WASM));
}

/** `query`: [tokens × dimension], row-major. Throws RangeError when that is not whole tokens, at least one. */
export function prepareQuery(query: Int8Array, dimension: number): PreparedQuery {
  const tokens = query.length / dimension;
  if (!Number.isInteger(tokens) || tokens < 1)
    throw new RangeError(`${query.length} numbers are no query tokens of ${dimension}`);
  const width = fillUp(dimension, STEP);
  const rows = new Int16Array(fillUp(tokens, GROUP) * width);
  for (let row = 0; row < tokens; row++)
    rows.set(query.subarray(row * dimension, (row + 1) * dimension), row * width);
  return { tokens, dimension, rows };
}

/**
 * For each token of the query the largest product with a token of the passage ([tokens × dimension], row-major, at least one
 * token), or `least` where none exceeds it. Throws RangeError for a passage that is not whole tokens.
 */
export function maxSim(query: PreparedQuery, passage: Int8Array, least: number): Int32Array {
  const { tokens, dimension, rows } = query;
  const count = passage.length / dimension;
  if (!Number.isInteger(count) || count < 1)
    throw new RangeError(`${passage.length} numbers are no passage tokens of ${dimension}`);
  const { memory, maxSim: run } = kernel();
  const width = fillUp(dimension, STEP);
  const padded = fillUp(tokens, GROUP);
  const bestAt = rows.byteLength;
  const passageAt = bestAt + padded * Int32Array.BYTES_PER_ELEMENT;
  const missing = passageAt + count * width - memory.buffer.byteLength;
  if (missing > 0) memory.grow(Math.ceil(missing / PAGE));
  // All is written at each call: the memory belongs to whoever calls, and a query is a few kilobytes.
  new Int16Array(memory.buffer, 0, rows.length).set(rows);
  const best = new Int32Array(memory.buffer, bestAt, padded).fill(least);
  const bytes = new Int8Array(memory.buffer, passageAt, count * width);
  if (width === dimension) bytes.set(passage);
  else {
    bytes.fill(0);
    for (let row = 0; row < count; row++)
      bytes.set(passage.subarray(row * dimension, (row + 1) * dimension), row * width);
  }
  run(0, padded / GROUP, passageAt, count, width, bestAt);
  return best.slice(0, tokens);
}

function fillUp(count: number, unit: number): number {
  return Math.ceil(count / unit) * unit;
}
