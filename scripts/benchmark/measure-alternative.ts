/**
 * tsx scripts/benchmark/measure-alternative.ts DATA PACKAGES NAME: builds one alternative over the data in a folder, asks it and prints what it
 * takes as JSON. `PACKAGES`: the folder that the packages were installed into.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ALTERNATIVES } from './alternatives/all.js';
import { readData } from './alternatives/data.js';
import { largestDistricts, truth } from './alternatives/truth.js';
import { percentile, recall, sum } from './statistics.js';

/** Milliseconds and bytes. */
export interface AlternativeFigures {
  readonly build: number;
  /** Resident memory that it adds to a process that holds the data. */
  readonly memory: number;
  readonly disk: number | null;
  readonly p50: number;
  readonly p95: number;
  /** Of the ten nearest, 0–1. */
  readonly recall: number;
  /** The same inside single districts; null: it has no filter. */
  readonly filtered: { readonly p50: number; readonly recall: number } | null;
}

const NEAREST = 10;
const ROUNDS = 3;
/** Districts that are asked for, those with the most passages. */
const DISTRICTS = 8;

const [folder, packages, name] = process.argv.slice(2);
const alternative = ALTERNATIVES.find((one) => one.name === name);
if (folder === undefined || packages === undefined || alternative === undefined)
  throw new Error('usage: measure-alternative.ts DATA PACKAGES NAME');
const load = createRequire(join(packages, 'from-here.js'));
const data = await readData(folder);
const own = await mkdtemp(join(tmpdir(), 'tiaowen-alternative-'));
try {
  const before = settledMemory();
  const begun = performance.now();
  const opened = await alternative.build(data, own, load);
  await opened.search(0, NEAREST);
  const build = performance.now() - begun;
  const memory = settledMemory() - before;
  const queries = data.topics.map((_, query) => query);
  const unitOf = opened.unitOf ?? ((passage: number) => passage);
  const ask = async (district: number | null, check: boolean) => {
    const times: number[] = [];
    const recalls: number[] = [];
    for (const query of queries) {
      const from = performance.now();
      const found = await (district === null
        ? opened.search(query, NEAREST)
        : opened.filtered!(query, district, NEAREST));
      times.push(performance.now() - from);
      if (check) recalls.push(recall(found.map(unitOf), truth(data, query, district, NEAREST, unitOf)));
    }
    return { times, recalls };
  };
  const { recalls } = await ask(null, true);
  const times: number[] = [];
  for (let i = 0; i < ROUNDS; i++) times.push(...(await ask(null, false)).times);
  const within = [];
  if (opened.filtered !== null)
    for (const district of largestDistricts(data, DISTRICTS)) within.push(await ask(district, true));
  const figures: AlternativeFigures = {
    build,
    memory,
    disk: opened.disk,
    p50: percentile(times, 0.5),
    p95: percentile(times, 0.95),
    recall: sum(recalls) / queries.length,
    filtered:
      opened.filtered === null
        ? null
        : {
            p50: percentile(
              within.flatMap((one) => one.times),
              0.5,
            ),
            recall: sum(within.flatMap((one) => one.recalls)) / (within.length * queries.length),
          },
  };
  process.stdout.write(`${JSON.stringify(figures)}\n`);
} finally {
  await rm(own, { recursive: true });
}
/** After a collection of what nobody holds, so that reading the data does not count. */
function settledMemory(): number {
  globalThis.gc?.();
  return process.memoryUsage.rss();
}
// Some of the libraries keep threads alive.
process.exit(0);
