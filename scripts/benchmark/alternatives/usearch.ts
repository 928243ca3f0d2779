/** usearch, exact and as a graph over int8. */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { rowOf, type Alternative } from './alternative.js';

interface Matches {
  readonly keys: BigUint64Array;
}

/** What is used of the package. */
interface Usearch {
  readonly MetricKind: { readonly IP: string };
  readonly ScalarKind: { readonly I8: string };
  readonly Index: new (config: object) => {
    add(keys: BigUint64Array, vectors: Float32Array, threads: number): void;
    search(query: Float32Array, k: number, threads: number): Matches;
    save(path: string): void;
  };
  exactSearch(
    dataset: Float32Array,
    queries: Float32Array,
    dimensions: number,
    count: number,
    metric: string,
  ): Matches;
}

// Queries are copied: the library takes a view for the whole of its memory.
const keysOf = ({ keys }: Matches): number[] => Array.from(keys, Number);

export const usearchExact: Alternative = {
  name: 'usearch, exact',
  needs: 'usearch',
  how: 'exactSearch over float32, all threads',
  lacks: 'words, texts, filters, persistence',
  byVector: true,
  build({ vectors, queries, dimension }, _folder, load) {
    const { exactSearch, MetricKind } = load('usearch') as Usearch;
    const own = vectors.slice();
    return Promise.resolve({
      search: (query, k) =>
        keysOf(exactSearch(own, rowOf(queries, query, dimension).slice(), dimension, k, MetricKind.IP)),
      filtered: null,
      disk: null,
    });
  },
};

export const usearchGraph: Alternative = {
  name: 'usearch, graph',
  needs: 'usearch',
  how: 'HNSW over int8, its defaults',
  lacks: 'words, texts, filters (in its JavaScript)',
  byVector: true,
  build({ vectors, queries, dimension }, folder, load) {
    const { Index, MetricKind, ScalarKind } = load('usearch') as Usearch;
    const index = new Index({
      dimensions: dimension,
      metric: MetricKind.IP,
      quantization: ScalarKind.I8,
      connectivity: 0,
      expansion_add: 0,
      expansion_search: 0,
      multi: false,
    });
    const count = vectors.length / dimension;
    index.add(
      BigUint64Array.from({ length: count }, (_, i) => BigInt(i)),
      vectors,
      0,
    );
    const file = join(folder, 'index.usearch');
    index.save(file);
    return Promise.resolve({
      search: (query, k) => keysOf(index.search(rowOf(queries, query, dimension).slice(), k, 0)),
      filtered: null,
      disk: statSync(file).size,
    });
  },
};
