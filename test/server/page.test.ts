/** The page at /, built and not built. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { buildApp } from '../../src/server/app.js';
import { StubKnowledgeBase } from './stub-knowledge-base.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tiaowen-page-'));
  mkdirSync(join(folder, 'web', 'assets'), { recursive: true });
  writeFileSync(join(folder, 'web', 'index.html'), '<!doctype html><title>条文</title>');
  writeFileSync(join(folder, 'web', 'assets', 'a-1.js'), 'export {}');
  writeFileSync(join(folder, 'secret.txt'), 'secret');
  return () => rmSync(folder, { recursive: true });
});

async function build(webFolder: string | null) {
  const app = await buildApp({ knowledgeBase: new StubKnowledgeBase(), webFolder });
  onTestFinished(() => app.close());
  return app;
}

describe('a page that was built', () => {
  it('is at / and at every address of its own', async () => {
    const app = await build(join(folder, 'web'));
    for (const url of [
      '/',
      '/index.html',
      '/documents/120114-x%23sec-1.sub-2',
      '/compare?q=%E6%95%99%E5%B8%88',
    ]) {
      const answer = await app.inject(url);
      expect([url, answer.statusCode, answer.headers['content-type']]).toEqual([
        url,
        200,
        'text/html; charset=utf-8',
      ]);
      expect(answer.body).toContain('<title>条文</title>');
      expect(answer.headers['cache-control']).toBe('no-cache');
    }
  });

  it('has assets that may be kept for ever, for their names hold their hash', async () => {
    const app = await build(join(folder, 'web'));
    const answer = await app.inject('/assets/a-1.js');
    expect(answer.statusCode).toBe(200);
    expect(answer.headers['cache-control']).toContain('immutable');
    expect(answer.headers['content-type']).toContain('javascript');
  });

  it.each(['/api/nothing', '/assets/missing.js', '/docs/nothing'])('is not at %s', async (url) => {
    const answer = await (await build(join(folder, 'web'))).inject(url);
    expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([404, 'route-unknown']);
  });

  it.each([
    '/../secret.txt',
    '/..%2fsecret.txt',
    '/%2e%2e/secret.txt',
    '/assets/..%5c..%5csecret.txt',
    '/assets/%2e%2e/%2e%2e/secret.txt',
  ])('leads to no file outside: %s', async (url) => {
    const answer = await (await build(join(folder, 'web'))).inject(url);
    expect(answer.body).not.toContain('secret\n');
    expect(answer.body).not.toBe('secret');
  });

  it('is not answered to a POST', async () => {
    const app = await build(join(folder, 'web'));
    for (const url of ['/', '/somewhere', '/index.html', '/assets/a-1.js']) {
      const answer = await app.inject({ method: 'POST', url });
      expect([url, answer.statusCode, answer.headers['allow']]).toEqual([url, 405, 'GET, HEAD']);
    }
    const missing = await app.inject({ method: 'POST', url: '/assets/missing.js' });
    expect(missing.statusCode).toBe(404);
  });

  it('is answered to HEAD with the headers alone', async () => {
    const app = await build(join(folder, 'web'));
    for (const url of ['/', '/documents/x', '/assets/a-1.js']) {
      const [head, get] = [await app.inject({ method: 'HEAD', url }), await app.inject(url)];
      expect([url, head.statusCode, head.body]).toEqual([url, 200, '']);
      expect(head.headers['content-type']).toBe(get.headers['content-type']);
    }
  });
});

it.each([null, '/nowhere'])('says how to build the page when it is not (%s)', async (webFolder) => {
  const answer = await (await build(webFolder)).inject('/');
  expect(answer.statusCode).toBe(200);
  expect(answer.body).toContain('npm run build');
  expect(answer.headers['content-type']).toBe('text/html; charset=utf-8');
});
