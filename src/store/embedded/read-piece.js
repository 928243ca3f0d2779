/**
 * How a clause is read from a file of token vectors into the memory of the kernel, by whichever thread. In JavaScript, whose types tsc checks all the same: a thread beside this one
 * has no loader when the program runs from its sources, and one would cost it 30 MB and 200 ms.
 */
import { readSync } from 'node:fs';
import { crc32 } from 'node:zlib';

/** Bytes of a checksum. */
const SEAL = 4;

/**
 * @param {import('../../kernel/web-assembly.js').WasmMemory} memory that does not grow
 * @returns {import('../../kernel/interaction.js').ReadPiece}
 */
export function pieceReader(memory) {
  const bytes = Buffer.from(memory.buffer);
  return (file, position, length, at, check) => {
    try {
      if (readSync(file, bytes, at, length, position) !== length) return 0;
    } catch {
      return 0;
    }
    if (check === 0) return 1;
    const end = at + length - SEAL;
    return end >= at && crc32(bytes.subarray(at, end)) === bytes.readUInt32LE(end) ? 1 : 0;
  };
}
