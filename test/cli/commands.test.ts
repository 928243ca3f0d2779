/** Each command: what it asks, what it writes where, its exit code. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import type { ParsedFile } from '../../src/model/document.js';
import { TiaowenError } from '../../src/model/errors.js';
import type { Services } from '../../src/cli/context.js';
import * as stub from '../server/stub-knowledge-base.js';
import { cli, report } from './stub-services.js';

afterEach(() => vi.unstubAllEnvs());

describe('search', () => {
  it('asks with every option and prints quote, place and citation', async () => {
    const { code, out, err, knowledgeBase } = await cli(
      'search 教师 轮岗 --limit 5 --jurisdiction 武清区 --jurisdiction 聊城市 --kind 规划 --year 2021 --document d'.split(
        ' ',
      ),
    );
    expect(knowledgeBase.asked).toEqual([
      [
        'search',
        '教师 轮岗',
        { jurisdictions: ['武清区', '聊城市'], kind: '规划', year: 2021, document: 'd', limit: 5 },
      ],
    ]);
    expect([code, err]).toEqual([0, '']);
    expect(out).toBe(`1. 天津市武清区　《武清区教育规划》
   三、重点任务 › （一）
   “（一）教师交流。推进<b>教师</b>轮岗。”
   引注：天津市武清区人民政府：《武清区教育规划》（津武政〔2021〕5号），第三部分（一）
   原件：天津市武清区.txt，第 2 页
   编号：120114-津武政〔2021〕5号~a/b%#sec-3.sub-1
   理由：相关度 0.750；语义 0.700；词语 教师；同义 轮岗
`);
    expect(knowledgeBase.closed).toBe(true);
  });

  it('says what a question in everyday words may mean, before the answer', async () => {
    const meanings = [
      { topic: '课后服务', saying: '放学没人接' },
      { topic: '校车', saying: '下课没车坐' },
    ];
    const offered = '按日常说法理解，可改问：课后服务、校车\n\n';
    const knowledgeBase = new stub.StubKnowledgeBase();
    const understood = (query: string) => ({ ...stub.understood(query), meanings });
    knowledgeBase.search = async (query) => ({ ...stub.searchAnswer(query), understood: understood(query) });
    knowledgeBase.compare = async (topics) => ({
      ...stub.comparison(topics),
      understood: topics.map((topic, i) => (i === 0 ? understood(topic) : stub.understood(topic))),
    });
    const services = { openKnowledgeBase: async () => knowledgeBase };
    expect((await cli(['search', '娃没人接'], services)).out).toMatch(new RegExp(`^${offered}1\\. `));
    const { out } = await cli(['compare', '娃没人接', '校车'], services);
    expect(out.split('可改问')).toHaveLength(2);
    expect(out).toContain(`${'─'.repeat(40)}\n${offered}【`);
  });

  it('gives the whole answer as JSON', async () => {
    const { out } = await cli(['search', 'x', '--json']);
    expect(JSON.parse(out)).toEqual(stub.searchAnswer('x'));
  });

  it('is 1 when nothing was found, and says so on stderr', async () => {
    const knowledgeBase = new stub.StubKnowledgeBase();
    knowledgeBase.search = async (query) => ({ ...stub.searchAnswer(query), hits: [] });
    const services = { openKnowledgeBase: async () => knowledgeBase };
    expect(await cli(['search', 'x'], services)).toMatchObject({
      code: 1,
      out: '',
      err: '没有找到相关条款。\n',
    });
    const json = await cli(['search', 'x', '--json'], services);
    expect([json.code, JSON.parse(json.out)]).toEqual([1, { ...stub.searchAnswer('x'), hits: [] }]);
  });
});

describe('compare', () => {
  it('prints a block per topic, in it one per district', async () => {
    const { code, out, knowledgeBase } = await cli([
      'compare',
      '教师轮岗',
      '集团化办学',
      '--per-cell',
      '2',
      '--templates',
    ]);
    expect(knowledgeBase.asked).toEqual([
      ['compare', ['教师轮岗', '集团化办学'], { perCell: 2, templates: true }],
    ]);
    expect(code).toBe(0);
    expect(out).toBe(`主题：教师轮岗
────────────────────────────────────────
【天津市武清区】有规定
  三、重点任务 › （一）
  “（一）教师交流。推进<b>教师</b>轮岗。”
  引注：天津市武清区人民政府：《武清区教育规划》（津武政〔2021〕5号），第三部分（一）
  原件：天津市武清区.txt，第 2 页
  编号：120114-津武政〔2021〕5号~a/b%#sec-3.sub-1

【范本《武清区教育规划》】未收录该地文件

主题：集团化办学
────────────────────────────────────────
【天津市武清区】未见规定（已查 1 份文件、2 条）
  最接近的条款（供参看，不作为规定）：
    三、重点任务 › （二）
    “（二）集团化办学。扩大覆盖面。”
    引注：天津市武清区人民政府：《武清区教育规划》（津武政〔2021〕5号），第三部分（二）
    编号：120114-津武政〔2021〕5号~a/b%#sec-3.sub-2

【范本《武清区教育规划》】未收录该地文件
`);
  });

  it('takes options before topics without swallowing them', async () => {
    const { knowledgeBase } = await cli(['compare', '--jurisdiction', '武清区', '教师', '办学']);
    expect(knowledgeBase.asked).toEqual([['compare', ['教师', '办学'], { jurisdictions: ['武清区'] }]]);
  });

  it('is 1 when no district says anything', async () => {
    const knowledgeBase = new stub.StubKnowledgeBase();
    knowledgeBase.compare = async (topics) => ({
      ...stub.comparison(topics),
      rows: stub.comparison(topics).rows.slice(1),
    });
    const answer = await cli(['compare', 'x'], { openKnowledgeBase: async () => knowledgeBase });
    expect([answer.code, answer.err]).toEqual([1, '各地均未见规定。\n']);
  });

  it('quotes the matching sentence of a long clause, marks of omission outside the quote', async () => {
    const hit = stub.hitOf(stub.clauses[0]);
    const text = `${'甲'.repeat(100)}。推进轮岗。${'乙'.repeat(100)}。`;
    const long = {
      ...hit,
      text,
      span: { start: 0, end: text.length },
      passage: { start: 101, end: 106, text: '推进轮岗。' },
    };
    const knowledgeBase = new stub.StubKnowledgeBase();
    knowledgeBase.search = async (query) => ({ ...stub.searchAnswer(query), hits: [long] });
    const services = { openKnowledgeBase: async () => knowledgeBase };
    expect((await cli(['search', 'x'], services)).out).toContain('\n   ……“推进轮岗。”……\n');
    expect((await cli(['search', 'x', '--full'], services)).out).toContain(`“${text}”`);
  });
});

describe('cite', () => {
  it.each(['gbt7714', 'bibtex', 'ris', 'csl-json'])('gives %s', async (style) => {
    const { out, code } = await cli(['cite', stub.CLAUSE_ID, '--style', style]);
    expect([code, out]).toEqual([0, `${style}: ${stub.clauseView.citation}\n`]);
  });
  it('knows no other style, no other clause', async () => {
    expect(await cli(['cite', 'x', '--style', 'apa'])).toMatchObject({
      code: 2,
      err: expect.stringContaining('错误（style-unknown）：'),
    });
    expect(await cli(['cite', 'x'])).toMatchObject({
      code: 2,
      err: '错误（clause-unknown）：没有 id 为 x 的条款。\n',
    });
  });
});

describe('ingest', () => {
  it('prints a table to stdout and what was not read to both', async () => {
    const { code, out, err } = await cli(['ingest']);
    expect(code).toBe(0);
    expect(out).toBe(`状态    源文件            文件            地区          日期        条款  疑点
──────  ────────────────  ──────────────  ────────────  ──────────  ────  ────
新增    天津市武清区.txt  武清区教育规划  天津市武清区  2021-09-01    85     1
新增    天津市武清区.txt  行动计划        范本          —             20     0
未读出  坏.txt            —               —             —              0     1
未读出 坏.txt：文件是空的。
共 2 个源文件、105 条条款、300 个检索段落，用时 2.3 秒。
剔除非正文内容 3 处（41 字），解析疑点 2 处；逐处查看：tiaowen parse 文件 --diagnostics。
`);
    expect(err).toBe('注意：有 1 个源文件未能读出，其余均已收录。\n');
  });

  it('gives paths and settings on, and its report as JSON', async () => {
    const runIngest = vi.fn(async () => report);
    vi.stubEnv('TIAOWEN_MODEL', 'a/b');
    const { out } = await cli(['ingest', '--corpus', '/c', '--index', '/i', '--json'], { runIngest });
    expect(runIngest).toHaveBeenCalledWith(
      expect.objectContaining({ corpus: '/c', index: '/i', model: 'a/b' }),
      expect.objectContaining({ signal: expect.any(AbortSignal) }),
    );
    expect(JSON.parse(out)).toEqual(report);
  });

  it('shows progress as lines on stderr where nobody watches, at most one a second within a phase', async () => {
    const progress = { filesTotal: 3, clauses: 10, passagesTotal: 80, remainingMs: 61_000, file: '甲.txt' };
    const { err, out } = await cli(['ingest', '--json'], {
      runIngest: async (_config, { onProgress }) => {
        onProgress?.({
          ...progress,
          phase: 'read',
          filesDone: 0,
          passagesDone: 0,
          elapsedMs: 100,
          remainingMs: null,
        });
        onProgress?.({ ...progress, phase: 'read', filesDone: 1, passagesDone: 0, elapsedMs: 200 });
        onProgress?.({ ...progress, phase: 'embed', filesDone: 1, passagesDone: 40, elapsedMs: 400 });
        onProgress?.({ ...progress, phase: 'embed', filesDone: 2, passagesDone: 50, elapsedMs: 1399 });
        onProgress?.({ ...progress, phase: 'embed', filesDone: 2, passagesDone: 70, elapsedMs: 1400 });
        return { ...report, files: [] };
      },
    });
    expect(err.split('\n')).toEqual([
      '读取　文件 0/3，条款 10　甲.txt',
      '向量化　文件 1/3，条款 10，段落 40/80，100 段/秒，剩余约 1 分 1 秒　甲.txt',
      '向量化　文件 2/3，条款 10，段落 70/80，50 段/秒，剩余约 1 分 1 秒　甲.txt',
      '',
    ]);
    expect(() => JSON.parse(out)).not.toThrow();
  });

  it('says what it waits for, and how far an index of an earlier version is', async () => {
    const { err } = await cli(['ingest'], {
      runIngest: async (_config, { onProgress }) => {
        onProgress?.({ phase: 'wait', done: 0, total: 1 });
        onProgress?.({ phase: 'upgrade', done: 20, total: 80 });
        onProgress?.({ phase: 'renew', done: 1, total: 3 });
        return report;
      },
    });
    expect(err).toMatch(/^等待另一个进程写完索引\n升级索引格式　20\/80\n更新检索词　1\/3\n/);
  });

  it('is 130 when it was interrupted', async () => {
    const runIngest = async (): Promise<never> => {
      throw new DOMException('aborted', 'AbortError');
    };
    expect(await cli(['ingest'], { runIngest })).toMatchObject({
      code: 130,
      err: '已中断：索引完好，再次运行即可继续。\n',
    });
  });
});

describe('check', () => {
  it('says that all is well', async () => {
    const { code, out } = await cli(['check']);
    expect([code, out]).toEqual([
      0,
      '索引完好：2 个源文件、1 份文件、2 条条款、4 个检索段落，第 3 代，模型 tiaowen/policy-encoder-small-zh。\n',
    ]);
  });
  it('shows how far it is on stderr, a line per phase at most once a second', async () => {
    const checkIndex: Services['checkIndex'] = async (_config, { onProgress }) => {
      for (const done of [0, 1, 2]) onProgress?.({ phase: 'verify', done, total: 2 });
      onProgress?.({ phase: 'sources', done: 0, total: 3 });
      return { findings: [], status: stub.status };
    };
    const { err, out } = await cli(['check', '--json'], { checkIndex });
    expect(err).toBe('检查索引　0/2\n核对源文件　0/3\n');
    expect(JSON.parse(out).findings).toEqual([]);
  });
  it('leaves Ctrl-C to the system, which is heard at any moment', async () => {
    const before = process.listenerCount('SIGINT');
    const listening: number[] = [];
    const note = () => listening.push(process.listenerCount('SIGINT'));
    const checkIndex: Services['checkIndex'] = async () => {
      note();
      return { findings: [], status: stub.status };
    };
    const repairIndex: Services['repairIndex'] = async () => {
      note();
      return { findings: [], status: stub.status, found: [], setAside: null };
    };
    await cli(['check'], { checkIndex });
    await cli(['check', '--repair'], { repairIndex });
    expect(listening).toEqual([before, before]);
  });
  it('is 2 with every finding by its code', async () => {
    const findings = [{ code: 'clause-text', message: '条款与正文不符。', subject: 'd#1' }];
    const checkIndex = async () => ({ findings, status: stub.status });
    const { code, out } = await cli(['check'], { checkIndex });
    expect(code).toBe(2);
    expect(out).toContain('问题（clause-text）：条款与正文不符。　d#1\n发现 1 处问题：');
    const json = await cli(['check', '--json'], { checkIndex });
    expect([json.code, JSON.parse(json.out).findings]).toEqual([2, findings]);
  });
});

it('documents lists what is held and what could not be read', async () => {
  const { code, out } = await cli(['documents']);
  expect(code).toBe(0);
  expect(out).toContain('天津市武清区  武清区教育规划  津武政〔2021〕5号  2021-09-01     2  ');
  expect(out).toContain('未读出 坏文件.bin：不是文本文件。\n');
  expect(JSON.parse((await cli(['documents', '--json'])).out)).toEqual({
    documents: [stub.summary],
    files: stub.files,
  });
});

describe('parse', () => {
  const source = `${'导航\n'.repeat(20)}武清区教育规划\n${stub.documentView.text}`;
  const start = source.indexOf('武清区教育规划');
  const parsed: ParsedFile = {
    file: { ...stub.files[0]!, noise: [{ span: { start: 0, end: 60 }, reason: 'navigation' }] },
    source,
    places: [],
    documents: [
      {
        id: stub.DOCUMENT_ID,
        file: '甲.txt',
        ordinal: 0,
        metadata: stub.document,
        provenance: { title: { start, end: start + 7 } },
        text: stub.documentView.text,
        map: [],
        frontMatter: [],
        headings: stub.documentView.outline,
        clauses: stub.clauses,
        diagnostics: stub.documentView.diagnostics,
      },
    ],
  };
  function fileOf(text: string): string {
    const folder = mkdtempSync(join(tmpdir(), 'tiaowen-parse-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const path = join(folder, '甲.txt');
    writeFileSync(path, text);
    return path;
  }

  it('prints metadata with where it was read, and the tree', async () => {
    const { code, out } = await cli(['parse', fileOf(source)], { parseFile: async () => parsed });
    expect(code).toBe(0);
    expect(out).toContain('  标题：武清区教育规划　← 源文件第 21 行 [60, 67)\n');
    expect(out).toContain('  规划期：2021–2025\n');
    expect(out).toContain(
      [
        '▸ 三、重点任务',
        '  · （一）（22 字，含 1 款项目）（一）教师交流。推进<b>教师</b>轮岗。',
        '  · （二）（15 字，含 1 款项目）（二）集团化办学。扩大覆盖面。',
        '',
      ].join('\n'),
    );
    expect(out).not.toContain('略去');
  });

  it('prints what was dropped and doubted when asked', async () => {
    const { out } = await cli(['parse', fileOf(source), '--diagnostics'], { parseFile: async () => parsed });
    expect(out).toContain('略去 1 处\n  第 1 行 [navigation] 导航 导航');
    expect(out).toContain('疑点 1 处\n  注意 第 2 行 [date-doubtful] 日期存疑。\n');
  });

  it('names a file that is not there or cannot be read', async () => {
    expect(await cli(['parse', '/nowhere.txt'])).toMatchObject({
      code: 2,
      err: expect.stringMatching(/^错误（file-unknown）：.*ENOENT/),
    });
    const unreadable: ParsedFile = { file: stub.files[1]!, source: '', places: [], documents: [] };
    const { code, err } = await cli(['parse', fileOf('x')], { parseFile: async () => unreadable });
    expect([code, err]).toEqual([2, '错误（not-text）：不是文本文件。\n']);
  });
});

describe('start', () => {
  it('says that the corpus is missing when there is no index either', async () => {
    const { code, err } = await cli(['start', '--port', '0'], {
      runIngest: async () => {
        throw new TiaowenError('corpus-empty', '语料目录为空。');
      },
      openKnowledgeBase: async () => {
        throw new TiaowenError('index-missing', '没有索引。');
      },
    });
    expect([code, err]).toEqual([
      2,
      '注意：语料目录为空。沿用已有的索引。\n错误（corpus-empty）：语料目录为空。\n',
    ]);
  });

  it.each(['start', 'serve'])('%s opens nothing to others without a token', async (command) => {
    const runIngest = vi.fn(async () => report);
    const { code, err } = await cli([command, '--host', '0.0.0.0'], { runIngest });
    expect([code, err]).toEqual([2, expect.stringContaining('错误（config-invalid）：设置 TIAOWEN_TOKEN')]);
    expect(runIngest).not.toHaveBeenCalled();
  });
});

describe('errors', () => {
  it.each<[string[], string]>([
    [['serach', 'x'], '错误（parameter-invalid）：没有 serach 这个命令。是否要用 search？'],
    [['search'], '错误（parameter-invalid）：缺少参数 检索词。'],
    [['search', 'x', '--lmit', '3'], '没有 --lmit 这个选项。是否要用 --limit？'],
    [['search', 'x', '--limit', 'abc'], '错误（parameter-invalid）：选项 --limit 的值须是整数，现为“abc”。'],
    [['search', 'x', '--limit'], '后面缺少值'],
    [['check', 'a'], '参数过多'],
    [['serve', '--port', '99999'], '错误（config-invalid）：设置 --port '],
  ])('tiaowen %j', async (args, message) => {
    const { code, out, err } = await cli(args);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(message);
    expect(err.trim().split('\n')).toHaveLength(1);
  });

  it('of ours show no stack unless asked for', async () => {
    const openKnowledgeBase = async (): Promise<never> => {
      throw new Error('broken\x1b[31m');
    };
    const quiet = await cli(['search', 'x'], { openKnowledgeBase });
    expect([quiet.code, quiet.err]).toEqual([
      2,
      expect.stringMatching(/^错误（internal）：.*broken\ufffd\[31m.*\n$/),
    ]);
    vi.stubEnv('TIAOWEN_DEBUG', '1');
    expect((await cli(['search', 'x'], { openKnowledgeBase })).err).toContain('commands.test.ts');
  });

  it('close the knowledge base that was opened', async () => {
    const knowledgeBase = new stub.StubKnowledgeBase();
    knowledgeBase.failure = new TiaowenError('query-empty', '检索词为空。');
    const { code } = await cli(['search', ''], { openKnowledgeBase: async () => knowledgeBase });
    expect([code, knowledgeBase.closed]).toEqual([2, true]);
  });
});

describe('help', () => {
  it('is in Chinese, for the program and every command', async () => {
    const { code, out } = await cli(['--help']);
    expect(code).toBe(0);
    for (const name of [
      'start',
      'ingest',
      'search',
      'compare',
      'cite',
      'documents',
      'parse',
      'serve',
      'check',
    ]) {
      expect(out).toContain(`\n  ${name} `);
      const help = await cli([name, '--help']);
      expect([name, help.code]).toEqual([name, 0]);
      expect(help.out).not.toMatch(/Usage|Options:|Arguments:|display help|default:/);
    }
  });
  it('is shown, as an error, when no command is given', async () => {
    expect(await cli([])).toMatchObject({ code: 2, out: '', err: expect.stringContaining('用法：') });
  });
});
