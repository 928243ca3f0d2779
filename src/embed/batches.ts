/** Which texts go through the network together. */

/**
 * Indices of `lengths` (tokens per text), grouped into passes of at most `budget` padded tokens, longest texts first, so that a
 * pass holds texts of like length. Budget 0: each text alone, in the given order.
 */
export function planBatches(lengths: readonly number[], budget: number): number[][] {
  const order = lengths.map((_, index) => index);
  if (budget <= 0) return order.map((index) => [index]);
  order.sort((a, b) => lengths[b]! - lengths[a]! || a - b);
  const batches: number[][] = [];
  let width = 0;
  for (const index of order) {
    const last = batches.at(-1);
    if (last && width * (last.length + 1) <= budget) last.push(index);
    else {
      batches.push([index]);
      width = lengths[index]!;
    }
  }
  return batches;
}
