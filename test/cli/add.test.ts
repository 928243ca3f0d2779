/** tiaowen add: what it asks for, what it writes where, its exit code. */
import { describe, expect, it } from 'vitest';
import type { Added, AddOptions } from '../../src/add-source.js';
import type { IngestReport } from '../../src/ingest-report.js';
import { TiaowenError } from '../../src/model/errors.js';
import { cli, report, type Outcome } from './stub-services.js';

const added: Added = {
  outcome: 'added',
  path: '天津市武清区.txt',
  url: 'http://a.example/1',
  finalUrl: 'https://a.example/2',
  retrieved: '2025-03-01T02:03:04.000Z',
  contentType: 'text/plain',
  bytes: 2048,
  sha256: 'aa',
  earlier: [],
};
const add = (given: Partial<Added> = {}, flags: readonly string[] = []): Promise<Outcome> =>
  cli(['add', added.url, ...flags], { addSource: async () => ({ ...added, ...given }) });

describe('add', () => {
  it('fetches into the corpus, then ingests, and prints the documents', async () => {
    const asked: unknown[] = [];
    const { code, out, err } = await cli(['add', added.url, '--corpus', '/c', '--index', '/i'], {
      addSource: async (corpus: string, url: string, { signal, ...options }: AddOptions) => {
        asked.push([corpus, url, options, signal?.aborted]);
        return added;
      },
      runIngest: async ({ corpus, index }): Promise<IngestReport> => {
        asked.push([corpus, index]);
        return report;
      },
    });
    expect(asked).toEqual([
      ['/c', added.url, { name: null, allowPrivate: false, ignoreRobots: false }, false],
      ['/c', '/i'],
    ]);
    expect(code).toBe(0);
    expect(err).toBe('已存为 天津市武清区.txt（2.0 KiB，来自 https://a.example/2）。\n');
    expect(out).toBe(
      '《武清区教育规划》 天津市武清区 2021-09-01 85 条条款\n《行动计划》 范本 日期不明 20 条条款\n',
    );
  });

  it('hands on its flags', async () => {
    let asked: AddOptions = {};
    const flags = ['--name', '方案', '--allow-private', '--ignore-robots'];
    await cli(['add', added.url, ...flags], {
      addSource: async (_corpus, _url, options) => {
        asked = options;
        return added;
      },
    });
    expect(asked).toMatchObject({ name: '方案', allowPrivate: true, ignoreRobots: true });
  });

  it('gives all as JSON', async () => {
    const { code, out } = await add({}, ['--json']);
    expect([code, JSON.parse(out)]).toEqual([0, { ...added, file: report.files[0] }]);
  });

  it('says when nothing was stored, or an older one stays, and is 0', async () => {
    const same = await add({ outcome: 'same-bytes' });
    expect([same.code, same.err]).toEqual([
      0,
      '语料目录中已有内容完全相同的文件 天津市武清区.txt，没有另存。\n',
    ]);
    expect((await add({ outcome: 'same-text' })).err).toContain('正文与先前存下的');
    const newer = await add({ earlier: ['旧.html'] });
    expect([newer.code, newer.err]).toEqual([0, expect.stringContaining('旧文件 旧.html 原样保留')]);
  });

  it('is 2 when the file could not be read, 1 when no text was found in it', async () => {
    const unreadable = await add({ path: '坏.txt' });
    expect([unreadable.code, unreadable.out]).toEqual([2, '']);
    expect(unreadable.err).toContain('错误（file-empty）：坏.txt 已存下，但未能读出：文件是空的。\n');
    const file = { ...report.files[0]!, documents: [] };
    const empty = await cli(['add', added.url], {
      addSource: async () => added,
      runIngest: async () => ({ ...report, files: [file] }),
    });
    expect([empty.code, empty.out]).toEqual([1, '']);
    expect(empty.err).toContain('没有认出政策正文');
  });

  it('ingests nothing when it was not fetched', async () => {
    const { code, out, err } = await cli(['add', 'x'], {
      addSource: async () => {
        throw new TiaowenError('url-invalid', '“x”不是网址。');
      },
      runIngest: async () => {
        throw new Error('must not run');
      },
    });
    expect([code, out, err]).toEqual([2, '', '错误（url-invalid）：“x”不是网址。\n']);
  });

  it('shows no control characters of a site', async () => {
    const { err } = await add({ path: 'a\u001b[2J.txt', finalUrl: 'http://a.example/\u202e' });
    expect(err).not.toMatch(/[\u001b\u202e]/);
  });
});
