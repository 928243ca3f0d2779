/** Other models by configuration alone: from a folder, and from a mirror by name. The models are made here. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { readConfig, type Config, type Flags } from '../src/config.js';
import { openKnowledgeBase, runIngest } from '../src/open.js';
import { startMirror } from './embed/model-mirror.js';
import { writeTinyEncoder, writeTinyReranker } from './embed/tiny-models.js';

const SOURCES: Record<string, string> = {
  'wuqing.txt':
    '天津市武清区教育发展规划\n天津市武清区人民政府\n2021年6月30日\n一、主要任务\n1.推进教师轮岗交流。\n2.建设校车平台。\n3.安排门岗、岗哨、岗亭、巡岗、站岗、守岗。\n',
  'weifang.txt': '潍坊市教育局2016年工作要点\n一、工作任务\n1.更新老旧校车。\n2.举办运动会。\n2016年3月1日\n',
};
const characters = Object.values(SOURCES).join('');

let folder: string;
let corpus: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tiaowen-models-'));
  corpus = join(folder, 'corpus');
  await mkdir(corpus);
  for (const [name, text] of Object.entries(SOURCES)) await writeFile(join(corpus, name), text);
  await writeTinyEncoder(join(folder, 'encoder'), { characters });
  await writeTinyReranker(join(folder, 'reranker'), { characters });
});
afterAll(() => rm(folder, { recursive: true }));

const configOf = (index: string, flags: Flags): Config =>
  readConfig({ corpus, index: join(folder, index), modelsFolder: join(folder, 'models'), ...flags }, {});

async function answersOf(config: Config) {
  const knowledgeBase = openKnowledgeBase(config);
  try {
    await knowledgeBase.ready();
    const search = await knowledgeBase.search('教师轮岗', { limit: 3 });
    const comparison = await knowledgeBase.compare(['教师轮岗']);
    return { search, comparison, model: knowledgeBase.status().model };
  } finally {
    await knowledgeBase.close();
  }
}

it('an encoder of another dimension without token vectors, and a reranker, from their folders', async () => {
  const config = configOf('by-folder', { model: join(folder, 'encoder') });
  await runIngest(config);
  const plain = await answersOf(config);
  expect(plain.model).toMatchObject({ name: 'encoder', dimension: 32, tokenDimension: null });
  expect(plain.search.hits[0]!.text).toBe('1.推进教师轮岗交流。');
  expect(plain.search.hits[0]!.why.reranked).toBeNull();
  expect(plain.comparison.rows.map(({ cells }) => cells[0]!.evidence !== null)).toEqual([true, true]);

  // The tiny cross-encoder counts characters: six times 岗 outdo one each of 教师轮岗.
  const reranked = configOf('by-folder', { model: config.model, reranker: join(folder, 'reranker') });
  const again = await answersOf(reranked);
  const [first, second] = again.search.hits;
  expect(first!.text).toContain('岗哨');
  expect(first!.why.reranked).toEqual({ model: 'reranker', score: 1 / (1 + Math.exp(-6)) });
  expect(second!.text).toBe('1.推进教师轮岗交流。');
  const { hits, nearest } = again.comparison.rows[0]!.cells[0]!;
  expect((hits[0] ?? nearest)!.clauseId).toBe(first!.clauseId);
  expect(await answersOf(reranked)).toEqual(again);
}, 120_000);

it('both by name, fetched from a mirror once', async () => {
  const flags = { model: 'test/encoder', reranker: 'test/reranker' };
  const encoder = await startMirror('test/encoder', join(folder, 'encoder'));
  await runIngest(configOf('by-name', { ...flags, mirror: encoder.address }));
  await encoder.close();
  const reranker = await startMirror('test/reranker', join(folder, 'reranker'));
  const first = await answersOf(configOf('by-name', { ...flags, mirror: reranker.address }));
  expect(first.model).toMatchObject({ name: 'test/encoder', dimension: 32 });
  expect(first.search.hits[0]!.why.reranked).toMatchObject({ model: 'test/reranker' });
  await reranker.close();
  expect(await answersOf(configOf('by-name', flags))).toEqual(first);
}, 120_000);

it('a reranker that is missing ends the first question with its name, not the opening', async () => {
  const config = configOf('missing', { model: join(folder, 'encoder') });
  await runIngest(config);
  const knowledgeBase = openKnowledgeBase(
    configOf('missing', { model: config.model, reranker: './nowhere' }),
  );
  onTestFinished(() => knowledgeBase.close());
  expect(knowledgeBase.documents()).toHaveLength(2);
  for (const ask of [() => knowledgeBase.search('校车'), () => knowledgeBase.ready()])
    await expect(ask()).rejects.toMatchObject({
      code: 'model-missing',
      message: expect.stringMatching(/重排模型不可用.*nowhere.*去掉 --reranker/) as string,
    });
}, 120_000);
