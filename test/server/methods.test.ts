/** Every route, asked with every method: those it has, 405 with Allow for the others, 404 only for what is not there. */
import { METHODS } from 'node:http';
import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import { buildApp } from '../../src/server/app.js';
import { listen } from '../../src/server/listen.js';
import { CLAUSE_ID, DOCUMENT_ID, StubKnowledgeBase } from './stub-knowledge-base.js';

const intake = { add: () => Promise.reject(new Error('not to be reached')), close: async () => undefined };

const app = await buildApp({ knowledgeBase: new StubKnowledgeBase(), intake });
afterAll(() => app.close());

interface OpenApi {
  readonly paths: Readonly<
    Record<string, Readonly<Record<string, { readonly responses: Record<string, { headers?: object }> }>>>
  >;
}

/** Each path of the OpenAPI document with the methods that it and HTTP say it has. */
async function documented(): Promise<[string, string[]][]> {
  const { paths } = (await app.inject('/openapi.json')).json<OpenApi>();
  return Object.entries(paths).map(([path, operations]) => {
    const methods = Object.keys(operations).map((method) => method.toUpperCase());
    return [path, [...methods, ...(methods.includes('GET') ? ['HEAD'] : [])].sort()];
  });
}

const OF_THE_PAGE: [string, string[]][] = ['/', '/docs', '/docs/json', '/openapi.json', '/documents/x'].map(
  (path) => [path, ['GET', 'HEAD']],
);
const ROUTES = [...(await documented()), ...OF_THE_PAGE];

function addressOf(path: string): string {
  const id = path.startsWith('/api/clauses') ? CLAUSE_ID : DOCUMENT_ID;
  const query = /search|compare/.test(path) ? '?q=x' : '';
  return path.replace('{id}', encodeURIComponent(id)) + query;
}

describe.each(ROUTES)('%s', (path, methods) => {
  it.each(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE'] as const)(
    'is asked with %s',
    async (method) => {
      const answer = await app.inject({ method, url: addressOf(path) });
      if (methods.includes(method)) {
        expect([404, 405]).not.toContain(answer.statusCode);
        return;
      }
      expect([answer.statusCode, answer.headers['allow']]).toEqual([405, methods.join(', ')]);
      expect(answer.headers['content-type']).toContain('application/problem+json');
      const { code, detail } = answer.json<{ code: string; detail: string }>();
      expect(code).toBe('method-not-allowed');
      expect(detail).toContain(methods.join(', '));
    },
  );

  it.runIf(methods.includes('GET'))('answers HEAD as GET, without a body', async () => {
    const get = await app.inject(addressOf(path));
    const head = await app.inject({ method: 'HEAD', url: addressOf(path) });
    expect([head.statusCode, head.body]).toEqual([get.statusCode, '']);
    expect(head.headers['content-type']).toBe(get.headers['content-type']);
  });
});

it('is 404 with any method where there is nothing', async () => {
  for (const method of ['GET', 'HEAD', 'POST', 'DELETE', 'OPTIONS'] as const) {
    for (const url of ['/api', '/api/nothing', '/api/search/more', '/assets/x.js', '/docs/x/y'])
      expect([url, method, (await app.inject({ method, url })).statusCode]).toEqual([url, method, 404]);
  }
});

it('is told before a body is read, and only to those who may ask', async () => {
  const open = await buildApp({
    knowledgeBase: new StubKnowledgeBase(),
    host: '0.0.0.0',
    token: 'correct-horse-battery',
  });
  onTestFinished(() => open.close());
  const request = { method: 'POST', url: '/api/search', payload: '{', headers: {} } as const;
  expect((await open.inject(request)).statusCode).toBe(401);
  const headers = { authorization: 'Bearer correct-horse-battery', 'content-type': 'application/json' };
  expect((await open.inject({ ...request, headers })).statusCode).toBe(405);
});

it('covers every method that HTTP of this Node knows, over a real connection', async () => {
  const base = await listen(app, { host: '127.0.0.1', port: 0 });
  // CONNECT never becomes a request, TRACE is refused by fetch(): it stands above.
  for (const method of METHODS.filter((name) => !['GET', 'HEAD', 'CONNECT', 'TRACE'].includes(name))) {
    const answer = await fetch(`${base}/api/status`, { method });
    expect([method, answer.status, answer.headers.get('allow')]).toEqual([method, 405, 'GET, HEAD']);
  }
});

it('stands in the OpenAPI document with its header, for every operation', async () => {
  const { paths } = (await app.inject('/openapi.json')).json<OpenApi>();
  for (const operations of Object.values(paths)) {
    for (const { responses } of Object.values(operations)) {
      expect(Object.keys(responses['405']?.headers ?? {})).toEqual(['Allow']);
      if (responses['503']) expect(Object.keys(responses['503'].headers ?? {})).toEqual(['Retry-After']);
    }
  }
});
