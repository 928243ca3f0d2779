/**
 * The token vectors of one document as bytes: a table of where those of each clause end, then the clauses, each with a checksum. Numbers are
 * uint32, little-endian.
 */
import { crc32 } from 'node:zlib';

const UNIT = Uint32Array.BYTES_PER_ELEMENT;

/** Of each clause the token vectors of its passages, in order; empty for a passage without. */
export type ClauseVectors = readonly Int8Array[];

export function encodeBlock(clauses: readonly ClauseVectors[]): Buffer {
  const parts = clauses.map(encodeClause);
  let end = 0;
  const ends = parts.map(({ length }) => (end += length));
  return Buffer.concat([sealed([numbers(ends)]), ...parts]);
}

/** How long the table of so many clauses is, in bytes. */
export function tableSize(clauses: number): number {
  return (clauses + 1) * UNIT;
}

/** Where the bytes of each clause end, counted from the end of the table; null when the table is not whole. */
export function decodeTable(bytes: Buffer): Uint32Array | null {
  return isSealed(bytes)
    ? Uint32Array.from({ length: bytes.length / UNIT - 1 }, (_, i) => bytes.readUInt32LE(i * UNIT))
    : null;
}

/** Lengths of the passages' vectors, the vectors, a checksum. */
function encodeClause(passages: ClauseVectors): Buffer {
  const vectors = passages.map(
    ({ buffer, byteOffset, byteLength }) => new Uint8Array(buffer, byteOffset, byteLength),
  );
  return sealed([numbers(passages.map(({ length }) => length)), ...vectors]);
}

/** Whether the bytes of a clause are as they were written. */
export function isSealed(bytes: Buffer): boolean {
  const end = bytes.length - UNIT;
  return end >= 0 && crc32(bytes.subarray(0, end)) === bytes.readUInt32LE(end);
}

/** Views of the bytes of a clause of so many passages; null when they are of another number. */
export function decodeClause(bytes: Buffer, passages: number): ClauseVectors | null {
  let at = passages * UNIT;
  if (bytes.length < at + UNIT) return null;
  const vectors: Int8Array[] = [];
  for (let i = 0; i < passages; i++) {
    const length = bytes.readUInt32LE(i * UNIT);
    if (at + length > bytes.length - UNIT) return null;
    vectors.push(new Int8Array(bytes.buffer, bytes.byteOffset + at, length));
    at += length;
  }
  return at === bytes.length - UNIT ? vectors : null;
}

function sealed(parts: readonly Uint8Array[]): Buffer {
  const bytes = Buffer.concat(parts);
  return Buffer.concat([bytes, numbers([crc32(bytes)])]);
}

function numbers(values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(values.length * UNIT);
  values.forEach((value, i) => bytes.writeUInt32LE(value, i * UNIT));
  return bytes;
}
