/** hnswlib-node alone, exact and as a graph. */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import hnswlib from 'hnswlib-node';
import { rowOf, type Alternative, type Data, type Opened } from './alternative.js';

type Index = hnswlib.BruteforceSearch | hnswlib.HierarchicalNSW;

function fill(index: Index, { vectors, dimension }: Data): void {
  for (let row = 0; row < vectors.length / dimension; row++)
    index.addPoint(Array.from(rowOf(vectors, row, dimension)), row);
}

function opened(index: Index, { queries, dimension, district }: Data, folder: string): Opened {
  const file = join(folder, 'index.hnsw');
  index.writeIndexSync(file);
  const ask = (query: number) => Array.from(rowOf(queries, query, dimension));
  return {
    // Neighbours come best first.
    search: (query, k) => index.searchKnn(ask(query), k).neighbors,
    filtered: (query, wanted, k) =>
      index.searchKnn(ask(query), k, (label) => district[label] === wanted).neighbors,
    disk: statSync(file).size,
  };
}

export const hnswlibExact: Alternative = {
  name: 'hnswlib-node, exact',
  needs: null,
  how: 'BruteforceSearch, float32',
  lacks: 'words, texts, updates in place',
  byVector: true,
  build(data, folder) {
    const index = new hnswlib.BruteforceSearch('ip', data.dimension);
    index.initIndex(data.district.length);
    fill(index, data);
    return Promise.resolve(opened(index, data, folder));
  },
};

export const hnswlibGraph: Alternative = {
  name: 'hnswlib-node, graph',
  needs: null,
  how: 'HNSW, M 16, efConstruction 200, ef 100',
  lacks: 'words, texts; with a filter it takes as long as comparing all',
  byVector: true,
  build(data, folder) {
    const index = new hnswlib.HierarchicalNSW('ip', data.dimension);
    index.initIndex(data.district.length, 16, 200, 100);
    fill(index, data);
    index.setEf(100);
    return Promise.resolve(opened(index, data, folder));
  },
};
