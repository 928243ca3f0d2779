/** A loop over all vectors, as anybody writes it. Also what recall is measured against. */
import { best, rowOf, type Alternative, type Data } from './alternative.js';

/** Cosine of a query with every passage. */
export function cosines({ dimension, vectors, queries }: Data, query: number): Float32Array {
  const asked = rowOf(queries, query, dimension);
  const scores = new Float32Array(vectors.length / dimension);
  for (let row = 0, at = 0; row < scores.length; row++) {
    let sum = 0;
    for (let i = 0; i < dimension; i++, at++) sum += asked[i]! * vectors[at]!;
    scores[row] = sum;
  }
  return scores;
}

export const bruteForce: Alternative = {
  name: 'plain JavaScript',
  needs: null,
  how: 'a loop over Float32Array',
  lacks: 'words, persistence',
  byVector: true,
  build(data) {
    const own = { ...data, vectors: data.vectors.slice() };
    return Promise.resolve({
      search: (query, k) => best(cosines(own, query), k),
      filtered: (query, district, k) => best(cosines(own, query), k, (i) => data.district[i] === district),
      disk: null,
    });
  },
};
