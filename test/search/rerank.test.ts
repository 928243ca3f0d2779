/** The second look: it moves the best clauses, and nothing else. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createKnowledgeBase } from '../../src/create-knowledge-base.js';
import type { Reranker } from '../../src/embed/reranker.js';
import { ingest } from '../../src/ingest.js';
import type { KnowledgeBase } from '../../src/knowledge-base.js';
import type { Hit } from '../../src/model/answer.js';
import { findDivision, findPlaces } from '../../src/parse/jurisdiction/divisions.js';
import { CELL_DEPTH, SEARCH_DEPTH } from '../../src/search/rerank.js';
import { createMemoryStore } from '../../src/store/memory.js';
import { createFakeEmbedder } from '../embed/fake-embedder.js';

const TOPIC = '教师轮岗交流';
const NUMERALS = '一二三四五六七八九十';
const clauses = Array.from(NUMERALS, (n, i) => `${i + 1}.推进教师轮岗交流，第${n}批。`);
const articles = Array.from(NUMERALS, (n) => `第${n}条　推进教师轮岗交流，第${n}批。`);
const SOURCES: Record<string, string> = {
  'wuqing.txt': `天津市武清区教育发展规划\n天津市武清区人民政府\n2021年6月30日\n一、主要任务\n（一）教师队伍\n${clauses.join('\n')}\n（二）保障\n${'加强经费保障和组织领导。'.repeat(60)}\n`,
  'weifang.txt': `潍坊市教师交流管理办法\n潍坊市教育局\n2016年3月1日\n${articles.join('\n')}\n第十一条　建设校车平台。\n`,
};

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tiaowen-rerank-'));
  for (const [name, text] of Object.entries(SOURCES)) await writeFile(join(folder, name), text);
});
afterAll(() => rm(folder, { recursive: true }));

type Score = (passage: string) => number;

function rerankerOf(score: Score) {
  const rerank = vi.fn((_query: string, passages: readonly string[]) => Promise.resolve(passages.map(score)));
  const close = vi.fn(() => Promise.resolve());
  const reranker: Reranker = {
    identity: { name: 'test/reranker', sha256: '0'.repeat(64) },
    maxTokens: 512,
    countTokens: (query, passage) => Array.from(query + passage).length + 3,
    rerank,
    close,
  };
  return { reranker, rerank, close };
}

async function baseWith(reranker: Reranker | null) {
  const store = createMemoryStore();
  const embedder = createFakeEmbedder(256);
  const take = () => ingest({ corpus: folder, store, embedder });
  await take();
  const knowledgeBase: KnowledgeBase = createKnowledgeBase({
    store,
    embedder: () => Promise.resolve(embedder),
    reranker: () => Promise.resolve(reranker),
    findDivision,
    findPlaces,
  });
  return { knowledgeBase, store, take };
}

const idsOf = (hits: readonly Hit[]) => hits.map(({ clauseId }) => clauseId);
/** Likes what stands late in its document. */
const late: Score = (passage) => (NUMERALS.indexOf(/第(.)批/.exec(passage)?.[1] ?? '') + 1) / 10;

describe('a second look', () => {
  it('orders the best clauses of a search, says so, and leaves the others where they were', async () => {
    const { reranker, rerank } = rerankerOf(late);
    const { knowledgeBase } = await baseWith(reranker);
    const plain = await (await baseWith(null)).knowledgeBase.search(TOPIC, { limit: 100 });
    const { hits } = await knowledgeBase.search(TOPIC, { limit: 100 });
    const scores = hits.slice(0, SEARCH_DEPTH).map(({ why }) => why.reranked!.score);
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
    expect(new Set(scores).size).toBe(10);
    expect(hits[0]!.why.reranked).toEqual({ model: 'test/reranker', score: 1 });
    expect(hits[0]!.text).toContain('第十批');
    expect(idsOf(hits.slice(0, SEARCH_DEPTH)).sort()).toEqual(
      idsOf(plain.hits.slice(0, SEARCH_DEPTH)).sort(),
    );
    expect(idsOf(hits.slice(SEARCH_DEPTH))).toEqual(idsOf(plain.hits.slice(SEARCH_DEPTH)));
    expect(hits.at(-1)!.why.reranked).toBeNull();
    expect(plain.hits.every(({ why }) => why.reranked === null)).toBe(true);
    const [query, passages] = rerank.mock.calls[0]!;
    expect(query).toBe(TOPIC);
    expect(passages).toContain('一、主要任务 （一）教师队伍\n10.推进教师轮岗交流，第十批。');
    expect(await knowledgeBase.search(TOPIC, { limit: 100 })).toEqual({ ...plain, hits });
    expect((await knowledgeBase.search(TOPIC, { limit: 2 })).hits).toEqual(hits.slice(0, 2));
  });

  it('orders the best of each jurisdiction, whatever stands beside it', async () => {
    const { reranker } = rerankerOf(late);
    const { knowledgeBase } = await baseWith(reranker);
    const { rows } = await knowledgeBase.compare([TOPIC], { perCell: 100 });
    expect(rows).toHaveLength(2);
    for (const { jurisdiction, cells } of rows) {
      const { hits, nearest } = cells[0]!;
      const shown = (nearest === null ? hits : [nearest]).slice(0, CELL_DEPTH);
      const scores = shown.map(({ why }) => why.reranked!.score);
      expect(scores).toEqual([...scores].sort((a, b) => b - a));
      expect(scores[0]).toBeGreaterThanOrEqual(0.7);
      const alone = await knowledgeBase.compare([TOPIC], {
        perCell: 100,
        jurisdictions: [jurisdiction!.name!],
      });
      expect(alone.rows[0]!.cells).toEqual(cells);
    }
  });

  it('judges a cell by the evidence of the clause that then comes first', async () => {
    const off: Score = (passage) => (passage.includes('校车') ? 1 : 0);
    const ask = { jurisdictions: ['潍坊市'], perCell: 1 };
    const plain = await (await baseWith(null)).knowledgeBase.compare(['校车平台'], ask);
    expect(plain.rows[0]!.cells[0]!).toMatchObject({ outcome: 'found' });
    const { knowledgeBase } = await baseWith(rerankerOf((passage) => 1 - off(passage)).reranker);
    const [cell] = (await knowledgeBase.compare(['校车平台'], ask)).rows[0]!.cells;
    expect(cell!.outcome).toBe('no-provision');
    expect(cell!.nearest!.text).toContain('轮岗');
    expect(cell!.nearest!.why.reranked).toMatchObject({ score: 1 });
  });

  it('that knows no difference leaves the order of the fused score', async () => {
    const { knowledgeBase } = await baseWith(rerankerOf(() => 0.5).reranker);
    const plain = await (await baseWith(null)).knowledgeBase.search(TOPIC);
    expect(idsOf((await knowledgeBase.search(TOPIC)).hits)).toEqual(idsOf(plain.hits));
  });

  it('does not move another clause above the article that was asked for', async () => {
    const { knowledgeBase } = await baseWith(rerankerOf(late).reranker);
    const { hits } = await knowledgeBase.search('第三条', { jurisdictions: ['潍坊市'] });
    expect(hits[0]!.label).toBe('第三条');
    expect(hits[1]!.text).toContain('第十批');
  });

  it('reads a long clause in pieces and takes the best', async () => {
    const { reranker, rerank } = rerankerOf(() => 0.1);
    const { knowledgeBase } = await baseWith(reranker);
    const { hits } = await knowledgeBase.search('经费保障和组织领导', { limit: 1 });
    const passages = rerank.mock.calls[0]![1].filter((passage) => passage.includes('经费保障'));
    expect(passages.length).toBeGreaterThan(1);
    const { text, headingPath } = hits[0]!;
    const lead = `${headingPath.join(' ')}\n`;
    expect(passages.map((passage) => passage.slice(lead.length)).join('')).toBe(text);
    rerank.mockImplementation((_, given) =>
      Promise.resolve(given.map((passage) => (passage === passages.at(-1) ? 0.9 : 0.1))),
    );
    const again = await knowledgeBase.search('经费保障和组织领导', { limit: 1 });
    expect(again.hits[0]!.why.reranked!.score).toBe(0.9);
  });

  it('is asked for when the knowledge base gets ready, and closed with it', async () => {
    const { reranker, rerank, close } = rerankerOf(late);
    const { knowledgeBase } = await baseWith(reranker);
    await knowledgeBase.ready();
    expect(rerank).toHaveBeenCalledOnce();
    await knowledgeBase.close();
    expect(close).toHaveBeenCalledOnce();
  });
});

describe('an index that moves on while a question is answered', () => {
  it('is asked again, of its new generation', async () => {
    const { reranker, rerank } = rerankerOf(late);
    const { knowledgeBase, take } = await baseWith(reranker);
    await writeFile(join(folder, 'added.txt'), `武清区补充规定\n一、任务\n1.推进教师轮岗交流，第十批。\n`);
    rerank.mockImplementationOnce(async (_, passages) => {
      await take();
      return passages.map(late);
    });
    const { hits } = await knowledgeBase.search(TOPIC, { limit: 100 });
    expect(hits.some(({ document }) => document.file === 'added.txt')).toBe(true);
    expect(rerank).toHaveBeenCalledTimes(2);
    await rm(join(folder, 'added.txt'));
  });

  it('again and again is told to wait', async () => {
    const { reranker, rerank } = rerankerOf(late);
    const { knowledgeBase, take } = await baseWith(reranker);
    rerank.mockImplementation(async (_, passages) => {
      await writeFile(
        join(folder, 'added.txt'),
        `武清区补充规定\n一、任务\n${rerank.mock.calls.length}.交流。\n`,
      );
      await take();
      return passages.map(late);
    });
    await expect(knowledgeBase.compare([TOPIC])).rejects.toMatchObject({ code: 'overloaded', retryAfter: 5 });
    await rm(join(folder, 'added.txt'));
  });
});
