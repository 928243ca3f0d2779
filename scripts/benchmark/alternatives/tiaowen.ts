/** Our own scan, as a search uses it: every passage is compared with the question, a clause counts by its best passage. */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { openEmbeddedStore } from '../../../src/store/embedded/embedded-store.js';
import type { ClauseScores } from '../../../src/store/store.js';
import { best, rowOf, type Alternative } from './alternative.js';

export const tiaowen: Alternative = {
  name: 'Tiaowen, its scan',
  needs: null,
  how: 'every passage, rolled up to clauses; int8 above 20,000 passages',
  lacks: 'nothing of the work; this row is its dense part alone',
  byVector: true,
  build({ queries, dimension, district, index }) {
    const store = openEmbeddedStore(index, { mode: 'read' });
    const clauseOf = Int32Array.from(district, (_, key) => store.passage(key).clauseKey);
    const firstOf = new Map<number, number>();
    clauseOf.forEach((clause, key) => firstOf.set(clause, firstOf.get(clause) ?? key));
    const clauses = store.status().clauses;
    const districtOf = Int32Array.from({ length: clauses }, (_, clause) => {
      const first = firstOf.get(clause);
      return first === undefined ? -1 : district[first]!;
    });
    const score = ({ sentence, window }: ClauseScores) =>
      sentence.map((value, i) => Math.max(value, window[i]!));
    const ask = (query: number, k: number, admits?: (clause: number) => boolean) =>
      best(score(store.scan(rowOf(queries, query, dimension))), k, admits).map((clause) =>
        firstOf.get(clause)!,
      );
    return Promise.resolve({
      search: (query, k) => ask(query, k, (clause) => districtOf[clause]! >= 0),
      filtered: (query, wanted, k) => ask(query, k, (clause) => districtOf[clause] === wanted),
      disk: statSync(join(index, 'tiaowen.sqlite')).size,
      unitOf: (passage) => clauseOf[passage]!,
    });
  },
};
