/**
 * tsx scripts/benchmark/measure-index.ts INDEX [ASKS]: opens an index made with random vectors in a process of its own, asks it and prints
 * the figures as JSON: cold start, memory and latency, without the time of a network.
 */
import { readFileSync } from 'node:fs';
import { analyze } from '../../src/analysis/analyze.js';
import { collectEarly } from '../../src/cli/collect-early.js';
import { createKnowledgeBase } from '../../src/create-knowledge-base.js';
import { openThesaurus } from '../../src/open.js';
import { findDivision, findPlaces } from '../../src/parse/jurisdiction/divisions.js';
import { openEmbeddedStore } from '../../src/store/embedded/embedded-store.js';
import { measureLatency } from './latency.js';
import { createRandomEmbedder } from './random-embedder.js';

export interface IndexFigures {
  readonly documents: number;
  readonly clauses: number;
  readonly passages: number;
  readonly rows: number;
  /** Milliseconds until the first question is answered, and of that, until the index is open. */
  readonly cold: number;
  /** Processor time of it, which others on the machine do not lengthen. */
  readonly coldCpu: number;
  readonly open: number;
  /** Bytes: what the process holds before it opens the index, at most, after questions of one topic, and after some of ten. */
  readonly rssBefore: number;
  readonly rssPeak: number;
  readonly rss: number;
  readonly rssAfterTens: number;
  readonly search: Asked;
  readonly compare: Asked;
  /** Ten topics in one comparison. */
  readonly ten: Asked;
}

/** Milliseconds a question; `cpu` of processor time on average, which says more on a machine where others are at work. */
export interface Asked {
  readonly p50: number;
  readonly p95: number;
  readonly cpu: number;
}

/** Topics as they are typed; a few hold words that stand in very many clauses. */
const TOPICS = [
  '教师轮岗交流',
  '违反规定的处罚',
  '资金来源和使用',
  '安全管理责任',
  '数据共享',
  '应急预案',
  '行政处罚的程序',
  '建设项目环境影响评价',
  '未成年人保护',
  '信用信息公开',
  '县级以上人民政府的职责',
  '食品安全监督检查',
  '养老服务设施用地',
  '土地征收补偿',
  '中小企业发展',
  '个人信息保护',
  '物业管理费用',
  '机动车停车',
  '法律责任',
  '本条例自公布之日起施行',
  '举报投诉的受理',
  '生活垃圾分类',
  '残疾人就业保障',
  '知识产权保护',
];

const [index, asks = '48'] = process.argv.slice(2);
if (index === undefined) throw new Error('usage: tsx scripts/benchmark/measure-index.ts INDEX [ASKS]');
// As a process that serves does.
collectEarly();
const thesaurus = openThesaurus();
const embedder = createRandomEmbedder();
// The words and places that the program itself holds are not the index's.
findPlaces('天津市武清区');
analyze('教师轮岗交流');
const rssBefore = process.memoryUsage.rss();
const spentBefore = process.cpuUsage();
const from = performance.now();
const store = openEmbeddedStore(index, { mode: 'read' });
const base = createKnowledgeBase({
  store,
  embedder: () => Promise.resolve(embedder),
  findDivision,
  findPlaces,
  thesaurus,
});
const open = performance.now() - from;
await base.search(TOPICS[0]!);
const cold = performance.now() - from;
const coldSpent = process.cpuUsage(spentBefore);
const coldCpu = (coldSpent.user + coldSpent.system) / 1000;
const topic = (n: number) => TOPICS[n % TOPICS.length]!;
/** Each topic once before: what is read once a generation (words, documents) is the cold start's. */
async function measure(
  ask: (n: number) => Promise<unknown>,
  count = Number(asks),
  warm = TOPICS.length,
): Promise<Asked> {
  for (let n = 0; n < warm; n++) await ask(n);
  const { p50, p95, cpu } = await measureLatency(1, count, ask);
  return { p50, p95, cpu };
}
const search = await measure((n) => base.search(topic(n)));
const rows = (await base.compare([topic(0)])).rows.length;
const compare = await measure((n) => base.compare([topic(n)]));
const rss = process.memoryUsage.rss();
const tens = 5;
const ten = await measure(
  (n) => base.compare(Array.from({ length: 10 }, (_, i) => topic(7 * n + i))),
  tens,
  1,
);
const rssAfterTens = process.memoryUsage.rss();
const { documents, clauses, passages } = store.status();
const peak = /VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1];
const figures: IndexFigures = {
  documents,
  clauses,
  passages,
  rows,
  cold,
  coldCpu,
  open,
  rssBefore,
  rssPeak: Number(peak) * 1024,
  rss,
  rssAfterTens,
  search,
  compare,
  ten,
};
process.stdout.write(`${JSON.stringify(figures)}\n`);
await base.close();
