/**
 * Whether other threads are worth asking: where the cores are taken, one of them may be put aside with a portion in its hands, and to wait
 * for that takes longer than to do all alone.
 */

/** How often work is done alone, at most, before the others are asked again. */
const MOST = 64;

export class Worth {
  #alone = 0;
  #left = 0;

  /** Whether to ask them for the next work. */
  again(): boolean {
    if (this.#left === 0) return true;
    this.#left--;
    return false;
  }

  /** Of a work that they took part in, in milliseconds: what a portion took here, how many of them they did, and how long they were waited for then. */
  saw(portion: number, portions: number, waited: number): void {
    if (portions === 0) return;
    // Each loss is followed by twice as many without them, each gain by half as many.
    const lost = waited > portion * portions;
    this.#alone = lost ? Math.min(MOST, 2 * this.#alone + 1) : this.#alone >> 1;
    this.#left = this.#alone;
  }
}
