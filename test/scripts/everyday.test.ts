import { access, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hashOf } from '../../scripts/evaluation/articles.js';
import { readEveryday, type EverydayFiles } from '../../scripts/evaluation/everyday.js';
import { withCorpusOf } from '../../scripts/evaluation/index-of-family.js';

const OLD = '某市养鸟条例\n\n第一条　养鸟应当登记。\n第二条　鸟笼不得挂在路灯上。\n';
const NEW =
  '某市养鸟条例\n\n第一章　总则\n第一条　养鸟应当登记，\n并缴纳费用。\n\n第二章　笼\n第二条　鸟笼不得挂在楼道里。\n第三条　夜间应当罩住鸟笼。\n';
const REGISTER = hashOf('养鸟应当登记，并缴纳费用。');
/** Hashed with the heading that follows, as some rows are. */
const REGISTER_AND_HEADING = hashOf('养鸟应当登记，\n并缴纳费用。\n\n第二章　笼');
const CAGE = hashOf('鸟笼不得挂在楼道里。');
const NIGHT = hashOf('夜间应当罩住鸟笼。');

const saying = (document: string, clause: string, sayings: string[], more = {}) => ({
  document,
  clause,
  topic: '管理',
  question: `${clause}怎么规定？`,
  paraphrase: `${clause}换句话`,
  sayings,
  ...more,
});

let root: string;
let texts: string;
let files: EverydayFiles;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'tiaowen-test-everyday-'));
  texts = join(root, 'texts');
  await mkdir(join(texts, '地方'), { recursive: true });
  await writeFile(join(texts, '地方', '某市养鸟条例(2001-01-01).txt'), OLD);
  await writeFile(join(texts, '地方', '某市养鸟条例(2020-01-01).txt'), NEW);
  await writeFile(join(texts, '别的条例.txt'), '别的条例\n第一条　别的。\n');
  const write = async (name: string, rows: readonly object[]) => {
    await writeFile(join(root, name), rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
    return join(root, name);
  };
  await writeFile(join(root, 'held-out.txt'), '某市养鸟条例\n');
  files = {
    questions: await write('questions.jsonl', [
      {
        document: '某市养鸟条例',
        question: '养只鹦鹉要跟谁说',
        judged: { [REGISTER]: 2, [CAGE]: 0, [NIGHT]: 1 },
      },
      { document: '某市养鸟条例', question: '鸟飞走了咋办', judged: { [CAGE]: 0 } },
      { document: '某市养鸟条例', question: '旧路灯那条', judged: { [hashOf('鸟笼不得挂在路灯上。')]: 2 } },
      { document: '没有的条例', question: '找不到', judged: { [CAGE]: 2 } },
    ]),
    sayings: await write('sayings.jsonl', [
      saying('某市养鸟条例', CAGE, ['楼道里全是鸟笼']),
      saying('某市养鸟条例', REGISTER_AND_HEADING, ['养鸟还要交钱']),
      saying('别的条例', hashOf('别的。'), ['别的说法']),
      saying('不问的条例', hashOf('不问。'), ['不问的说法']),
      saying('别的条例', hashOf('别的。'), ['留出来的说法'], { heldOut: true }),
    ]),
    heldOut: join(root, 'held-out.txt'),
  };
});

afterAll(() => rm(root, { recursive: true }));

describe('readEveryday', () => {
  const quotesOf = async (query: string) => {
    const { topics } = await readEveryday(texts, files);
    return topics
      .filter((topic) => topic.query === query)
      .flatMap(({ style, gold }) =>
        [...gold].map(([file, places]) => {
          const text = file.includes('2020') ? NEW : OLD;
          return {
            style,
            file,
            places: places.map(({ start, end, grade }) => [text.slice(start, end).trim(), grade]),
          };
        }),
      );
  };

  it('takes the edition that has the clauses, and the places of those that are right', async () => {
    expect(await quotesOf('养只鹦鹉要跟谁说')).toEqual([
      {
        style: 'colloquial, from titles',
        file: '地方/某市养鸟条例(2020-01-01).txt',
        places: [
          ['第一条　养鸟应当登记，\n并缴纳费用。', 2],
          ['第三条　夜间应当罩住鸟笼。', 1],
        ],
      },
    ]);
    expect(await quotesOf('旧路灯那条')).toMatchObject([
      { file: '地方/某市养鸟条例(2001-01-01).txt', places: [['第二条　鸟笼不得挂在路灯上。', 2]] },
    ]);
  });

  it('knows a clause that was hashed with the heading behind it, and ends it before that heading', async () => {
    expect(await quotesOf('养鸟还要交钱')).toMatchObject([
      { style: 'colloquial', places: [['第一条　养鸟应当登记，\n并缴纳费用。', 2]] },
    ]);
  });

  it('makes one question of a topic that two clauses rule', async () => {
    expect(await quotesOf('管理')).toMatchObject([
      {
        style: 'keyword',
        file: '地方/某市养鸟条例(2020-01-01).txt',
        places: [
          ['第二条　鸟笼不得挂在楼道里。', 2],
          [expect.stringContaining('第一条'), 2],
        ],
      },
      { style: 'keyword', file: '别的条例.txt' },
    ]);
  });

  it('asks nothing without a right clause, counts what has no text, and leaves alone rows that are not held out', async () => {
    const { topics, leftOut, files: read } = await readEveryday(texts, files);
    const queries = topics.map(({ query }) => query);
    expect(queries).not.toContain('鸟飞走了咋办');
    expect(queries).not.toContain('别的说法');
    expect(queries).toContain('留出来的说法');
    expect(leftOut).toBe(1);
    expect(read).toEqual([
      '别的条例.txt',
      '地方/某市养鸟条例(2001-01-01).txt',
      '地方/某市养鸟条例(2020-01-01).txt',
    ]);
  });

  it('takes all that was said of the regulations it asks about out of the bank', async () => {
    const { strangers } = await readEveryday(texts, files);
    const bank = ['楼道里全是鸟笼', '别的说法', '留出来的说法', '不问的说法', '一句家常'].map((text) => ({
      text,
    }));
    expect(strangers(bank).map(({ text }) => text)).toEqual(['不问的说法', '一句家常']);
  });

  it('says when the folder has no text of what is asked about', async () => {
    const empty = join(root, 'empty');
    await mkdir(empty);
    await expect(readEveryday(empty, files)).rejects.toThrow(/no text of a regulation/);
  });
});

describe('withCorpusOf', () => {
  it('shows the files alone, and leaves nothing behind when the work fails', async () => {
    let seen = '';
    const work = withCorpusOf(texts, ['地方/某市养鸟条例(2020-01-01).txt'], async (corpus) => {
      seen = corpus;
      expect(await readdir(corpus)).toEqual(['地方']);
      expect(await readdir(join(corpus, '地方'))).toEqual(['某市养鸟条例(2020-01-01).txt']);
      throw new Error('the work failed');
    });
    await expect(work).rejects.toThrow('the work failed');
    await expect(access(seen)).rejects.toThrow('ENOENT');
  });
});
