/**
 * Columns that one question after the other works in. Of 150,000 clauses a question needs a dozen, 7 MB: to get them from the system takes as
 * long as to fill them, and those that were let go stay in the memory of the process long after they were collected.
 */

/** Of a size, what two queries need. */
const KEPT = 28;
/** Sizes that are kept, those given back last: numbers and flags of one generation of an index. */
const SIZES = 2;

type Column = Float32Array | Int32Array | Uint8Array;

/** By bytes. */
const spare = new Map<number, ArrayBufferLike[]>();

/** With anything in it. */
export function spareFloats(size: number): Float32Array {
  return new Float32Array(take(size * Float32Array.BYTES_PER_ELEMENT));
}

/** With anything in it. */
export function spareIntegers(size: number): Int32Array {
  return new Int32Array(take(size * Int32Array.BYTES_PER_ELEMENT));
}

/** With anything in it. */
export function spareBytes(size: number): Uint8Array {
  return new Uint8Array(take(size));
}

/**
 * For the next one who takes some: nothing may look at them any more. Who gives nothing back leaves it to be collected. Throws TypeError for what
 * was given back already: two would work in one column. A view of a part of something larger is left alone.
 */
export function giveBack(...columns: readonly Column[]): void {
  for (const { buffer, byteLength } of columns) {
    if (byteLength === 0 || byteLength !== buffer.byteLength) continue;
    const kept = keptOf(byteLength);
    if (kept.includes(buffer)) throw new TypeError('a column was given back twice');
    if (kept.length < KEPT) kept.push(buffer);
  }
}

function take(bytes: number): ArrayBufferLike {
  return spare.get(bytes)?.pop() ?? new ArrayBuffer(bytes);
}

function keptOf(bytes: number): ArrayBufferLike[] {
  const known = spare.get(bytes);
  if (known !== undefined) return known;
  if (spare.size >= SIZES) spare.delete(spare.keys().next().value!);
  const made: ArrayBufferLike[] = [];
  spare.set(bytes, made);
  return made;
}
