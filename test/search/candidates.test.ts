import { describe, expect, it } from 'vitest';
import { chooseCandidates } from '../../src/search/candidates.js';
import type { SignalTable } from '../../src/search/signals.js';
import type { DocumentEntry } from '../../src/store/store.js';
import { makeRandom } from '../contract/make-document.js';

function makeTable(sizes: readonly number[]): SignalTable {
  const random = makeRandom(sizes.length);
  let size = 0;
  const ranges = sizes.map((clauses) => {
    const range = { entry: { firstClause: size, clauses } as DocumentEntry, offset: size };
    size += clauses;
    return range;
  });
  // Few values, so that many clauses tie.
  const column = () => Float32Array.from({ length: size }, () => Math.floor(random() * 5) / 4);
  const columns = { sentence: column(), window: column(), words: column(), headings: column() };
  return { ranges, size, columns } as unknown as SignalTable;
}

function promise({ columns: { sentence, window, words, headings } }: SignalTable, i: number): number {
  return sentence[i]! + window[i]! + 0.4 * words[i]! + 0.1 * headings[i]!;
}

/** The clauses of one range by promise, those that stand first among equals. */
function sorted(table: SignalTable, document: number): number[] {
  const { offset, entry } = table.ranges[document]!;
  const all = Array.from({ length: entry.clauses }, (_, i) => offset + i);
  return all.sort((a, b) => promise(table, b) - promise(table, a) || a - b);
}

describe('chooseCandidates', () => {
  it.each([
    [1, 16],
    [128, 16],
    [200, 10],
    [1000, 2],
    [1024, 2],
  ])('of %i documents takes the best %i of each', (documents, count) => {
    const table = makeTable(Array.from({ length: documents }, (_, i) => (i * 7) % 40));
    const expected = table.ranges.flatMap((range, document) => {
      const chosen = sorted(table, document).slice(0, count);
      return chosen.length === 0 ? [] : [{ range, chosen: chosen.sort((a, b) => a - b) }];
    });
    expect(chooseCandidates(table)).toEqual(expected);
  });

  it('without limits takes every clause', () => {
    const table = makeTable([40, 0, 300]);
    const none = {
      mostPerDocument: Infinity,
      budget: Infinity,
      mostDocuments: Infinity,
      leastPerDocument: 2,
    };
    expect(chooseCandidates(table, none).map(({ chosen }) => chosen.length)).toEqual([40, 300]);
  });

  it('of very many documents takes those with the best clause', () => {
    const table = makeTable(Array.from({ length: 3000 }, (_, i) => (i % 10) + 1));
    const candidates = chooseCandidates(table);
    const best = table.ranges.map((_, document) => promise(table, sorted(table, document)[0]!));
    const taken = candidates.map(({ range }) => table.ranges.indexOf(range));
    expect(taken).toHaveLength(384);
    const order = best.map((_, i) => i).sort((a, b) => best[b]! - best[a]! || a - b);
    expect(taken).toEqual(order.slice(0, 384).sort((a, b) => a - b));
    taken.forEach((document, i) => {
      const chosen = sorted(table, document).slice(0, 5);
      expect(candidates[i]!.chosen).toEqual(chosen.sort((a, b) => a - b));
    });
  });
});
