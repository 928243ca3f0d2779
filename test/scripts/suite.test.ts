import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { topicsAsked } from '../../scripts/evaluation/sayings-of.js';
import { readSuite } from '../../scripts/evaluation/suite.js';
import { PACKAGE_ROOT } from '../../src/config.js';

interface Regulations {
  readonly families: Record<
    string,
    { texts: { file: string; sha256: string }[]; topics: { gold: object }[] }
  >;
}

const SUITES = join(PACKAGE_ROOT, 'scripts/evaluation/suites');
const TEXT =
  '某市养鸟条例\n\n第一章　总则\n第一条　养鸟应当登记，\n并缴纳费用。\n\n第二章　笼\n第二条　鸟笼不得挂在楼道里。\n';
/** A decree behind the text begins to count anew. */
const DECREE = '\n附：某市人民政府令\n第一条　公布施行。\n';

describe('a suite of regulations whose texts lie elsewhere', () => {
  let root: string;
  const texts = { bundledCorpus: '', regulations: '' };
  const suiteOf = async (article: string, sha256: string) => {
    const folder = await mkdtemp(join(root, 'suite-'));
    const gold = { '地方/某市养鸟条例.txt': [{ article, grade: 2 }] };
    const family = {
      texts: [{ file: '地方/某市养鸟条例.txt', sha256 }],
      topics: [{ id: '1', query: '登记', style: 'keyword', gold }],
    };
    await writeFile(join(folder, 'topics.json'), JSON.stringify({ families: { 养鸟: family } }));
    return folder;
  };
  const sha256 = createHash('sha256')
    .update(TEXT + DECREE)
    .digest('hex');

  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'tiaowen-test-suite-'));
    await mkdir(join(root, 'texts', '地方'), { recursive: true });
    texts.regulations = join(root, 'texts');
    await writeFile(join(root, 'texts', '地方', '某市养鸟条例.txt'), TEXT + DECREE);
  });
  afterAll(() => rm(root, { recursive: true }));

  it('finds each article in its text', async () => {
    const [family] = await readSuite(await suiteOf('第一条', sha256), texts);
    expect(family).toMatchObject({
      name: '养鸟',
      corpus: texts.regulations,
      files: ['地方/某市养鸟条例.txt'],
    });
    const [place] = family!.topics[0]!.gold.get('地方/某市养鸟条例.txt')!;
    expect(TEXT.slice(place!.start, place!.end).trim()).toBe('第一条　养鸟应当登记，\n并缴纳费用。');
    expect(place).toMatchObject({ grade: 2, unit: '第一条' });
  });

  it('refuses an article that is not there, another text, and no texts at all', async () => {
    await expect(readSuite(await suiteOf('第九条', sha256), texts)).rejects.toThrow('no 第九条');
    await expect(readSuite(await suiteOf('第一条', '0'.repeat(64)), texts)).rejects.toThrow(
      'not the text that was judged',
    );
    const nowhere = { ...texts, regulations: null };
    await expect(readSuite(await suiteOf('第一条', sha256), nowhere)).rejects.toThrow('--texts');
  });
});

describe('the suites that ship', () => {
  it('quote the bundled corpus, and share no two characters of everyday questions with what answers them', async () => {
    const corpus = join(PACKAGE_ROOT, 'corpus');
    const [family] = await readSuite(join(SUITES, 'plans'), { bundledCorpus: corpus, regulations: null });
    expect(family!.topics).toHaveLength(48);
    const texts = new Map<string, string>();
    for (const file of family!.topics[0]!.gold.keys())
      texts.set(file, await readFile(join(corpus, file), 'utf8'));
    expect(texts.size).toBe(5);
    const shared = family!.topics
      .filter(({ style }) => style === 'colloquial')
      .flatMap(({ query, gold }) =>
        [...gold].flatMap(([file, places]) =>
          places
            .filter(({ grade }) => grade === 2)
            .map(({ start, end }) => texts.get(file)!.slice(start, end))
            .filter((quote) => pairsOf(query).some((pair) => quote.includes(pair))),
        ),
      );
    expect(shared).toEqual([]);
  });

  it('name six regulations a field, each by its hash, and judge each topic in all six', async () => {
    const { families } = JSON.parse(
      await readFile(join(SUITES, 'local-regulations/topics.json'), 'utf8'),
    ) as Regulations;
    expect(Object.keys(families)).toHaveLength(8);
    for (const { texts, topics } of Object.values(families)) {
      const files = texts.map(({ file }) => file).sort();
      expect(new Set(files).size).toBe(6);
      expect(topics).toHaveLength(14);
      for (const { sha256 } of texts) expect(sha256).toMatch(/^[0-9a-f]{64}$/);
      for (const { gold } of topics) expect(Object.keys(gold).sort()).toEqual(files);
    }
  });

  it('first answers are judged in texts of their group only, on no field of the others', async () => {
    const { families } = JSON.parse(
      await readFile(join(SUITES, 'first-answers/topics.json'), 'utf8'),
    ) as Regulations;
    expect(Object.keys(families)).toHaveLength(176);
    const others = /养犬|急救|营商环境|职业教育|电梯|养老|旅游|学前|幼儿园|生活垃圾|物业/;
    for (const [name, { texts, topics }] of Object.entries(families)) {
      const files = new Set(texts.map(({ file }) => file));
      for (const { file, sha256 } of texts) {
        expect(file).not.toMatch(others);
        expect(sha256).toMatch(/^[0-9a-f]{64}$/);
      }
      expect(topics.length, name).toBeGreaterThan(6);
      for (const { gold } of topics) for (const file of Object.keys(gold)) expect(files).toContain(file);
    }
  });
});

it('topics of the bank that a question was taken from are known: by a saying, the topic or its question', () => {
  const saying = (text: string, topic: string, meaning: string) => ({ text, topic, meaning });
  const bank = [
    saying('娃没人接', '课后服务', '课后服务，放学后谁照看？'),
    saying('放学早', '课后服务', '课后服务，放学后谁照看？'),
    saying('狗咬人', '养犬管理', '养犬管理'),
  ];
  const asked = (...questions: string[]) => [...topicsAsked(bank, new Set(questions))];
  expect(asked('娃没人接')).toEqual(['课后服务']);
  expect(asked('放学后谁照看？', '养犬管理')).toEqual(['课后服务', '养犬管理']);
  expect(asked('放学')).toEqual([]);
});

function pairsOf(text: string): string[] {
  return [...text.matchAll(/(?=(\p{Script=Han}{2}))/gu)].map((match) => match[1]!);
}
