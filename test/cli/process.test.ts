/** The built program on a small corpus, as a researcher would run it: real model, real index, real exit codes. */
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync, readdirSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { IngestReport } from '../../src/ingest-report.js';
import type { DocumentSummary } from '../../src/knowledge-base.js';
import type { ParsedFile } from '../../src/model/document.js';
import type { Comparison, SearchAnswer } from '../../src/model/answer.js';
import { encodeAs } from '../extract/encoding/encode.js';
import { answer, siteOf } from '../fetch/local-site.js';
import { addressOf, CORPUS, ended, MODEL, start, tiaowen, type Ended } from './tiaowen-process.js';

let folder: string;
let env: { TIAOWEN_CORPUS: string; TIAOWEN_INDEX: string };
let first: Ended;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tiaowen-cli-'));
  env = { TIAOWEN_CORPUS: folderOf('corpus', CORPUS), TIAOWEN_INDEX: join(folder, 'index') };
  first = await tiaowen(['ingest'], env);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A folder with these files; returns its path. */
function folderOf(name: string, files: Readonly<Record<string, string | Uint8Array>>): string {
  const path = join(folder, name);
  mkdirSync(path, { recursive: true });
  for (const [file, content] of Object.entries(files)) writeFileSync(join(path, file), content);
  return path;
}

/** A copy of the index that a test may spoil. */
function copyOfIndex(name: string, spoil: (database: Database.Database) => void): string {
  const path = join(folder, name);
  cpSync(env.TIAOWEN_INDEX, path, { recursive: true });
  const database = new Database(join(path, 'tiaowen.sqlite'));
  spoil(database);
  database.close();
  return path;
}

/** Exit 2, one line on stderr with the code, nothing on stdout, no stack. */
function expectError({ code, out, err }: Ended, errorCode: string, ...words: string[]): void {
  expect(err).toMatch(new RegExp(`^错误（${errorCode}）：.+[。）]\\n$`, 'm'));
  for (const word of words) expect(err).toContain(word);
  expect(err).not.toMatch(/\n\s+at |node_modules/);
  expect([code, out]).toEqual([2, '']);
}

describe('ingest', () => {
  it('prints a summary to stdout and progress to stderr', () => {
    expect(first.code).toBe(0);
    expect(first.out).toContain('武清区.txt');
    expect(first.out).toMatch(/共 2 个源文件、\d+ 条条款/);
    expect(first.err).toContain('写入索引');
  });

  it('reads nothing again that did not change', async () => {
    const { code, out } = await tiaowen(['ingest', '--json'], env);
    const report = JSON.parse(out) as IngestReport;
    expect(code).toBe(0);
    expect(report.files.map(({ path, state }) => [path, state])).toEqual([
      ['武清区.txt', 'unchanged'],
      ['聊城市.txt', 'unchanged'],
    ]);
  });

  it('goes on past files that cannot be read, and names them', async () => {
    const corpus = folderOf('dirty', {
      ...CORPUS,
      '空.txt': '',
      '乱码.txt': new Uint8Array([0xc4, 0xcf, 0xc4, 0xe3, 0xff, 0xfe, 0x80]),
      '表.xyz': 'x',
    });
    const { code, out, err } = await tiaowen([
      'ingest',
      '--corpus',
      corpus,
      '--index',
      join(folder, 'dirty-index'),
      '--json',
    ]);
    const { files } = JSON.parse(out) as IngestReport;
    expect(code).toBe(0);
    expect(Object.fromEntries(files.map(({ path, state }) => [path, state]))).toEqual({
      '武清区.txt': 'added',
      '聊城市.txt': 'added',
      '空.txt': 'unreadable',
      '乱码.txt': 'unreadable',
      '表.xyz': 'unreadable',
    });
    for (const { state, diagnostics } of files) {
      if (state === 'unreadable') expect(diagnostics[0]?.message).toMatch(/\p{Script=Han}/u);
    }
    expect(err).toContain('有 3 个源文件未能读出');
  });

  it('names a corpus folder that is missing or empty, and leaves the index alone', async () => {
    expectError(
      await tiaowen(['ingest', '--corpus', join(folder, 'nowhere')], env),
      'corpus-missing',
      'nowhere',
    );
    expectError(await tiaowen(['ingest', '--corpus', folderOf('empty', {})], env), 'corpus-empty', 'empty');
    expect((await tiaowen(['documents'], env)).out).toContain('武清区');
  });

  it('stops at the first signal, and goes on the next time', async () => {
    const long = Array.from({ length: 40 }, (_, i) => [
      `${i}.txt`,
      CORPUS['武清区.txt']!.replaceAll('教师', `教师${i}`).repeat(3),
    ]);
    const corpus = folderOf('long', Object.fromEntries(long) as Record<string, string>);
    const child = start(['ingest', '--corpus', corpus, '--index', join(folder, 'long-index')]);
    child.stderr?.once('data', () => child.kill('SIGINT'));
    const { code, err } = await ended(child);
    expect([code, err.includes('已中断')]).toEqual([130, true]);
  });
});

describe('add', () => {
  it('fetches a page, keeps where it came from, and finds its clauses', async () => {
    const html =
      '<html><body><h1>聊城市东昌府区校园安全工作方案</h1><p>一、总体要求</p><p>学校食堂实行校长负责制。</p></body></html>';
    const { origin } = await siteOf({
      '/a.html': answer(Buffer.from(encodeAs(html, 'gbk')), { 'content-type': 'text/html; charset=gbk' }),
    });
    const corpus = folderOf('added', {});
    const settings = { TIAOWEN_CORPUS: corpus, TIAOWEN_INDEX: join(folder, 'added-index') };
    expectError(await tiaowen(['add', `${origin}/a.html`], settings), 'address-private', '--allow-private');
    const { code, out, err } = await tiaowen(['add', `${origin}/a.html`, '--allow-private'], settings);
    expect([code, out]).toEqual([0, expect.stringContaining('《聊城市东昌府区校园安全工作方案》')]);
    expect(err).toContain('已存为 聊城市东昌府区校园安全工作方案.html');
    expect(readdirSync(corpus).sort()).toEqual([
      '聊城市东昌府区校园安全工作方案.html',
      '聊城市东昌府区校园安全工作方案.html.meta.json',
    ]);
    const database = new Database(join(settings.TIAOWEN_INDEX, 'tiaowen.sqlite'), { readonly: true });
    expect(database.prepare('SELECT url, encoding FROM files').all()).toEqual([
      { url: `${origin}/a.html`, encoding: 'gb18030' },
    ]);
    database.close();
    const path = join(corpus, '聊城市东昌府区校园安全工作方案.html');
    const parsed = JSON.parse((await tiaowen(['parse', path, '--json'])).out) as ParsedFile;
    expect(parsed.file.url).toBe(`${origin}/a.html`);
    const again = await tiaowen(['add', `${origin}/a.html`, '--allow-private', '--json'], settings);
    expect([again.code, JSON.parse(again.out)]).toMatchObject([0, { outcome: 'same-bytes' }]);
  });
});

describe('answers', () => {
  it('compare tells districts that say something from those that do not', async () => {
    const { code, out } = await tiaowen(['compare', '教师轮岗交流', '--json'], env);
    expect(code).toBe(0);
    const { rows } = JSON.parse(out) as Comparison;
    const outcomes = rows.map(({ documents, cells }) => [documents[0]?.file, cells[0]?.outcome]);
    expect(Object.fromEntries(outcomes)).toEqual({ '武清区.txt': 'found', '聊城市.txt': 'no-provision' });
    const [hit] = rows.flatMap(({ cells }) => cells[0]!.hits);
    expect(CORPUS['武清区.txt']).toContain(hit!.text);
    expect(hit!.text).toContain(hit!.passage.text);
  });

  it('compare reads well too', async () => {
    const { code, out } = await tiaowen(['compare', '教师轮岗交流'], env);
    expect(code).toBe(0);
    expect(out).toContain('】有规定\n');
    expect(out).toContain('】未见规定（已查 1 份文件、');
    expect(out).toContain('最接近的条款（供参看，不作为规定）：');
  });

  it('compare is 1 when no district says anything', async () => {
    const { documents } = JSON.parse((await tiaowen(['documents', '--json'], env)).out) as {
      documents: DocumentSummary[];
    };
    const silent = documents.find(({ file }) => file === '聊城市.txt')!;
    const answer = await tiaowen(['compare', '教师轮岗交流', '--document', silent.id], env);
    expect([answer.code, answer.err]).toEqual([1, '各地均未见规定。\n']);
  });

  it('search, then cite what was found', async () => {
    const { code, out } = await tiaowen(['search', '食堂食品安全', '--limit', '1', '--json'], env);
    expect(code).toBe(0);
    const { hits } = JSON.parse(out) as SearchAnswer;
    expect(hits).toHaveLength(1);
    expect(hits[0]!.text).toContain('食堂');
    const cited = await tiaowen(['cite', hits[0]!.clauseId], env);
    expect([cited.code, cited.out.trim().length > 0]).toEqual([0, true]);
  });

  it('the same question has the same answer, byte for byte', async () => {
    const once = await tiaowen(['search', '体育活动时间', '--json'], env);
    expect((await tiaowen(['search', '体育活动时间', '--json'], env)).out).toBe(once.out);
  });

  it('check finds the index sound', async () => {
    const { code, out } = await tiaowen(['check'], env);
    expect([out.startsWith('索引完好'), code]).toEqual([true, 0]);
  });

  it('parse needs neither index nor model', async () => {
    const { code, out } = await tiaowen(['parse', join(env.TIAOWEN_CORPUS, '武清区.txt')], {
      TIAOWEN_MODELS: '/nowhere',
    });
    expect(code).toBe(0);
    expect(out).toContain('▸ 二、主要任务');
  });

  it('a pipe that closes early is no error', async () => {
    const child = start(['documents', '--json'], env);
    child.stdout?.destroy();
    const { err } = await ended(child);
    expect(err).toBe('');
  });
});

describe('bad input', () => {
  it.each([
    ['query-empty', ['search', '']],
    ['query-empty', ['search', '　 ']],
    ['query-too-long', ['search', '教'.repeat(10_000)]],
    ['query-too-long', ['compare', '教'.repeat(10_000)]],
    ['jurisdiction-unknown', ['search', '教师', '--jurisdiction', '火星市']],
    ['limit-out-of-range', ['search', '教师', '--limit', '0']],
    ['limit-out-of-range', ['search', '教师', '--limit', '101']],
    ['limit-out-of-range', ['compare', '教师', '--per-cell', '101']],
    ['clause-unknown', ['cite', 'x#sec-1']],
    ['document-unknown', ['search', '教师', '--document', 'x']],
  ])('%s', async (code, args) => {
    expectError(await tiaowen(args, env), code);
  });

  it('markup and control characters in a query are text', async () => {
    const { code, err, out } = await tiaowen(['search', '<script>教师</script>\x1b[31m\u202e'], env);
    expect([code, err]).toEqual([0, '']);
    expect(out).not.toContain('\x1b');
  });
});

describe('what is needed and not there', () => {
  it('no index', async () => {
    const index = join(folder, 'no-index');
    expectError(await tiaowen(['search', '教师', '--index', index]), 'index-missing', index, 'ingest');
    expectError(await tiaowen(['serve', '--index', index]), 'index-missing', index);
    expectError(await tiaowen(['check', '--index', index]), 'index-missing', index);
  });

  it('an index of another format', async () => {
    const index = copyOfIndex('format', (database) => void database.pragma('user_version = 99'));
    expectError(await tiaowen(['search', '教师', '--index', index]), 'index-format', index, '99');
  });

  it('an index of another model', async () => {
    const index = copyOfIndex('other-model', (database) => {
      database.exec(
        `UPDATE state SET model = json_set(model, '$.sha256', '${'0'.repeat(64)}', '$.name', 'other/model')`,
      );
    });
    expectError(await tiaowen(['search', '教师', '--index', index]), 'index-model', index, 'other/model');
    expectError(await tiaowen(['ingest'], { ...env, TIAOWEN_INDEX: index }), 'index-model');
  });

  it('an index that is not one', async () => {
    const index = folderOf('damaged', {
      'tiaowen.sqlite': 'this is no database, but long enough to be read as one'.repeat(99),
    });
    expectError(await tiaowen(['search', '教师', '--index', index]), 'index-damaged', index);
  });

  it('no model', async () => {
    expectError(
      await tiaowen(['search', '教师', '--models', join(folder, 'no-models')], env),
      'model-missing',
    );
    expectError(await tiaowen(['search', '教师', '--model', join(folder, 'no-model')], env), 'model-missing');
  });

  it('a model that was altered', async () => {
    const model = join(folder, 'altered');
    cpSync(MODEL, model, { recursive: true });
    writeFileSync(join(model, 'tokenizer.json'), '{}');
    expectError(await tiaowen(['search', '教师', '--model', model], env), 'model-altered', 'tokenizer.json');
  });

  it('a setting that is none', async () => {
    expectError(await tiaowen(['serve'], { TIAOWEN_PORT: 'http' }), 'config-invalid', 'TIAOWEN_PORT');
  });
});

describe('serve', () => {
  it('answers until it is told to stop, then ends with 0', async () => {
    const child = start(['serve', '--port', '0'], env);
    const end = ended(child);
    const address = await addressOf(child);
    const answer = await fetch(`${address}/api/compare?q=${encodeURIComponent('教师轮岗交流')}`);
    expect(answer.status).toBe(200);
    const { rows } = (await answer.json()) as Comparison;
    const cell = rows.flatMap(({ cells }) => cells).find(({ outcome }) => outcome === 'found');
    const clause = await fetch(`${address}/api/clauses/${encodeURIComponent(cell!.hits[0]!.clauseId)}`);
    expect(((await clause.json()) as { clause: { text: string } }).clause.text).toBe(cell!.hits[0]!.text);
    child.kill('SIGTERM');
    const { code, err } = await end;
    expect(code).toBe(0);
    const logged = err.split('\n').filter((line) => line.startsWith('{'));
    expect(logged.map((line) => (JSON.parse(line) as { path?: string }).path)).toContain('/api/compare');
    expect(err).not.toContain(encodeURIComponent('教师'));
  });

  it('names a port that is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await new Promise((listening) => other.once('listening', listening));
    onTestFinished(() => void other.close());
    const { port } = other.address() as AddressInfo;
    expectError(await tiaowen(['serve', '--port', String(port)], env), 'port-in-use', String(port), '--port');
  });

  it('start takes in what is new, and outlives its corpus', async () => {
    const corpus = folderOf('growing', CORPUS);
    const index = join(folder, 'growing-index');
    const child = start(['start', '--port', '0', '--corpus', corpus, '--index', index]);
    const end = ended(child);
    const status = (await (await fetch(`${await addressOf(child)}/api/status`)).json()) as { files: number };
    expect(status.files).toBe(2);
    child.kill('SIGINT');
    expect((await end).code).toBe(0);

    rmSync(corpus, { recursive: true });
    const again = start(['start', '--port', '0', '--corpus', corpus, '--index', index]);
    const endAgain = ended(again);
    expect((await fetch(`${await addressOf(again)}/healthz`)).status).toBe(200);
    again.kill('SIGINT');
    const { code, err } = await endAgain;
    expect([code, err.includes('沿用已有的索引')]).toEqual([0, true]);
  });
});
