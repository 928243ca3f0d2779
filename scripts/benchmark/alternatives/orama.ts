/** Orama: an in-memory engine in JavaScript, here by vectors. */
import { rowOf, type Alternative } from './alternative.js';

interface Hits {
  readonly hits: readonly { readonly document: { readonly key: number } }[];
}

/** What is used of the package. */
interface Orama {
  create(options: object): unknown;
  insert(database: unknown, row: object): unknown;
  search(database: unknown, parameters: object): Hits | Promise<Hits>;
}

export const orama: Alternative = {
  name: 'Orama, vectors',
  needs: '@orama/orama',
  how: 'in memory, mode "vector", district as enum',
  lacks: 'persistence (a plugin serialises all), Chinese words (wants a tokenizer)',
  byVector: true,
  async build({ vectors, queries, dimension, district }, _folder, load) {
    const { create, insert, search } = load('@orama/orama') as Orama;
    const database = create({ schema: { key: 'number', district: 'enum', vector: `vector[${dimension}]` } });
    for (let row = 0; row < district.length; row++) {
      await insert(database, {
        key: row,
        district: district[row]!,
        vector: Array.from(rowOf(vectors, row, dimension)),
      });
    }
    const ask = async (query: number, k: number, where: object) => {
      const value = Array.from(rowOf(queries, query, dimension));
      const { hits } = await search(database, {
        mode: 'vector',
        vector: { property: 'vector', value },
        similarity: -1,
        limit: k,
        ...where,
      });
      return hits.map(({ document }) => document.key);
    };
    return {
      search: (query, k) => ask(query, k, {}),
      filtered: (query, wanted, k) => ask(query, k, { where: { district: { eq: wanted } } }),
      disk: null,
    };
  },
};
