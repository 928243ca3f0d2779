/** The ranking of clauses by fused score. */
import type { Reranked } from '../model/answer.js';
import type { DocumentRange } from './signals.js';

export interface Ranked {
  readonly range: DocumentRange;
  /** Index into the columns of the signal table. */
  readonly index: number;
  readonly clauseKey: number;
  readonly score: number;
  /** Null: no cross-encoder has read it. */
  readonly reranked: Reranked | null;
}

/**
 * The best `limit` clauses (≥ 1) of some documents, best first, ties in the order of the table; those that may not answer are left out. `mayAnswer` is
 * asked of few clauses, by index: those that are among the best so far. Null: all may.
 */
export function rank(
  scores: Float32Array,
  ranges: readonly DocumentRange[],
  limit: number,
  mayAnswer: ((index: number) => boolean) | null = null,
): Ranked[] {
  const best = new WorstFirst(scores, limit);
  // Here and not asked of the heap each time: of the clauses of an index next to none exceed it.
  let { floor } = best;
  for (let place = 0; place < ranges.length; place++) {
    const { entry, offset } = ranges[place]!;
    const end = offset + entry.clauses;
    for (let index = offset; index < end; index++) {
      if (!(scores[index]! > floor) || (mayAnswer !== null && !mayAnswer(index))) continue;
      best.add(index, place);
      floor = best.floor;
    }
  }
  return best.sorted().map(({ index, place }) => {
    const range = ranges[place]!;
    const clauseKey = range.entry.firstClause + index - range.offset;
    return { range, index, clauseKey, score: scores[index]!, reranked: null };
  });
}

interface Kept {
  readonly index: number;
  /** Of its range. */
  readonly place: number;
}

/**
 * A heap of the best so far with the worst of them on top: the first of two that score the same is the better one. In a sorted list a thousand
 * would be moved for each that is added.
 */
class WorstFirst {
  readonly #scores: Float32Array;
  readonly #limit: number;
  readonly #kept: Kept[] = [];
  /** What the next one must exceed. */
  floor = -Infinity;

  constructor(scores: Float32Array, limit: number) {
    this.#scores = scores;
    this.#limit = limit;
  }

  /** In the order of indices, and only what exceeds the floor. */
  add(index: number, place: number): void {
    const one = { index, place };
    if (this.#kept.length < this.#limit) this.#rise(one);
    else this.#sink(one);
    if (this.#kept.length === this.#limit) this.floor = this.#scores[this.#kept[0]!.index]!;
  }

  /** Best first. */
  sorted(): readonly Kept[] {
    return this.#kept.sort((a, b) => (this.#isWorse(a, b) ? 1 : -1));
  }

  #isWorse(a: Kept, b: Kept): boolean {
    const own = this.#scores[a.index]!;
    const other = this.#scores[b.index]!;
    return own < other || (own === other && a.index > b.index);
  }

  /** Joins the heap at its end. */
  #rise(one: Kept): void {
    const kept = this.#kept;
    let at = kept.push(one) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!this.#isWorse(one, kept[parent]!)) break;
      kept[at] = kept[parent]!;
      at = parent;
    }
    kept[at] = one;
  }

  /** Takes the place of the worst. */
  #sink(one: Kept): void {
    const kept = this.#kept;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= kept.length) break;
      if (child + 1 < kept.length && this.#isWorse(kept[child + 1]!, kept[child]!)) child++;
      if (!this.#isWorse(kept[child]!, one)) break;
      kept[at] = kept[child]!;
      at = child;
    }
    kept[at] = one;
  }
}
