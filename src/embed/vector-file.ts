/** Sentence vectors of many texts in one file, int8: what is derived from a text and a model need not be computed on every machine. */
import { hash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { crc32 } from 'node:zlib';

/** Of a row: the first bytes of the SHA-256 of its text, then what one unit of its components stands for (float32). */
const UNIT_AT = 8;
const VECTOR_AT = 12;
const LARGEST = 127;

/** A vector of int8: `components` times `unit` has the L2 norm 1 ± 0.01. The components are a view of the file. */
export interface RoundedVector {
  readonly components: Int8Array;
  readonly unit: number;
}

/** Vectors of one model, by key of the text. */
export interface VectorFile {
  /** As Embedder.queryModel. */
  readonly model: string;
  readonly dimension: number;
  /** Of a text; null when the file does not hold it. Fastest in the order in which they were written. */
  vector(text: string): RoundedVector | null;
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
  let places: ReadonlyMap<string, number> | null = null;
  let next = 0;
  const placeOf = (key: Buffer): number | undefined => {
    // Texts come as they were written, all but those that were changed since: a map of all is rarely needed.
    if (rows.compare(key, 0, UNIT_AT, next, Math.min(next + UNIT_AT, rows.length)) === 0) return next;
    return (places ??= placesIn(rows, size)).get(key.toString('latin1'));
  };
  return {
    model,
    dimension,
    vector(text) {
      const at = placeOf(keyOf(text));
      if (at === undefined) return null;
      next = at + size;
      const components = new Int8Array(rows.buffer, rows.byteOffset + at + VECTOR_AT, dimension);
      return { components, unit: rows.readFloatLE(at + UNIT_AT) };
    },
  };
}

function placesIn(rows: Buffer, size: number): Map<string, number> {
  const places = new Map<string, number>();
  for (let at = 0; at < rows.length; at += size) places.set(rows.toString('latin1', at, at + UNIT_AT), at);
  return places;
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
  return hash('sha256', text, 'buffer').subarray(0, UNIT_AT);
}
