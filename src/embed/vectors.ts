/** From the network's outputs to the vectors of one text. */
import type { Floats } from './onnx-model.js';

/** Row `row` of [batch, dimension], L2 norm 1. */
export function sentenceRow(output: Floats, row: number): Float32Array {
  const dimension = output.dims[1]!;
  return normalised(output.data.slice(row * dimension, (row + 1) * dimension));
}

/** The first token's state ([CLS]) of text `row` of [batch, tokens, dimension], L2 norm 1. */
export function clsPooled(output: Floats, row: number): Float32Array {
  const [, width, dimension] = output.dims as [number, number, number];
  return normalised(output.data.slice(row * width * dimension, (row * width + 1) * dimension));
}

/** The mean state of the `count` first tokens of text `row`, special tokens included (as Sentence-Transformers does), L2 norm 1. */
export function meanPooled(output: Floats, row: number, count: number): Float32Array {
  const [, width, dimension] = output.dims as [number, number, number];
  const sum = new Float32Array(dimension);
  for (let token = 0; token < count; token++) {
    const at = (row * width + token) * dimension;
    for (let i = 0; i < dimension; i++) sum[i]! += output.data[at + i]!;
  }
  return normalised(sum);
}

/** Tokens [from, to) of text `row` of [batch, tokens, dimension]: each normalised, × 127, rounded; row-major. */
export function tokenRows(output: Floats, row: number, from: number, to: number): Int8Array {
  const [, width, dimension] = output.dims as [number, number, number];
  const out = new Int8Array(Math.max(to - from, 0) * dimension);
  for (let token = from; token < to; token++) {
    const at = (row * width + token) * dimension;
    const scale = 127 / norm(output.data.subarray(at, at + dimension));
    const into = (token - from) * dimension;
    for (let i = 0; i < dimension; i++) out[into + i] = Math.round(output.data[at + i]! * scale);
  }
  return out;
}

function normalised(vector: Float32Array): Float32Array {
  const scale = 1 / norm(vector);
  for (let i = 0; i < vector.length; i++) vector[i]! *= scale;
  return vector;
}

/** 1 for the zero vector, which then stays zero instead of becoming NaN. */
function norm(vector: Float32Array): number {
  let sum = 0;
  for (const value of vector) sum += value * value;
  return Math.sqrt(sum) || 1;
}
