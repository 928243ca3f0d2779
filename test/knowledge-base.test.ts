import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ingest } from '../src/ingest.js';
import { createKnowledgeBase } from '../src/create-knowledge-base.js';
import type { KnowledgeBase } from '../src/knowledge-base.js';
import { createThesaurus } from '../src/lexicon/thesaurus.js';
import { findDivision, findPlaces } from '../src/parse/jurisdiction/divisions.js';
import { openSayingBank } from '../src/search/saying-bank.js';
import { createMemoryStore } from '../src/store/memory.js';
import { createFakeEmbedder } from './embed/fake-embedder.js';

const SOURCES: Record<string, string> = {
  'wuqing.txt':
    '天津市武清区教育发展规划\n天津市武清区人民政府\n2021年6月30日\n一、主要任务\n（一）教师队伍\n1.推进教师轮岗交流。每年交流比例不低于10%。\n2.提高教师待遇。\n（二）保障\n加强经费保障和组织领导。\n',
  'weifang.txt':
    '潍坊市教育局2016年工作要点\n一、总体要求\n推动学校食堂建设。\n二、工作任务\n1.建设校车平台。更新老旧校车。\n2.举办运动会。\n潍坊市教育局\n2016年3月1日\n',
  'template.txt': '__市教育工作方案\n一、任务\n1.推进教师轮岗交流，到20__年达到*%。\n2.改善__区办学条件。\n',
};

const SAYINGS = [
  { text: '老是坐破车上下学心慌', topic: '校车平台', meaning: '校车平台' },
  { text: '娃娃放学没地方跑跳咋办', topic: '举办运动会', meaning: '举办运动会' },
  { text: '娃娃放学没地方跑跳真愁', topic: '学校食堂', meaning: '学校食堂' },
];

let folder: string;
let knowledgeBase: KnowledgeBase;
let unreadableBase: KnowledgeBase;

async function baseOf(): Promise<KnowledgeBase> {
  const store = createMemoryStore();
  const embedder = createFakeEmbedder(256);
  await ingest({ corpus: folder, store, embedder });
  const thesaurus = createThesaurus([{ term: '大轿子', official: ['校车平台'] }]);
  return createKnowledgeBase({
    store,
    embedder: () => Promise.resolve(embedder),
    findDivision,
    findPlaces,
    thesaurus,
    sayings: (model) => openSayingBank(SAYINGS, model, join(folder, 'no.vectors')),
  });
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tiaowen-kb-'));
  for (const [name, text] of Object.entries(SOURCES)) await writeFile(join(folder, name), text);
  knowledgeBase = await baseOf();
  await writeFile(join(folder, '北京市朝阳区校车方案.txt'), '');
  unreadableBase = await baseOf();
});
afterAll(async () => {
  await knowledgeBase.close();
  await unreadableBase.close();
  await rm(folder, { recursive: true });
});

const refused = (code: string) => expect.objectContaining({ code });

describe('search', () => {
  it('gives verbatim, located, citable hits with a reason', async () => {
    const { query, hits } = await knowledgeBase.search(' 教师轮岗交流 ', {
      jurisdictions: ['武清区'],
      limit: 2,
    });
    expect(query).toBe('教师轮岗交流');
    const [first] = hits;
    expect(first!.text).toBe('1.推进教师轮岗交流。每年交流比例不低于10%。');
    expect(first!.headingPath).toEqual(['一、主要任务', '（一）教师队伍']);
    expect(SOURCES['wuqing.txt']!.slice(first!.source.start, first!.source.end)).toBe(first!.text);
    const { text } = knowledgeBase.document(first!.documentId);
    expect(text.slice(first!.span.start, first!.span.end)).toBe(first!.text);
    expect(text.slice(first!.passage.start, first!.passage.end)).toBe(first!.passage.text);
    expect(first!.text).toContain(first!.passage.text);
    expect(first!.why.terms).toEqual(expect.arrayContaining(['教师', '交流']));
    expect(first!.citation).toContain('武清区');
    expect(first!.citation).toContain(first!.locator);
  });

  it('finds templates, flagged', async () => {
    const { hits } = await knowledgeBase.search('教师轮岗交流', { limit: 5 });
    expect(hits.some(({ document }) => document.template)).toBe(true);
  });

  it('gives the same answer again', async () => {
    expect(await knowledgeBase.search('校车')).toEqual(await knowledgeBase.search('校车'));
  });

  it('asks in the words of documents too, and says so', async () => {
    const { hits } = await knowledgeBase.search('大轿子', { jurisdictions: ['潍坊市'], limit: 1 });
    expect(hits[0]!.text).toContain('校车');
    expect(hits[0]!.why.synonyms).toEqual(['大轿子 → 校车平台']);
    const plain = await knowledgeBase.search('校车平台', { jurisdictions: ['潍坊市'], limit: 1 });
    expect(plain.hits[0]!.why.synonyms).toEqual([]);
  });

  it('asks for the topic of a saying that the question is near to, and says so', async () => {
    const { understood, hits } = await knowledgeBase.search('坐破车上下学心慌', { limit: 1 });
    expect(hits[0]!.text).toContain('校车');
    expect(hits[0]!.why.synonyms).toEqual(['“老是坐破车上下学心慌” → 校车平台']);
    expect(understood.meanings).toEqual([{ topic: '校车平台', saying: '老是坐破车上下学心慌' }]);
    expect((await knowledgeBase.search('校车平台')).understood.meanings).toEqual([]);
  });

  it('asks for the topics of several sayings that are near: each lifts the clauses that it explains', async () => {
    const { hits } = await knowledgeBase.search('娃娃放学没地方跑跳', { limit: 2 });
    const texts = hits.map(({ text }) => text).join('');
    expect(texts).toContain('食堂');
    expect(texts).toContain('运动会');
    for (const { why } of hits)
      expect([...why.synonyms].sort()).toEqual([
        '“娃娃放学没地方跑跳咋办” → 举办运动会',
        '“娃娃放学没地方跑跳真愁” → 学校食堂',
      ]);
  });

  it('refuses what it cannot answer', async () => {
    await expect(knowledgeBase.search('  ')).rejects.toEqual(refused('query-empty'));
    await expect(knowledgeBase.search('教'.repeat(10_000))).rejects.toEqual(refused('query-too-long'));
    await expect(knowledgeBase.search('教师', { limit: 0 })).rejects.toEqual(refused('limit-out-of-range'));
    await expect(knowledgeBase.search('教师', { limit: 101 })).rejects.toEqual(refused('limit-out-of-range'));
    await expect(knowledgeBase.search('教师', { limit: 1.5 })).rejects.toEqual(refused('limit-out-of-range'));
    await expect(knowledgeBase.search('教师', { jurisdictions: ['武青区'] })).rejects.toEqual(
      refused('jurisdiction-unknown'),
    );
    await expect(knowledgeBase.search('教师', { document: 'nowhere' })).rejects.toEqual(
      refused('document-unknown'),
    );
  });
});

describe('intents', () => {
  it('a question for a figure is said to be one, and the clause with the figure comes first', async () => {
    const { understood, hits } = await knowledgeBase.search('教师交流比例是多少', { limit: 1 });
    expect(understood.intents).toEqual(['figure']);
    expect(hits[0]!.text).toContain('10%');
  });
});

describe('operators', () => {
  const textsOf = async (query: string) =>
    (await knowledgeBase.search(query, { limit: 100 })).hits.map(({ text }) => text);

  it('a phrase stands in every hit as it is, an excluded word in none', async () => {
    const phrase = await textsOf('教师 "师轮岗交"');
    expect(phrase.length).toBeGreaterThan(0);
    for (const text of phrase) expect(text).toContain('师轮岗交');
    const without = await textsOf('教师 -轮岗');
    expect(without.length).toBeGreaterThan(0);
    for (const text of without) expect(text).not.toContain('轮岗');
    expect(await textsOf('教师 "轮教师岗"')).toEqual([]);
  });

  it('words in one sentence are not words in one paragraph', async () => {
    expect(await textsOf('同句(轮岗 比例)')).toEqual([]);
    expect(await textsOf('同段(轮岗 比例)')).toHaveLength(1);
    expect((await textsOf('同句(交流 比例)'))[0]).toContain('每年交流比例');
  });

  it('fields say which documents and headings are asked', async () => {
    expect(await textsOf('校车 标题:发展规划')).not.toContainEqual(expect.stringContaining('校车'));
    expect(await textsOf('教师 章节:教师队伍')).toHaveLength(2);
    expect(await textsOf('教师 年份:1999')).toEqual([]);
    const { rows } = await knowledgeBase.compare(['建设 标题:工作要点', '教师轮岗交流']);
    const [wuqing] = rows;
    expect(wuqing!.cells.map(({ outcome }) => outcome)).toEqual(['not-covered', 'found']);
  });

  it('a place in the query is a filter that is said, and can be switched off', async () => {
    const { understood, hits } = await knowledgeBase.search('武清区教师轮岗交流');
    expect(understood).toMatchObject({ topic: '教师轮岗交流', places: [{ name: '武清区' }] });
    expect(new Set(hits.map(({ document }) => document.jurisdiction?.name))).toEqual(
      new Set(['天津市武清区']),
    );
    const { rows, topics } = await knowledgeBase.compare(['武清区校车', '潍坊市校车']);
    expect(topics).toEqual(['武清区校车', '潍坊市校车']);
    expect(rows).toHaveLength(2);
    expect((await knowledgeBase.compare(['武清区校车'])).rows).toHaveLength(1);
    // One topic without a place asks about all places.
    expect((await knowledgeBase.compare(['武清区校车', '教师'])).rows).toHaveLength(2);
    const literal = await knowledgeBase.search('武清区教师轮岗交流', { literal: true, limit: 100 });
    expect(literal.understood.places).toEqual([]);
    expect(literal.hits.some(({ document }) => document.jurisdiction?.name !== '天津市武清区')).toBe(true);
  });

  it('a place of which nothing is held is said to be not covered', async () => {
    const { rows } = await knowledgeBase.compare(['海淀区校车']);
    expect(rows.map(({ jurisdiction, cells }) => [jurisdiction?.name, cells[0]!.outcome])).toEqual([
      ['北京市海淀区', 'not-covered'],
    ]);
  });
});

describe('compare', () => {
  it('says how many clauses answer, however few are shown', async () => {
    const [one] = (await knowledgeBase.compare(['推进教师轮岗交流'], { perCell: 1 })).rows;
    const [all] = (await knowledgeBase.compare(['推进教师轮岗交流'], { perCell: 100 })).rows;
    expect(one!.cells[0]!.hits).toHaveLength(1);
    expect(all!.cells[0]!.hits).toHaveLength(all!.cells[0]!.answering);
    expect(one!.cells[0]!.answering).toBe(all!.cells[0]!.answering);
    expect(all!.cells[0]!.answering).toBeGreaterThanOrEqual(1);
  });

  it('has a row per jurisdiction, templates only when asked for', async () => {
    const { rows } = await knowledgeBase.compare(['教师轮岗交流']);
    expect(rows.map(({ jurisdiction }) => jurisdiction?.name)).toEqual(['天津市武清区', '山东省潍坊市']);
    const all = await knowledgeBase.compare(['教师轮岗交流'], { templates: true });
    expect(all.rows).toHaveLength(3);
    expect(all.rows[2]!.jurisdiction).toBeNull();
  });

  it('tells a provision from none, with the nearest clause and what was searched', async () => {
    const { rows } = await knowledgeBase.compare(['教师轮岗交流', '更新老旧校车']);
    const [wuqing, weifang] = rows;
    expect(wuqing!.cells[0]).toMatchObject({ outcome: 'found', nearest: null });
    expect(wuqing!.cells[0]!.hits[0]!.text).toContain('轮岗');
    expect(weifang!.cells[0]).toMatchObject({
      outcome: 'no-provision',
      hits: [],
      searched: { documents: 1, clauses: 3 },
    });
    expect(weifang!.cells[0]!.nearest).not.toBeNull();
    expect(weifang!.cells[1]!.hits[0]!.text).toContain('校车');
  });

  it('tells a place of which nothing is held from one without a provision', async () => {
    const { rows } = await knowledgeBase.compare(['校车'], { jurisdictions: ['北京市', '武清区'] });
    expect(rows.map(({ jurisdiction }) => jurisdiction!.name)).toEqual(['北京市', '天津市武清区']);
    expect(rows[0]!.cells[0]).toMatchObject({
      outcome: 'not-covered',
      evidence: null,
      searched: { documents: 0, clauses: 0 },
    });
  });

  it('tells a place whose file could not be read from one of which nothing is held', async () => {
    const { rows } = await unreadableBase.compare(['校车']);
    expect(rows.map(({ jurisdiction, cells }) => [jurisdiction!.name, cells[0]!.outcome])).toContainEqual([
      '北京市朝阳区',
      'unreadable',
    ]);
    const asked = await unreadableBase.compare(['校车'], { jurisdictions: ['北京市', '上海市'] });
    expect(asked.rows.map(({ cells }) => cells[0]!.outcome)).toEqual(['unreadable', 'not-covered']);
  });

  it('gives a cell the same outcome whatever else is shown', async () => {
    const topic = '教师轮岗交流';
    const whole = await knowledgeBase.compare([topic, '校车']);
    for (const name of ['武清区', '潍坊市']) {
      const alone = await knowledgeBase.compare([topic], { jurisdictions: [name] });
      const row = whole.rows.find(({ jurisdiction }) => jurisdiction!.name.endsWith(name));
      expect(alone.rows[0]!.cells[0]).toEqual(row!.cells[0]);
    }
  });

  it('refuses no topics, too many, and a bad perCell', async () => {
    await expect(knowledgeBase.compare([])).rejects.toEqual(refused('query-empty'));
    await expect(knowledgeBase.compare(new Array(21).fill('校车'))).rejects.toEqual(
      refused('too-many-topics'),
    );
    await expect(knowledgeBase.compare(['校车'], { perCell: 101 })).rejects.toEqual(
      refused('limit-out-of-range'),
    );
  });
});

describe('documents and clauses', () => {
  it('lists, opens and cites', () => {
    const summaries = knowledgeBase.documents();
    expect(summaries).toHaveLength(3);
    const summary = summaries.find(({ jurisdiction }) => jurisdiction?.district === '武清区')!;
    const view = knowledgeBase.document(summary.id);
    expect(view.clauses).toHaveLength(summary.clauses);
    const { clause, previous, next, citation } = knowledgeBase.clause(view.clauses[1]!.id);
    expect(clause).toEqual(view.clauses[1]);
    expect([previous?.id, next?.id]).toEqual([view.clauses[0]!.id, view.clauses[2]!.id]);
    expect(citation).toContain(clause.locator);
    expect(JSON.parse(knowledgeBase.citation(clause.id, 'csl-json'))).toBeTruthy();
  });

  it('names unknown ids', () => {
    expect(() => knowledgeBase.document('x')).toThrowError(refused('document-unknown'));
    expect(() => knowledgeBase.clause('x#y')).toThrowError(refused('clause-unknown'));
    expect(() => knowledgeBase.citation('x#y', 'bibtex')).toThrowError(refused('clause-unknown'));
  });

  it('counts what is held', () => {
    expect(knowledgeBase.status()).toMatchObject({ files: 3, documents: 3, unreadable: 0 });
    expect(knowledgeBase.status().jurisdictions.map(({ jurisdiction }) => jurisdiction.name)).toEqual([
      '天津市武清区',
      '山东省潍坊市',
    ]);
  });
});

describe('look-ups', () => {
  const STATUTE =
    '青山市养犬管理条例\n（2020年5月1日青山市第十届人民代表大会常务委员会第二次会议通过）\n第一条 为了规范养犬，制定本条例。\n第二条 本条例适用于本市。\n第十二条 携犬外出应当束犬链。\n第十三条 不遵守第十二条的，处以罚款。\n';
  const NOTICE =
    '青山市人民政府关于印发青山市供热办法的通知\n青政发〔2019〕12号\n第一条 为了规范供热，制定本办法。\n第十二条 供热期从十一月十五日起。\n青山市人民政府\n2019年6月1日\n';

  it('an article, a document number, a title', async () => {
    const own = await mkdtemp(join(tmpdir(), 'tiaowen-lookup-'));
    await writeFile(join(own, '养犬.txt'), STATUTE);
    await writeFile(join(own, '供热.txt'), NOTICE);
    const store = createMemoryStore();
    const embedder = createFakeEmbedder(256);
    await ingest({ corpus: own, store, embedder });
    const base = createKnowledgeBase({ store, embedder: () => Promise.resolve(embedder), findDivision });
    const first = async (query: string) => (await base.search(query, { limit: 1 })).hits[0]!;
    expect((await first('《青山市养犬管理条例》第十二条')).text).toContain('束犬链');
    expect((await first('青山市供热办法 第12条')).label).toBe('第十二条');
    expect((await first('青政发[2019]12号')).document.title).toContain('供热办法');
    expect((await first('青政发〔2019〕12号 第十二条')).text).toContain('供热期');
    await base.close();
    await rm(own, { recursive: true });
  });
});
