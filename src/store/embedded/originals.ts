/** The bytes of source files, which are named by their SHA-256 and so need no other checksum. */
import { createHash } from 'node:crypto';
import { altered } from './checksums.js';

export function isOriginal(sha256: string, bytes: Uint8Array): boolean {
  return createHash('sha256').update(bytes).digest('hex') === sha256;
}

/** Gives the bytes back. Throws RangeError when they are not those of the hash. */
export function wholeOriginal<T extends Uint8Array | null>(sha256: string, bytes: T): T {
  if (bytes !== null && !isOriginal(sha256, bytes)) throw altered(`the original ${sha256}`);
  return bytes;
}
