/** Topics taken one by one: each is scored as it would be alone, in columns that the one before has given back. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createMemoryStore } from '../../src/store/memory.js';
import { ingest } from '../../src/ingest.js';
import { WEIGHTS } from '../../src/search/fusion.js';
import { scoreTopic, takeTopics, type ScoredTopic, type SearchMeans } from '../../src/search/score-topic.js';
import { columnsOf } from '../../src/search/signals.js';
import { embedder, SOURCES, writeCorpus } from '../durability/small-index.js';

const TOPICS = [
  '教师轮岗',
  '课后服务',
  '校园食品安全',
  '学位供给',
  '校车安全',
  '教师培训',
  '集团化办学',
  '收费',
];
const store = createMemoryStore();
const means: SearchMeans = {
  store,
  embedder,
  readMap: () => {
    throw new Error('no hit is made here');
  },
  weights: WEIGHTS,
  thesaurus: null,
  sayings: null,
  places: null,
};
let corpus: string;

beforeAll(async () => {
  corpus = mkdtempSync(join(tmpdir(), 'tiaowen-topics-'));
  writeCorpus(corpus, SOURCES);
  await ingest({ corpus, store, embedder });
});
afterAll(() => rmSync(corpus, { recursive: true }));

const scoresOf = ({ understood, fused, table, bestLate, cosine }: ScoredTopic) => {
  const { columns, bestSentence } = table;
  const cosines = fused.map((_, i) => cosine(i));
  return structuredClone({ understood, fused, columns, best: bestSentence, bestLate, cosines });
};

it('each is as it would be alone, and what they were understood as is known before', async () => {
  const { understood, scored } = await takeTopics(means, TOPICS);
  expect(understood.map(({ query }) => query)).toEqual(TOPICS);
  const found = [];
  for (const one of scored) {
    found.push(scoresOf(one));
    one.release();
  }
  expect(found.map((one) => one.understood)).toEqual(understood);
  for (const [i, topic] of TOPICS.entries()) {
    const alone = await scoreTopic(means, topic);
    expect(found[i]).toEqual(scoresOf(alone));
    alone.release();
  }
});

it('together they need little more memory than a few do', async () => {
  const many = [...TOPICS, ...TOPICS];
  const buffers = new Set<ArrayBufferLike>();
  let columns = 0;
  for (const one of (await takeTopics(means, many)).scored) {
    for (const { buffer } of [one.fused, ...columnsOf(one.table)]) {
      buffers.add(buffer);
      columns++;
    }
    one.release();
  }
  expect(columns).toBeGreaterThan(9 * many.length);
  expect(buffers.size).toBeLessThan(columns / 2);
});

it('a query that only names a place in a document is no saying', async () => {
  const saying = { text: '老师换学校', topic: '教师轮岗', meaning: '教师如何交流轮岗？', cosine: 0.9 };
  const sayings = { nearest: () => [saying], encode: (text: string) => embedder.embedQuery(text) };
  const meaningsOf = async (typed: string) =>
    (await scoreTopic({ ...means, sayings }, typed)).understood.meanings;
  expect(await meaningsOf('火星基地搬迁')).toHaveLength(1);
  for (const typed of [
    '第十二条',
    '第九十九条之二',
    '火政发〔2019〕99号第三条',
    '火政发〔2019〕99号',
    '《火星条例》',
  ])
    expect(await meaningsOf(typed), typed).toEqual([]);
});
