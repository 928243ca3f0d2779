/** All alternatives, in the order of the page. */
import type { Alternative } from './alternative.js';
import { bruteForce } from './brute-force.js';
import { hnswlibExact, hnswlibGraph } from './hnswlib.js';
import { lancedbFlat, lancedbGraph } from './lancedb.js';
import { minisearch } from './minisearch.js';
import { orama } from './orama.js';
import { sqliteVec } from './sqlite-vec.js';
import { tiaowen } from './tiaowen.js';
import { usearchExact, usearchGraph } from './usearch.js';

export const ALTERNATIVES: readonly Alternative[] = [
  tiaowen,
  bruteForce,
  hnswlibExact,
  hnswlibGraph,
  usearchExact,
  usearchGraph,
  lancedbFlat,
  lancedbGraph,
  sqliteVec,
  orama,
  minisearch,
];
