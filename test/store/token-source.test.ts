/** What is held of a small index is what is stored, however much of it there is room for. */
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, expect, test } from 'vitest';
import { openEmbeddedStore } from '../../src/store/embedded/embedded-store.js';
import { prepareTokensOf } from '../../src/store/embedded/read-encoded.js';
import type { StoredDocument } from '../../src/store/embedded/rows.js';
import { TokenSource } from '../../src/store/embedded/token-source.js';
import { makeFolders, makeIndex } from './index-folder.js';

const folders = makeFolders();
afterEach(() => {
  folders.clean();
});

test('once read they are held, as far as there is room, and are what was stored', async () => {
  const folder = folders.make();
  await makeIndex(folder, ['a.txt', 'b.txt'], 20);
  const store = openEmbeddedStore(folder, { mode: 'read' });
  // Of a fresh index the stored keys begin at 1.
  const places = Array.from({ length: store.status().clauses }, (_, key) => {
    const { first, count } = store.passagesOf(key);
    const document = {} as StoredDocument;
    return { document, ordinal: 0, firstPassage: first, firstStored: first + 1, passages: count };
  });
  store.close();
  const database = new Database(join(folder, 'tiaowen.sqlite'));
  const tokens = prepareTokensOf(database);
  const stored = places.map(({ firstStored, passages }) =>
    tokens(firstStored, passages).flatMap(({ vectors }) => [...vectors]),
  );
  const total = stored.reduce((sum, { length }) => sum + length, 0);
  expect(total).toBeGreaterThan(1000);
  const ask = (source: TokenSource) =>
    places.map((place, i) => {
      expect(source.clause(place).flatMap((vectors) => [...vectors])).toEqual(stored[i]);
    }).length;
  const sources = [0, total >> 1, total].map((room) => new TokenSource(database, null, [], room));
  for (const source of sources) expect([ask(source), ask(source)]).toEqual([places.length, places.length]);
  database.exec('DELETE FROM token_vectors');
  const held = sources.map(
    (source) =>
      places.filter((place) => {
        try {
          return source.clause(place).length > 0;
        } catch {
          return false;
        }
      }).length,
  );
  expect(held[0]).toBe(0);
  expect(held[1]).toBeGreaterThan(0);
  expect(held[1]).toBeLessThan(places.length);
  expect(held[2]).toBe(places.length);
  database.close();
});
