/** Scans that several threads share give what one gives, also when a thread does all of it, or nothing any more. */
import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { WASM } from '../../src/kernel/dense-scan-wasm.js';
import { DenseScan } from '../../src/kernel/dense-scan.js';
import { SharedScan } from '../../src/kernel/shared-scan.js';
import type { TakePortions } from '../../src/kernel/shared-scan.js';
import { compile, sharedMemory, start } from '../../src/kernel/web-assembly.js';
import { SecondThread } from '../../src/store/embedded/second-thread.js';
import { Worth } from '../../src/kernel/worth.js';
import { makeRandom, randomUnit } from '../contract/make-document.js';

// However small the work is.
vi.spyOn(Worth.prototype, 'ask').mockReturnValue(true);

function startThreads(count: number): SecondThread[] {
  const threads = Array.from({ length: count }, () => new SecondThread());
  closing.push(async () => {
    await Promise.all(threads.map((thread) => thread.close()));
  });
  return threads;
}

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()));
});

const DIMENSION = 48;

/** Rows of random vectors, twice: the second is for threads to share. */
function makeScans(rows: number): readonly [DenseScan, DenseScan] {
  const random = makeRandom(rows);
  const bytes = Buffer.concat(
    Array.from({ length: rows }, () => Buffer.from(randomUnit(random, DIMENSION).buffer)),
  );
  const [one, other] = [new DenseScan(rows, DIMENSION), new DenseScan(rows, DIMENSION)];
  for (const scan of [one, other]) scan.put(0, bytes);
  return [one, other];
}

/** Groups of these lengths, again and again; those of an odd place are followed by one without rows. */
function group(scan: DenseScan, lengths: readonly number[], kinds: number): number {
  let next = 0;
  for (let row = 0, i = 0; row < scan.groups.length; i++) {
    scan.groups.fill(next, row, (row += lengths[i % lengths.length]!));
    next += 1 + (i % 2);
  }
  for (let row = 0; row < scan.kinds.length; row++) scan.kinds[row] = (row * kinds) % 5 < 2 ? 1 : 0;
  return next + 2;
}

const queriesOf = (count: number, seed: number) => {
  const random = makeRandom(seed);
  return Array.from({ length: count }, () => randomUnit(random, DIMENSION));
};

describe('DenseScan, shared', () => {
  it.each([0, 1, 1024, 1025, 9_001])(
    'gives what one thread gives, of %i rows of any groups',
    async (rows) => {
      const [alone, shared] = makeScans(rows);
      shared.share(startThreads(3));
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.oneof(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 900, max: 3_000 })), {
            minLength: 1,
            maxLength: 6,
          }),
          fc.integer({ min: 0, max: 4 }),
          fc.integer({ min: 0, max: 5 }),
          fc.integer({ min: 0, max: 12 }),
          async (lengths, kinds, count, wait) => {
            const groups = group(alone, lengths, kinds);
            group(shared, lengths, kinds);
            const queries = queriesOf(count, wait);
            const expected = alone.best(queries, groups);
            expect(shared.best(queries, groups)).toEqual(expected);
            const finish = shared.beginBest(queries, groups);
            // Sometimes the others are done before this thread comes.
            if (wait > 8) await new Promise((resolve) => setTimeout(resolve, wait));
            expect(finish()).toEqual(expected);
          },
        ),
        { numRuns: 25 },
      );
    },
  );

  it('gives only what was begun last, and nothing once it was stopped', () => {
    const [alone, shared] = makeScans(5_000);
    shared.share(startThreads(2));
    const groups = group(alone, [3], 1);
    group(shared, [3], 1);
    const [first, second] = [queriesOf(1, 1), queriesOf(2, 2)];
    const ended = shared.beginBest(first, groups);
    const begun = shared.beginBest(second, groups);
    expect(ended).toThrow('ended');
    expect(begun()).toEqual(alone.best(second, groups));
    expect(begun).toThrow('ended');
    const stopped = shared.beginBest(first, groups);
    shared.stop();
    expect(stopped).toThrow('ended');
    // The rows are still there, and this thread.
    expect(shared.best(first, groups)).toEqual(alone.best(first, groups));
  });
});

/** Rows in a memory of their own, with what scans them; `take` is what this thread does. */
function makeShared(take: ((own: TakePortions) => TakePortions) | null, patience?: number) {
  const rows = 4_000;
  const at = { cosines: 0, groups: 8_192, kinds: 24_192, scales: 28_192, vectors: 44_192 };
  const end = at.vectors + rows * DIMENSION;
  const memory = sharedMemory(end);
  const module = compile(WASM);
  const kernel = start<{ take: TakePortions }>(module, { env: { memory } });
  const groups = new Int32Array(memory.buffer, at.groups, rows);
  const [random, vectors] = [makeRandom(3), new Int8Array(memory.buffer, at.vectors, rows * DIMENSION)];
  for (let i = 0; i < vectors.length; i++) vectors[i] = Math.floor(random() * 255) - 127;
  for (let row = 0; row < rows; row++) groups[row] = row >> 2;
  new Float32Array(memory.buffer, at.scales, rows).fill(0.01);
  const scanned = { memory, groups, width: DIMENSION, at };
  const scan = new SharedScan(scanned, end, take?.(kernel.take) ?? kernel.take, patience);
  return { scan, memory, module };
}

const query = { components: Int16Array.from({ length: DIMENSION }, (_, i) => i - 20), unit: 0.1 };
const GROUPS = 1_000;
const expected = () => makeShared(null).scan.begin([query, query], GROUPS)();

describe('SharedScan', () => {
  it('is done by another thread where this one does nothing', () => {
    const { scan, memory, module } = makeShared(() => () => undefined, 10_000);
    const [thread] = startThreads(1);
    scan.shareWith([thread!.join({ module, memory, cosines: 4_096 })]);
    expect(scan.begin([query, query], GROUPS)()).toEqual(expected());
  });

  it('does without a thread that took something and does not come back', () => {
    const { scan, memory } = makeShared((own) => own, 20);
    const lost = vi.fn((job: number) => {
      Atomics.sub(new Int32Array(memory.buffer, job, 1), 0, 1);
    });
    scan.shareWith([{ take: lost }]);
    for (let turn = 0; turn < 3; turn++) expect(scan.begin([query, query], GROUPS)()).toEqual(expected());
    expect(lost).toHaveBeenCalledTimes(1);
  });

  it('asks a thread again that comes back late', () => {
    const { scan, memory } = makeShared((own) => own, 20);
    let late = 0;
    const take = vi.fn((job: number) => {
      late = job;
      Atomics.sub(new Int32Array(memory.buffer, job, 1), 0, 1);
    });
    scan.shareWith([{ take }]);
    for (let turn = 0; turn < 2; turn++) expect(scan.begin([query, query], GROUPS)()).toEqual(expected());
    expect(take).toHaveBeenCalledTimes(1);
    Atomics.add(new Int32Array(memory.buffer, late, 2), 1, 1);
    expect(scan.begin([query, query], GROUPS)()).toEqual(expected());
    expect(take).toHaveBeenCalledTimes(2);
  });

  it('gives nothing of what a thread that is late with a job writes at the end of the next ones', () => {
    let late: Float32Array | null = null;
    const { scan, memory } = makeShared(
      (own) => (job, cosines) => {
        own(job, cosines);
        late?.fill(123);
      },
      20,
    );
    let numbers: Int32Array = new Int32Array(2);
    const take = (job: number) => {
      numbers = new Int32Array(memory.buffer, job, 16);
      Atomics.sub(numbers, 0, 1);
    };
    scan.shareWith([{ take }]);
    expect(scan.begin([query, query], GROUPS)()).toEqual(expected());
    // As dense-scan.wat has a job: where the columns of all queries begin, four each.
    late = new Float32Array(memory.buffer, numbers[11]!, 2 * 4 * GROUPS);
    for (let turn = 0; turn < 2; turn++) expect(scan.begin([query, query], GROUPS)()).toEqual(expected());
    // It is back, and writes nothing any more.
    Atomics.add(numbers, 1, 1);
    late = null;
    expect(scan.begin([query, query], GROUPS)()).toEqual(expected());
  });

  it('ends what such a thread keeps from its end', () => {
    const { scan, memory } = makeShared((own) => own, 20);
    scan.shareWith([{ take: (job) => void Atomics.sub(new Int32Array(memory.buffer, job, 1), 0, 1) }]);
    scan.begin([query], GROUPS);
    scan.stop();
    expect(scan.begin([query, query], GROUPS)()).toEqual(expected());
  });
});
