/** Sentence vectors of many texts in one file, int8: what is derived from a text and a model need not be computed on every machine. */
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { crc32 } from 'node:zlib';

/** Of a row: the first bytes of the SHA-256 of its text, then what one unit of its components stands for (float32). */
const UNIT_AT = 8;
const VECTOR_AT = 12;
const LARGEST = 127;

/** Vectors of one model, by key of the text. */
export interface VectorFile {
  /** As Embedder.queryModel. */
  readonly model: string;
  readonly dimension: number;
  /** Of a text: [dimension], L2 norm 1 ± 0.01; null when the file does not hold it. */
  vector(text: string): Float32Array | null;
}

/**
 * A line of JSON (model, dimension, rows, CRC-32 of the rest), then a row for each text, its components scaled so that the largest is 127.
 * `vectors`: [dimension], L2 norm 1, in the order of `texts`.
 */
export function writeVectorFile(
  path: string,
  model: string,
  texts: readonly string[],
  vectors: readonly Float32Array[],
): void {
  const dimension = vectors[0]?.length ?? 0;
  const size = VECTOR_AT + dimension;
  const rows = Buffer.alloc(texts.length * size);
  texts.forEach((text, i) => {
    const vector = vectors[i]!;
    const unit = Math.max(...vector.map(Math.abs), Number.MIN_VALUE) / LARGEST;
    keyOf(text).copy(rows, i * size);
    rows.writeFloatLE(unit, i * size + UNIT_AT);
    vector.forEach((value, j) => rows.writeInt8(Math.round(value / unit), i * size + VECTOR_AT + j));
  });
  const head = { model, dimension, rows: texts.length, crc32: crc32(rows) };
  writeFileSync(path, Buffer.concat([Buffer.from(`${JSON.stringify(head)}\n`), rows]));
}

/** Null when the file is not there or not whole: it is derived, and can be made again. */
export function readVectorFile(path: string): VectorFile | null {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
  const end = bytes.indexOf('\n');
  const head = headOf(bytes.toString('utf8', 0, Math.max(end, 0)));
  const rows = bytes.subarray(end + 1);
  if (head === null || rows.length !== head.rows * (VECTOR_AT + head.dimension) || crc32(rows) !== head.crc32)
    return null;
  const { model, dimension } = head;
  const size = VECTOR_AT + dimension;
  const places = new Map<string, number>();
  for (let at = 0; at < rows.length; at += size) places.set(rows.toString('latin1', at, at + UNIT_AT), at);
  return {
    model,
    dimension,
    vector(text) {
      const at = places.get(keyOf(text).toString('latin1'));
      if (at === undefined) return null;
      const unit = rows.readFloatLE(at + UNIT_AT);
      // A plain loop: all of a bank are read when it is opened, and a call for each component took two seconds of it.
      const components = new Int8Array(rows.buffer, rows.byteOffset + at + VECTOR_AT, dimension);
      const vector = new Float32Array(dimension);
      for (let j = 0; j < dimension; j++) vector[j] = components[j]! * unit;
      return vector;
    },
  };
}

interface Head {
  readonly model: string;
  readonly dimension: number;
  readonly rows: number;
  readonly crc32: number;
}

function headOf(line: string): Head | null {
  try {
    const head = JSON.parse(line) as Head;
    return typeof head.model === 'string' && Number.isInteger(head.dimension) && Number.isInteger(head.rows)
      ? head
      : null;
  } catch {
    return null;
  }
}

function keyOf(text: string): Buffer {
  return createHash('sha256').update(text).digest().subarray(0, UNIT_AT);
}
