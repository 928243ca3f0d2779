/** What is read from a file and scored is what its token vectors say, whoever reads it, and whatever becomes of other threads. */
import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { Interaction, prepareQuery, ROW_LENGTH } from '../../src/kernel/interaction.js';
import { Worth } from '../../src/kernel/worth.js';
import { SecondThread } from '../../src/store/embedded/second-thread.js';
import { decodeTable, encodeBlock, tableSize } from '../../src/store/embedded/token-block.js';
import { MOST_PIECES, TokenPass } from '../../src/store/embedded/token-pass.js';
import type { PassHelp, PassShare, Piece } from '../../src/store/embedded/token-pass.js';
import { makeRandom } from '../contract/make-document.js';

// However small the work is.
vi.spyOn(Worth.prototype, 'ask').mockReturnValue(true);

const DIMENSION = 16;
const CLAUSES = 700;
const random = makeRandom(4);
const vectors = (tokens: number) =>
  Int8Array.from({ length: tokens * DIMENSION }, () => Math.floor(random() * 255) - 127);
const lengthOf = (clause: number) => (clause === 5 ? 20_000 : (clause * 7) % 9);
const clauses = Array.from({ length: CLAUSES }, (_, clause) =>
  Array.from({ length: clause % 4 }, (_, passage) => vectors(lengthOf(clause + passage))),
);
const queries = [3, 8].map((tokens) => prepareQuery(vectors(tokens), DIMENSION));
let folder = '';
let file = -1;
let pieces: readonly Piece[] = [];
const threads = [new SecondThread(), new SecondThread()];

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tiaowen-pass-'));
  const block = encodeBlock(clauses);
  const table = tableSize(CLAUSES);
  const ends = decodeTable(block.subarray(0, table))!;
  pieces = clauses.map((passages, clause): Piece => {
    const from = clause === 0 ? 0 : ends[clause - 1]!;
    return {
      position: table + from,
      length: ends[clause]! - from,
      passages: passages.length,
      firstPassage: 10 * clause,
      asked: clause % 4,
      check: clause % 5 === 0,
    };
  });
  // One whose checksum is wrong, and one that says that it is of another number of passages.
  block[pieces[10]!.position + pieces[10]!.length - 1]! ^= 1;
  pieces = pieces.with(21, { ...pieces[21]!, passages: 2 });
  writeFileSync(join(folder, 'block'), block);
  file = openSync(join(folder, 'block'), 'r');
});
afterAll(async () => {
  closeSync(file);
  rmSync(folder, { recursive: true });
  await Promise.all(threads.map((thread) => thread.close()));
});

/** 3 and 5 hold a passage that no thread has room for, the others are not whole. */
const UNSCORED = [3, 5, 10, 21];

/** Scores some clauses and compares; gives those that were not scored. */
function scoreSome(pass: TokenPass, which: readonly number[], count = 2): number[] {
  const asked = queries.slice(0, count);
  const rows = new Int32Array(which.length * count * ROW_LENGTH);
  const some = which.map((clause) => pieces[clause]!);
  const unscored = pass.score(file, some, asked, rows);
  const interaction = new Interaction(asked);
  which.forEach((clause, place) => {
    if (unscored.includes(place)) return;
    const at = place * count * ROW_LENGTH;
    const expected = interaction.score(clauses[clause]!, 10 * clause, clause % 4);
    expect(rows.slice(at, at + count * ROW_LENGTH)).toEqual(expected.slice());
  });
  return unscored.map((place) => which[place]!);
}

const ALL = Array.from({ length: CLAUSES }, (_, clause) => clause);
const LOST = ALL.filter((clause) => UNSCORED.includes(clause));

describe('TokenPass', () => {
  it('scores any clauses, alone and with others, and says which it could not', () => {
    const [alone, shared] = [new TokenPass(), new TokenPass()];
    shared.share(threads);
    for (const pass of [alone, shared]) {
      for (let turn = 0; turn < 20; turn++) expect(scoreSome(pass, ALL)).toEqual(LOST);
      fc.assert(
        fc.property(
          fc.array(fc.nat(CLAUSES - 1), { maxLength: 90 }),
          fc.integer({ min: 1, max: 2 }),
          (which, count) => {
            expect(scoreSome(pass, which, count)).toEqual(
              which.filter((clause) => UNSCORED.includes(clause)),
            );
          },
        ),
        { numRuns: 60 },
      );
    }
  });

  it('is done by another thread where this one comes late', () => {
    const pass = new TokenPass(10_000);
    const done = vi.fn();
    const portions = Math.ceil(CLAUSES / 16);
    const joinPass = (share: PassShare): PassHelp => {
      const help = threads[0]!.joinPass(share);
      const numbers = new Int32Array(share.memory.buffer, share.job, 2);
      return {
        take: () => {
          help.take();
          // This thread sleeps until the other one has done it all.
          for (let value; (value = Atomics.load(numbers, 1)) < portions;)
            Atomics.wait(numbers, 1, value, 1000);
          done();
        },
      };
    };
    pass.share([{ joinPass }]);
    expect(scoreSome(pass, ALL)).toEqual(LOST);
    expect(done).toHaveBeenCalledTimes(1);
  });

  it('does without a thread that took something and does not come back, until it does', () => {
    const pass = new TokenPass(20);
    let numbers: Int32Array = new Int32Array(2);
    const lost = vi.fn<PassHelp['take']>(() => {
      Atomics.sub(numbers, 0, 1);
    });
    pass.share([
      {
        joinPass: ({ memory, job }) => {
          numbers = new Int32Array(memory.buffer, job, 2);
          return { take: lost };
        },
      },
    ]);
    for (let turn = 0; turn < 3; turn++) expect(scoreSome(pass, ALL)).toEqual(ALL);
    expect(lost).toHaveBeenCalledTimes(1);
    // What it was late with: the rows of its portion, as interaction.wat has a job. Nothing of it is in what comes after.
    const rows = new Int32Array(numbers.buffer, numbers.byteOffset, 8)[7]!;
    new Int32Array(numbers.buffer, rows, 16 * 2 * ROW_LENGTH).fill(123);
    Atomics.add(numbers, 1, 1);
    lost.mockImplementation(() => undefined);
    expect(scoreSome(pass, ALL)).toEqual(LOST);
  });

  it('leaves what it cannot read, and queries that are too many numbers or no whole steps', () => {
    const pass = new TokenPass();
    const beyond = [{ ...pieces[6]!, position: 1e9 }, null, pieces[7]!];
    const rows = new Int32Array(3 * ROW_LENGTH);
    const [query] = queries;
    expect(pass.score(file, beyond, [query!], rows)).toEqual([0, 1]);
    expect(pass.score(-1, [pieces[7]!], [query!], rows)).toEqual([0]);
    const odd = prepareQuery(new Int8Array(9), 9);
    expect(pass.score(file, [pieces[7]!], [odd], rows)).toEqual([0]);
    const long = prepareQuery(new Int8Array(40_000 * DIMENSION), DIMENSION);
    expect(pass.score(file, [pieces[7]!], [long], rows)).toEqual([0]);
  });

  it('takes so many pieces at once that their rows have room', () => {
    expect([1, 4, 8].map((queries) => TokenPass.most(queries))).toEqual([
      MOST_PIECES,
      MOST_PIECES,
      MOST_PIECES / 2,
    ]);
    const pass = new TokenPass();
    const which = Array.from({ length: MOST_PIECES }, (_, i) => (i % 600) + 50);
    expect(scoreSome(pass, which)).toEqual([]);
  });
});
