/** Waiting for a number that another thread changes. */

/** How often it is looked before this thread sleeps: about as long as the other one takes for a piece of its work. */
const GLANCES = 5_000;
/** Milliseconds. A piece takes a fraction of one, and all of them together some dozens. */
export const PATIENCE = 50;

/** Until the number is as wanted; false when it stays as it is for `patience` milliseconds. Who changes it must notify. */
export function awaitNumber(
  numbers: Int32Array,
  at: number,
  isWanted: (value: number) => boolean,
  patience: number,
): boolean {
  for (let i = 0; i < GLANCES; i++) if (isWanted(Atomics.load(numbers, at))) return true;
  for (let value; !isWanted((value = Atomics.load(numbers, at)));)
    if (Atomics.wait(numbers, at, value, patience) === 'timed-out') return false;
  return true;
}
