/** Small sums over measured values. */

/** The value that a share (0–1) of all values does not exceed, by nearest rank. NaN without values. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? NaN;
}

export function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** Which share of `wanted` was found, 0–1; 1 when nothing is wanted. */
export function recall(found: readonly number[], wanted: readonly number[]): number {
  if (wanted.length === 0) return 1;
  const held = new Set(found);
  return wanted.filter((one) => held.has(one)).length / wanted.length;
}

/** `count` of the items, evenly from all over the list, in its order; all of them when there are no more. */
export function evenly<T>(items: readonly T[], count: number): T[] {
  if (count >= items.length) return [...items];
  return Array.from({ length: count }, (_, i) => items[Math.floor((i * items.length) / count)]!);
}
