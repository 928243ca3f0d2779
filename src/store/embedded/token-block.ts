/**
 * The token vectors of one document as bytes: a table of where those of each clause end, then the clauses, each with a checksum. Numbers are
 * uint32 in the order of this machine.
 */
import { crc32 } from 'node:zlib';

const UNIT = Uint32Array.BYTES_PER_ELEMENT;

/** Of each clause the token vectors of its passages, in order; empty for a passage without. */
export type ClauseVectors = readonly Int8Array[];

export function encodeBlock(clauses: readonly ClauseVectors[]): Buffer {
  const parts = clauses.map(encodeClause);
  let end = 0;
  const ends = Uint32Array.from(parts, ({ length }) => (end += length));
  return Buffer.concat([sealed([bytesOf(ends)]), ...parts]);
}

/** How long the table of so many clauses is, in bytes. */
export function tableSize(clauses: number): number {
  return (clauses + 1) * UNIT;
}

/** Where the bytes of each clause end, counted from the end of the table; null when the table is not whole. */
export function decodeTable(bytes: Uint8Array): Uint32Array | null {
  return isSealed(bytes) ? numbersOf(bytes, bytes.length / UNIT - 1) : null;
}

/** Lengths of the passages' vectors, the vectors, a checksum. */
function encodeClause(passages: ClauseVectors): Buffer {
  const lengths = Uint32Array.from(passages, ({ length }) => length);
  return sealed([bytesOf(lengths), ...passages.map(bytesOf)]);
}

/** Whether the bytes of a clause are as they were written. */
export function isSealed(bytes: Uint8Array): boolean {
  const end = bytes.length - UNIT;
  return end >= 0 && crc32(bytes.subarray(0, end)) === numbersOf(bytes.subarray(end), 1)[0];
}

/** Views of the bytes of a clause of so many passages; null when they are of another number. */
export function decodeClause(bytes: Uint8Array, passages: number): ClauseVectors | null {
  let at = passages * UNIT;
  if (bytes.length < at + UNIT) return null;
  const vectors: Int8Array[] = [];
  for (const length of numbersOf(bytes, passages)) {
    if (at + length > bytes.length - UNIT) return null;
    vectors.push(new Int8Array(bytes.buffer, bytes.byteOffset + at, length));
    at += length;
  }
  return at === bytes.length - UNIT ? vectors : null;
}

function sealed(parts: readonly Uint8Array[]): Buffer {
  const bytes = Buffer.concat(parts);
  return Buffer.concat([bytes, bytesOf(Uint32Array.of(crc32(bytes)))]);
}

function bytesOf({ buffer, byteOffset, byteLength }: Uint32Array | Int8Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

/** Copied: they need not begin at a multiple of four. */
function numbersOf(bytes: Uint8Array, count: number): Uint32Array {
  return new Uint32Array(new Uint8Array(bytes.subarray(0, count * UNIT)).buffer);
}
