/**
 * Whether other threads are worth asking: where the cores are taken they slow this one down, and may be put aside with something in their hands
 * that it waits for. What is faster is found by doing it, and looked at again now and then.
 */

/** Works done in one way until the other one is tried again: alone costs more than it tells where others have time, one in 64 is below any percentile. */
const UNTIL_ALONE = 64;
const UNTIL_SHARED = 8;
/** What the last work counts of what is known. */
const NEW = 0.5;
/** What sharing must take less than, of what it takes alone: where it gains no more, it only takes the cores from others. */
const CLEARLY = 0.85;

export class Worth {
  #alone: number | null = null;
  #shared: number | null = null;
  #count = 0;
  #begun = false;

  /** Whether to ask them for the next work. */
  ask(): boolean {
    if (this.#shared === null) return true;
    if (this.#alone === null) return false;
    const better = this.#shared < CLEARLY * this.#alone;
    this.#count = (this.#count + 1) % (better ? UNTIL_ALONE : UNTIL_SHARED);
    return this.#count === 0 ? !better : better;
  }

  /** What a work took, per unit of it, in whatever measure of time. */
  saw(asked: boolean, took: number): void {
    // The threads are not there yet, and no memory is in a cache.
    if (!this.#begun) this.#begun = true;
    else if (asked) this.#shared = mix(this.#shared, took);
    else this.#alone = mix(this.#alone, took);
  }
}

function mix(known: number | null, took: number): number {
  return known === null ? took : known + NEW * (took - known);
}
