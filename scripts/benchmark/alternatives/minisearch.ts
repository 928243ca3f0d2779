/** MiniSearch: words in memory, here cut into pairs of characters, since it knows no Chinese. */
import type { Alternative } from './alternative.js';

interface Hit {
  readonly id: number;
}

/** What is used of the package. */
type MiniSearch = new (options: object) => {
  addAll(rows: readonly object[]): void;
  search(text: string, options?: { filter: (hit: Hit) => boolean }): readonly Hit[];
};

/** Neighbouring characters in pairs, of runs of letters and digits. */
const pairs = (text: string): string[] =>
  text.split(/[^\p{L}\p{N}]+/u).flatMap((run) => Array.from(run, (_, i) => run.slice(i, i + 2)));

export const minisearch: Alternative = {
  name: 'MiniSearch',
  needs: 'minisearch',
  how: 'BM25+ over pairs of characters, in memory',
  lacks: 'meaning: a question in other words finds nothing; words of Chinese',
  byVector: false,
  build({ texts, topics, district }, _folder, load) {
    const Engine = load('minisearch') as MiniSearch;
    const engine = new Engine({ fields: ['text'], tokenize: pairs });
    engine.addAll(texts.map((text, id) => ({ id, text })));
    const first = (hits: readonly Hit[], k: number) => hits.slice(0, k).map(({ id }) => id);
    return Promise.resolve({
      search: (query, k) => first(engine.search(topics[query]!), k),
      filtered: (query, wanted, k) =>
        first(engine.search(topics[query]!, { filter: ({ id }) => district[id] === wanted }), k),
      disk: null,
    });
  },
};
