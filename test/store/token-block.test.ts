import { expect, test } from 'vitest';
import {
  decodeClause,
  decodeTable,
  encodeBlock,
  isSealed,
  tableSize,
} from '../../src/store/embedded/token-block.js';

const bytes = (...values: number[]) => Int8Array.from(values);

/** With passages that have no vectors at every place, and clauses of none. */
const CLAUSES = [
  [bytes(1, -2, 3), bytes(), bytes(-128, 127)],
  [],
  [bytes(), bytes(5)],
  [bytes()],
  [bytes(7), bytes()],
];
const BLOCK = encodeBlock(CLAUSES);
const TABLE = tableSize(CLAUSES.length);

/** The bytes of each clause, at an odd address. */
function clausesOf(block: Buffer): Buffer[] {
  const odd = Buffer.concat([Buffer.alloc(1), block]);
  let from = TABLE;
  return Array.from(decodeTable(odd.subarray(1, 1 + TABLE))!, (end) => {
    const found = odd.subarray(1 + from, 1 + TABLE + end);
    from = TABLE + end;
    return found;
  });
}

test('what is decoded is what was encoded', () => {
  const found = clausesOf(BLOCK);
  expect(found.every(isSealed)).toBe(true);
  expect(found.map((clause, i) => decodeClause(clause, CLAUSES[i]!.length))).toEqual(CLAUSES);
  expect(found.reduce((sum, { length }) => sum + length, TABLE)).toBe(BLOCK.length);
});

test('every flipped byte is told, by the table or by its clause', () => {
  for (let at = 0; at < BLOCK.length; at++) {
    const flipped = Buffer.from(BLOCK);
    flipped[at]! ^= 16;
    if (at < TABLE) expect(decodeTable(flipped.subarray(0, TABLE))).toBeNull();
    else expect(clausesOf(flipped).filter((clause) => !isSealed(clause))).toHaveLength(1);
  }
});

test('a clause of another number of passages is none', () => {
  const [first] = clausesOf(BLOCK);
  for (const passages of [0, 1, 2, 4, 100]) expect(decodeClause(first!, passages)).toBeNull();
  expect(isSealed(Buffer.alloc(3))).toBe(false);
});
