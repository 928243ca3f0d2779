/**
 * tsx scripts/benchmark/measure-recall.ts INDEX: of the ten clauses that are nearest by the floats, how many are among the ten nearest by the
 * rounded vectors of a large index; in all of it, and in each jurisdiction. The questions are vectors of passages from all over it.
 */
import { openEmbeddedStore } from '../../src/store/embedded/embedded-store.js';
import type { Store } from '../../src/store/store.js';
import { evenly, recall } from './statistics.js';

const DEPTH = 10;
const QUERIES = 25;

const [index] = process.argv.slice(2);
if (index === undefined) throw new Error('usage: tsx scripts/benchmark/measure-recall.ts INDEX');
const exact = openEmbeddedStore(index, { mode: 'read', roundAbove: Infinity });
const rounded = openEmbeddedStore(index, { mode: 'read', roundAbove: 0 });
const groups = groupsOf(exact);
const found: { readonly whole: number; readonly groups: readonly number[] }[] = [];
for (const { key } of evenly(exact.documents(), QUERIES)) {
  const encoded = exact.encoded(key);
  const sentence = encoded[encoded.length >> 1]?.encoding.sentence;
  if (sentence === undefined) continue;
  const truth = exact.scan(sentence).sentence;
  const given = rounded.scan(sentence).sentence;
  const recallOf = (keys: readonly number[]) => recall(nearest(given, keys), nearest(truth, keys));
  found.push({ whole: recallOf([...truth.keys()]), groups: groups.map(recallOf) });
}
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const perGroup = groups.map((_, i) => mean(found.map((one) => one.groups[i]!)));
const { passages, clauses } = exact.status();
const figures = {
  passages,
  clauses,
  groups: groups.length,
  recall: mean(found.map(({ whole }) => whole)),
  meanOfGroups: mean(perGroup),
  worstGroup: Math.min(...perGroup),
};
process.stdout.write(`${JSON.stringify(figures)}\n`);
exact.close();
rounded.close();

/** Keys of the clauses of each jurisdiction. */
function groupsOf(store: Store): number[][] {
  const groups = new Map<string, number[]>();
  for (const { metadata, firstClause, clauses } of store.documents()) {
    const code = metadata.jurisdiction?.code;
    if (code === undefined) continue;
    const keys = groups.get(code) ?? [];
    for (let i = 0; i < clauses; i++) keys.push(firstClause + i);
    groups.set(code, keys);
  }
  return [...groups.values()];
}

/** Those with the highest scores, ties by key. */
function nearest(scores: Float32Array, keys: readonly number[]): number[] {
  return [...keys].sort((a, b) => scores[b]! - scores[a]! || a - b).slice(0, DEPTH);
}
