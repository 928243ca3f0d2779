/** BM25 from postings is that of FTS5, to the last bit. */
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, expect, test } from 'vitest';
import { Postings } from '../../src/store/embedded/read-postings.js';
import { matchAny } from '../../src/store/embedded/terms.js';
import { LEXICAL_FIELDS } from '../../src/store/store.js';
import { makeFolders, makeIndex } from './index-folder.js';

const folders = makeFolders();
afterEach(() => {
  folders.clean();
});

test('scores and frequencies are those of SQLite', async () => {
  const folder = folders.make();
  await makeIndex(folder, ['a.txt', 'b.txt', '长.txt'], 80);
  const database = new Database(join(folder, 'tiaowen.sqlite'), { readonly: true });
  // A term of most clauses has an inverse document frequency below zero, which FTS5 does not let count against a clause.
  const queries = [
    ['教师', '轮岗'],
    ['经费', '教师', '经费', '5g'],
    ['教师'],
    ['没有'],
    ['某区教育发展规划', '学位'],
    [''],
  ];
  let compared = 0;
  for (const field of LEXICAL_FIELDS) {
    const postings = new Postings(database, field, 240, (stored) => stored - 1);
    for (const terms of [...queries, ['教师', '师轮', '办学']]) {
      const match = matchAny(terms);
      const rows =
        match === null
          ? []
          : database
              .prepare<[string], [number, number]>(
                `SELECT rowid, -bm25(lexical_${field}) FROM lexical_${field} WHERE lexical_${field} MATCH ?`,
              )
              .raw()
              .all(match);
      const expected = new Map(rows.map(([stored, score]) => [stored - 1, score]));
      postings.column(terms).forEach((score, key) => {
        const wanted = expected.get(key) ?? 0;
        // A compiler may fuse a product and a sum on other processors.
        expect(Math.abs(score - wanted)).toBeLessThanOrEqual(process.arch === 'x64' ? 0 : 1e-12);
        if (wanted > 0) compared++;
      });
      for (const term of terms) {
        const found = rows.length > 0 && new Set(terms).size === 1 ? rows.length : null;
        if (found !== null) expect(postings.frequency(term)).toBe(found);
      }
    }
  }
  expect(compared).toBeGreaterThan(500);
  database.close();
});
