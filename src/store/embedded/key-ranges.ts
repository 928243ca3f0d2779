/** The rows of a table, so many keys at a time: what takes long of all of them takes little of each range. */
import type { Database } from 'better-sqlite3';

/** Ranges of `count` keys, both ends included, in order, each with at least one row. */
export function* keyRanges(
  database: Database,
  table: string,
  key: string,
  count: number,
): Generator<[first: number, last: number]> {
  // Not simply the next one: rows that were replaced leave wide gaps.
  const next = database
    .prepare<[number], number | null>(`SELECT min(${key}) FROM ${table} WHERE ${key} >= ?`)
    .pluck();
  for (let first = next.get(0); first != null; first = next.get(first + count))
    yield [first, first + count - 1];
}
