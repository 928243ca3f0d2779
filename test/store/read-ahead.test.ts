/** The half that the other thread runs, in a real thread, with the asking one's half done by hand: what it may write, and where. */
import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import {
  BLOCKS,
  FILE,
  FREE,
  isLeft,
  JOB,
  OWN,
  PASSED,
  READY,
  turnOf,
} from '../../src/store/embedded/read-ahead.js';
import { SecondThread } from '../../src/store/embedded/second-thread.js';
import { aheadMemory, type AheadMemory } from '../../src/store/embedded/token-ahead.js';

const PIECE = 100;
const COUNT = 60;
const bytes = Buffer.from(Array.from({ length: COUNT * PIECE }, (_, i) => 1 + (i % 200)));
const ALTERED = 255;
let folder = '';
let file = -1;
const thread = new SecondThread();

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tiaowen-read-ahead-'));
  writeFileSync(join(folder, 'bytes'), bytes);
  file = openSync(join(folder, 'bytes'), 'r');
});
afterAll(async () => {
  closeSync(file);
  rmSync(folder, { recursive: true });
  await thread.close();
});

/** A job of blocks of one piece each; all of them are there to be taken but those that are left to the asking thread. */
function writeJob({ head, states, ends, positions, lengths }: AheadMemory, blocks: number): void {
  for (let block = 0; block < blocks; block++) {
    ends[block] = block + 1;
    positions[block] = block * PIECE;
    lengths[block] = PIECE;
    Atomics.store(states, block, isLeft(block) ? OWN : FREE);
  }
  head[FILE] = file;
  Atomics.store(head, PASSED, 0);
  Atomics.store(head, BLOCKS, blocks);
}

const slotOf = ({ slots, slotBytes }: AheadMemory, block: number) => {
  const at = (turnOf(block) % (slots.length / slotBytes)) * slotBytes;
  return slots.subarray(at, at + PIECE);
};
const contentOf = (block: number) => bytes.subarray(block * PIECE, (block + 1) * PIECE);
/** Blocks of the other thread, in the order of their turns. */
const others = Array.from({ length: COUNT }, (_, block) => block).filter((block) => !isLeft(block));

const eventually = (check: () => void) => vi.waitFor(check, { timeout: 10_000 });

/** A job of so many slots' worth and more, of which the other thread has filled all slots and waits for the first to be free. */
async function untilItWaits(): Promise<{ memory: AheadMemory; next: number }> {
  const memory = aheadMemory();
  const slots = memory.slots.length / memory.slotBytes;
  writeJob(memory, COUNT);
  thread.reader(memory).begin();
  const filled = others.slice(0, slots);
  await eventually(() => {
    for (const block of filled) expect(Atomics.load(memory.states, block)).toBe(READY);
  });
  for (const block of filled) expect(Buffer.from(slotOf(memory, block))).toEqual(contentOf(block));
  // From the last block to where it waits.
  await sleep(50);
  return { memory, next: others[slots]! };
}

// A thread that has waited for a second goes away, which a machine at its limits may make of these pauses.
const PATIENT = { retry: 2 };

it(
  'a slot is used again once the asking thread is done with what was in it, and not before',
  PATIENT,
  async () => {
    const { memory, next } = await untilItWaits();
    const { head, states } = memory;
    const [first, second] = others as [number, number];
    // Done with all blocks before the first, and at it.
    Atomics.store(head, PASSED, first);
    Atomics.notify(head, PASSED);
    await sleep(50);
    expect(Atomics.load(states, next)).toBe(FREE);
    expect(Buffer.from(slotOf(memory, first))).toEqual(contentOf(first));
    Atomics.store(head, PASSED, second);
    Atomics.notify(head, PASSED);
    await eventually(() => expect(Atomics.load(states, next)).toBe(READY));
    expect(Buffer.from(slotOf(memory, next))).toEqual(contentOf(next));
    Atomics.store(head, BLOCKS, 0);
  },
);

it('a thread that is late with a job writes nothing into the slots of the next one', PATIENT, async () => {
  const { memory, next } = await untilItWaits();
  const { head, states, slots } = memory;
  // The next job is written while it waits for a slot of this one; by its own count the slots are filled, and not free.
  Atomics.store(head, BLOCKS, 0);
  Atomics.add(head, JOB, 1);
  writeJob(memory, COUNT);
  slots.fill(ALTERED);
  Atomics.store(head, PASSED, COUNT);
  Atomics.notify(head, PASSED);
  // It gives back the block that it had come to, and nothing else is done.
  await eventually(() => expect(Atomics.load(states, next)).toBe(OWN));
  await sleep(50);
  expect(slots.every((byte) => byte === ALTERED)).toBe(true);
  for (const block of others) if (block !== next) expect(Atomics.load(states, block)).toBe(FREE);
  // Told of it, it reads all of the next job but that block.
  thread.reader(memory).begin();
  await eventually(() => {
    for (const block of others) expect(Atomics.load(states, block)).toBe(block === next ? OWN : READY);
  });
  const last = others.at(-1)!;
  expect(Buffer.from(slotOf(memory, last))).toEqual(contentOf(last));
});
