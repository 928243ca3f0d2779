/**
 * The half of token-ahead.ts that is run by the thread beside the asking one, and what both agree on. In JavaScript, whose types tsc checks all the same: the thread has no
 * loader when the program runs from its sources, and one would cost it 30 MB and 200 ms.
 */
import { readSync } from 'node:fs';

/** States of a block: nobody's, this thread's, in its slot, the asking thread's, also where this one could not read it. */
export const FREE = 0;
export const TAKEN = 1;
export const READY = 2;
export const OWN = 3;

/** Places in the head: how many blocks; how many of them the asking thread is done with; the file; a number that is another for each job. */
export const BLOCKS = 0;
export const PASSED = 1;
export const FILE = 2;
export const JOB = 3;

/** Of three blocks the first is left to the asking thread in any case. */
const THIRD = 3;
/** Milliseconds to wait for a slot: who has not come to it by then is not coming. */
const IDLE = 1000;

/**
 * @param {number} block
 * @returns {boolean} whether the asking thread reads it itself
 */
export function isLeft(block) {
  return block % THIRD === 0;
}

/**
 * @param {number} block one for this thread
 * @returns {number} how many of those are before it: slots are used in turn
 */
export function turnOf(block) {
  return block - Math.floor(block / THIRD) - 1;
}

/**
 * @param {number} turn
 * @returns {number} the block whose turn it is
 */
function blockOf(turn) {
  return THIRD * Math.floor(turn / 2) + 1 + (turn % 2);
}

/**
 * Reads what stands in the memory, block by block, until there is no more of this job, or nobody asks for it any longer.
 *
 * @param {import('./token-ahead.js').AheadMemory} memory
 */
export function readAhead({ head, states, ends, positions, lengths, slots, slotBytes }) {
  const count = slots.length / slotBytes;
  const job = Atomics.load(head, JOB);
  for (let block = 0; block < Atomics.load(head, BLOCKS) && Atomics.load(head, JOB) === job; block++) {
    if (isLeft(block)) continue;
    const turn = turnOf(block);
    if (turn >= count && !isSlotLeft(head, states, block, blockOf(turn - count))) return;
    if (Atomics.compareExchange(states, block, FREE, TAKEN) !== FREE) continue;
    // What was waited for may have been of the job before, in whose time the block was taken: its slot is not known to be free.
    const isOfJob = Atomics.load(head, JOB) === job;
    const isRead = isOfJob && readBlock(block, (turn % count) * slotBytes);
    Atomics.store(states, block, isRead ? READY : OWN);
    Atomics.notify(states, block);
  }

  /**
   * @param {number} block
   * @param {number} slot where it begins
   */
  function readBlock(block, slot) {
    let at = slot;
    try {
      for (let i = valueOf(ends, block - 1); i < valueOf(ends, block); i++) {
        const length = valueOf(lengths, i);
        if (readSync(valueOf(head, FILE), slots, at, length, valueOf(positions, i)) !== length) return false;
        at += length;
      }
      return true;
    } catch {
      return false;
    }
  }
}

/**
 * Until the asking thread is done with the block that was in the slot before, or has taken the next one itself; false when it does not come to it.
 *
 * @param {Int32Array} head
 * @param {Int32Array} states
 * @param {number} block
 * @param {number} before
 */
function isSlotLeft(head, states, block, before) {
  while (Atomics.load(states, block) === FREE) {
    const passed = Atomics.load(head, PASSED);
    if (passed > before) return true;
    if (Atomics.wait(head, PASSED, passed, IDLE) === 'timed-out') return false;
  }
  return true;
}

/**
 * @param {Int32Array | Float64Array} numbers
 * @param {number} at a place that there is
 */
function valueOf(numbers, at) {
  return /** @type {number} */ (numbers[at]);
}
