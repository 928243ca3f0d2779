/** One of many, by chance. */
import type { Random } from '../mulberry32.js';

/** Throws RangeError for an empty list. */
export function pick<T>(from: readonly T[], random: Random): T {
  if (from.length === 0) throw new RangeError('nothing to pick from');
  return from[Math.floor(random() * from.length)]!;
}
