/** What is read ahead is what stands in the file, whoever reads it, and whatever becomes of the other thread. */
import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { Worth } from '../../src/kernel/worth.js';
import { FREE, READY, TAKEN } from '../../src/store/embedded/read-ahead.js';
import { SecondThread } from '../../src/store/embedded/second-thread.js';
import { aheadMemory, TokenAhead } from '../../src/store/embedded/token-ahead.js';
import type { AheadHelp, Piece } from '../../src/store/embedded/token-ahead.js';

// However small the work is.
vi.spyOn(Worth.prototype, 'ask').mockReturnValue(true);

const SIZE = 1 << 20;
const bytes = Buffer.from(Uint32Array.from({ length: SIZE / 4 }, (_, i) => i * 2_654_435_761).buffer);
let folder = '';
let file = -1;
const thread = new SecondThread();

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tiaowen-ahead-'));
  writeFileSync(join(folder, 'bytes'), bytes);
  file = openSync(join(folder, 'bytes'), 'r');
});
afterAll(async () => {
  closeSync(file);
  rmSync(folder, { recursive: true });
  await thread.close();
});

const contentOf = ({ position, length }: Piece) => bytes.subarray(position, position + length);

/** Takes all of them and compares; gives how many were read here. */
function takeAll(ahead: TokenAhead, pieces: readonly (Piece | null)[]): number {
  let own = 0;
  for (const piece of pieces) {
    const found = ahead.take(() => {
      own++;
      return piece === null ? null : contentOf(piece);
    });
    if (piece === null) expect(found).toBe(null);
    else expect(found!.equals(contentOf(piece))).toBe(true);
  }
  return own;
}

function makeAhead(patience?: number): TokenAhead {
  const memory = aheadMemory();
  return new TokenAhead(memory, thread.reader(memory), patience);
}

const evenPieces = (count: number, length: number): Piece[] =>
  Array.from({ length: count }, (_, i) => ({ position: (i * 7_919) % (SIZE - length), length }));

describe('TokenAhead', () => {
  it('gives the bytes of any pieces, in order, also when it is stopped between', async () => {
    const ahead = makeAhead();
    const piece = fc
      .tuple(fc.nat(SIZE - 1), fc.oneof(fc.nat(3_000), fc.integer({ min: 100_000, max: 300_000 })))
      .map(([position, length]): Piece => ({ position, length: Math.min(length, SIZE - position) }));
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.option(piece, { freq: 9 }), { maxLength: 300 }),
        fc.nat(400),
        fc.boolean(),
        async (pieces, taken, late) => {
          ahead.begin(file, pieces);
          if (late) await sleep(2);
          takeAll(ahead, pieces.slice(0, taken));
        },
      ),
      { numRuns: 150 },
    );
  });

  it('has most of it read by the other thread, when that has time', async () => {
    const ahead = makeAhead();
    const pieces = evenPieces(90, 2_000);
    // Until the thread is there.
    await vi.waitFor(
      async () => {
        ahead.begin(file, pieces);
        await sleep(50);
        expect(takeAll(ahead, pieces)).toBeLessThan(60);
      },
      { timeout: 10_000 },
    );
  });

  it('reads itself what is not asked for in time, and what is more than was begun', () => {
    const ahead = new TokenAhead(aheadMemory(), { begin: () => undefined });
    const pieces = evenPieces(5_000, 100);
    ahead.begin(file, pieces);
    expect(takeAll(ahead, pieces)).toBe(5_000);
    expect(takeAll(ahead, pieces)).toBe(5_000);
  });

  it('reads itself what the other thread cannot', async () => {
    const ahead = makeAhead();
    const beyond = evenPieces(40, 100).map(({ length }) => ({ position: 2 * SIZE, length }));
    const read = vi.fn(() => null);
    ahead.begin(file, beyond);
    await sleep(50);
    for (let i = 0; i < 40; i++) expect(ahead.take(read)).toBe(null);
    expect(read).toHaveBeenCalledTimes(40);
  });

  it('does without a thread that took something and does not come back', () => {
    const memory = aheadMemory();
    const lost = vi.fn<AheadHelp['begin']>(() => {
      Atomics.compareExchange(memory.states, 4, FREE, TAKEN);
    });
    const ahead = new TokenAhead(memory, { begin: lost }, 20);
    const pieces = evenPieces(100, 500);
    for (let turn = 0; turn < 3; turn++) {
      ahead.begin(file, pieces);
      // What it writes at last, whenever that is.
      memory.slots.fill(turn);
      expect(takeAll(ahead, pieces)).toBe(100);
    }
    expect(lost).toHaveBeenCalledTimes(1);
    // It does come back.
    Atomics.store(memory.states, 4, READY);
    ahead.begin(file, pieces);
    expect(takeAll(ahead, pieces)).toBe(100);
    expect(lost).toHaveBeenCalledTimes(2);
  });
});
