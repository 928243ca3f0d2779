/** The HNSW graph beside the database: derived, stamped, and dropped at the least doubt. */
import { createHash } from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  openSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import hnswlib from 'hnswlib-node';
import type { HierarchicalNSW } from 'hnswlib-node';
import type { PassageScore } from '../store.js';
import { comparePassageScores, cosine } from '../vectors.js';
import type { PassageColumns } from '../vectors.js';

/** Links per point, and candidates kept while building. */
const LINKS = 16;
const BUILD_BREADTH = 100;
/** Candidates kept while searching: at least this, and twice what is wanted. Recall against exact is tested. */
const SEARCH_BREADTH = 256;
const SEED = 100;
/** Points added before others get a turn of the event loop: about 100 ms. */
const BATCH = 256;

/** What the graph file was made of; it is used only while all of it holds. */
export interface GraphStamp {
  readonly generation: number;
  readonly count: number;
  readonly dimension: number;
  /** Of the graph file. */
  readonly sha256: string;
}

export type GraphExpectation = Omit<GraphStamp, 'sha256'>;

export function graphPath(folder: string): string {
  return join(folder, 'graph.hnsw');
}

export function stampPath(folder: string): string {
  return join(folder, 'graph.json');
}

/** Adds all passages in the order of their keys, which are the labels. With a fixed seed the graph is the same each time. */
export function* buildInSteps(columns: PassageColumns): Generator<void, HierarchicalNSW> {
  const graph = new hnswlib.HierarchicalNSW('ip', columns.dimension);
  const count = columns.clause.length;
  graph.initIndex(Math.max(count, 1), LINKS, BUILD_BREADTH, SEED);
  for (let key = 0; key < count; key++) {
    const offset = key * columns.dimension;
    graph.addPoint(Array.from(columns.vectors.subarray(offset, offset + columns.dimension)), key);
    if (key % BATCH === BATCH - 1) yield;
  }
  return graph;
}

/**
 * The old stamp goes before the new graph comes, and the new stamp comes last: a crash or a reader in between finds a graph
 * without a stamp, never one with a stamp of another.
 */
export function saveGraph(folder: string, graph: HierarchicalNSW, made: GraphExpectation): void {
  const temporary = `${graphPath(folder)}.tmp`;
  graph.writeIndexSync(temporary);
  syncFile(temporary);
  // hnswlib does not notice a full disk, but its reader notices that the end is missing.
  new hnswlib.HierarchicalNSW('ip', made.dimension).readIndexSync(temporary);
  const stamp: GraphStamp = { ...made, sha256: hashFile(temporary) };
  rmSync(stampPath(folder), { force: true });
  renameSync(temporary, graphPath(folder));
  const temporaryStamp = `${stampPath(folder)}.tmp`;
  writeFileSync(temporaryStamp, `${JSON.stringify(stamp)}\n`);
  syncFile(temporaryStamp);
  renameSync(temporaryStamp, stampPath(folder));
}

/** Deletes a graph that is no longer wanted, if there is one. */
export function dropGraph(folder: string): void {
  for (const path of [stampPath(folder), graphPath(folder)]) rmSync(path, { force: true });
}

/** The stamp, or null when there is none that can be read. */
export function readStamp(folder: string): GraphStamp | null {
  try {
    return JSON.parse(readFileSync(stampPath(folder), 'utf8')) as GraphStamp;
  } catch {
    return null;
  }
}

/** The stamp, if it is of this generation and the graph file is the one that was stamped; else null. Reads the whole file. */
export function stampInStep(folder: string, expected: GraphExpectation): GraphStamp | null {
  const stamp = readStamp(folder);
  if (stamp?.generation !== expected.generation) return null;
  if (stamp.count !== expected.count || stamp.dimension !== expected.dimension) return null;
  try {
    return hashFile(graphPath(folder)) === stamp.sha256 ? stamp : null;
  } catch {
    return null;
  }
}

/** The graph, or null when it is missing, of another generation or altered. hnswlib itself trusts any bytes. */
export function loadGraph(folder: string, expected: GraphExpectation): HierarchicalNSW | null {
  const stamp = stampInStep(folder, expected);
  if (stamp === null) return null;
  try {
    const graph = new hnswlib.HierarchicalNSW('ip', expected.dimension);
    graph.readIndexSync(graphPath(folder));
    // A writer may have put another file in place since it was hashed; it takes the stamp away before it does.
    const unchanged = readStamp(folder)?.sha256 === stamp.sha256;
    return unchanged && graph.getCurrentCount() === expected.count ? graph : null;
  } catch {
    return null;
  }
}

/** The k nearest as the graph finds them, scored again exactly. */
export function nearestInGraph(
  graph: HierarchicalNSW,
  columns: PassageColumns,
  query: Float32Array,
  k: number,
): PassageScore[] {
  const wanted = Math.min(k, columns.clause.length);
  if (wanted <= 0) return [];
  // All candidates are taken and cut here, so that ties at the cut go by key.
  const breadth = Math.min(Math.max(SEARCH_BREADTH, 2 * wanted), columns.clause.length);
  graph.setEf(breadth);
  return graph
    .searchKnn(Array.from(query), breadth)
    .neighbors.map((passageKey) => ({
      passageKey,
      clauseKey: columns.clause[passageKey]!,
      score: cosine(columns, query, passageKey),
    }))
    .sort(comparePassageScores)
    .slice(0, wanted);
}

function syncFile(path: string): void {
  const file = openSync(path, 'r+');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

function hashFile(path: string): string {
  const hash = createHash('sha256');
  const chunk = Buffer.alloc(1 << 20);
  const file = openSync(path, 'r');
  try {
    for (let read = readSync(file, chunk); read > 0; read = readSync(file, chunk)) {
      hash.update(chunk.subarray(0, read));
    }
  } finally {
    closeSync(file);
  }
  return hash.digest('hex');
}
