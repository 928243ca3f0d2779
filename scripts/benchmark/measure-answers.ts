/**
 * tsx scripts/benchmark/measure-answers.ts INDEX ASKS: opens an index in a process of its own, as a server would, asks it and prints cold
 * start, memory and latency as JSON.
 */
import { readConfig } from '../../src/config.js';
import { openKnowledgeBase } from '../../src/open.js';
import { measureLatency, type Latency } from './latency.js';
import { TOPICS } from './topics.js';

/** Milliseconds and bytes. */
export interface AnswerFigures {
  /** Until the index is open, the model is loaded, and the first question, which reads the vectors, is answered: each after the one before. */
  readonly open: number;
  readonly model: number;
  readonly first: number;
  /** Resident memory of the process with its modules, with index and model loaded, and after all questions. */
  readonly rss: {
    readonly bare: number;
    readonly model: number;
    readonly first: number;
    readonly end: number;
  };
  readonly search: readonly Latency[];
  readonly compare: readonly Latency[];
  /** Ten topics in one comparison. */
  readonly ten: Latency;
}

const CLIENTS = [1, 8, 32];
const [index, asks] = process.argv.slice(2);
if (index === undefined || asks === undefined) throw new Error('usage: measure-answers.ts INDEX ASKS');
const topic = (n: number) => TOPICS[n % TOPICS.length]!;
const rss = () => process.memoryUsage.rss();

const bare = rss();
const begun = performance.now();
const base = openKnowledgeBase(readConfig({ index }, {}));
const opened = performance.now();
await base.ready();
const loaded = performance.now();
const model = rss();
await base.search(topic(0));
const answered = performance.now();
const first = rss();
// What is read once for each topic (words, documents) belongs to the cold start.
for (const one of TOPICS) await base.compare([one]);
const search: Latency[] = [];
const compare: Latency[] = [];
for (const clients of CLIENTS) {
  search.push(await measureLatency(clients, Number(asks), (n) => base.search(topic(n))));
  compare.push(await measureLatency(clients, Number(asks), (n) => base.compare([topic(n)])));
}
const ten = await measureLatency(1, Math.ceil(Number(asks) / 10), (n) =>
  base.compare(Array.from({ length: 10 }, (_, i) => topic(n + 3 * i))),
);
const figures: AnswerFigures = {
  open: opened - begun,
  model: loaded - opened,
  first: answered - loaded,
  rss: { bare, model, first, end: rss() },
  search,
  compare,
  ten,
};
await base.close();
process.stdout.write(`${JSON.stringify(figures)}\n`);
