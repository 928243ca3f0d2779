/** Every error that a client can meet: its status, its stable code, a message in Chinese, and no trace of our insides. */
import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ERRORS, TiaowenError, type ErrorCode } from '../../src/model/errors.js';
import { buildApp } from '../../src/server/app.js';
import { listen } from '../../src/server/listen.js';
import type { App } from '../../src/server/routes/api.js';
import { StubKnowledgeBase } from './stub-knowledge-base.js';

let app: App;
let knowledgeBase: StubKnowledgeBase;
beforeEach(async () => {
  knowledgeBase = new StubKnowledgeBase();
  app = await buildApp({ knowledgeBase });
});
afterEach(() => app.close());

interface Answer {
  readonly statusCode: number;
  readonly headers: Record<string, unknown>;
  readonly body: string;
}

function expectProblem(answer: Answer, code: ErrorCode): void {
  const problem = JSON.parse(answer.body) as Record<string, unknown>;
  expect(problem).toMatchObject({
    type: `urn:tiaowen:error:${code}`,
    code,
    status: ERRORS[code].status,
    title: ERRORS[code].title,
  });
  expect(Object.keys(problem).sort()).toEqual(['code', 'detail', 'instance', 'status', 'title', 'type']);
  expect(problem['detail']).toMatch(/\p{Script=Han}.*。/su);
  expect(problem['instance']).toMatch(/^[0-9a-f-]{36}$/);
  expect(answer.statusCode).toBe(ERRORS[code].status);
  expect(answer.headers['content-type']).toMatch(/^application\/problem\+json(; charset=utf-8)?$/);
  expect(answer.body).not.toMatch(/node_modules|\.ts:|\bat /);
}

describe('parameters', () => {
  it.each<[string, ErrorCode]>([
    ['/api/search', 'query-empty'],
    ['/api/compare', 'query-empty'],
    ['/api/search?q=x&limit=0', 'limit-out-of-range'],
    ['/api/search?q=x&limit=101', 'limit-out-of-range'],
    ['/api/search?q=x&limit=-3', 'limit-out-of-range'],
    ['/api/compare?q=x&perCell=101', 'limit-out-of-range'],
    ['/api/search?q=x&limit=abc', 'parameter-invalid'],
    ['/api/search?q=x&limit=1.5', 'parameter-invalid'],
    ['/api/search?q=x&limit=', 'parameter-invalid'],
    ['/api/search?q=x&limit=1&limit=2', 'parameter-invalid'],
    ['/api/search?q=x&q=y', 'parameter-invalid'],
    ['/api/search?q=x&year=abc', 'parameter-invalid'],
    ['/api/search?q=x&year=12', 'parameter-invalid'],
    ['/api/compare?q=x&templates=maybe', 'parameter-invalid'],
    ['/api/search?q=x&colour=red', 'parameter-invalid'],
    ['/api/search?q=x&__proto__=1', 'parameter-invalid'],
    ['/api/status?x=1', 'parameter-invalid'],
    ['/api/documents?q=1', 'parameter-invalid'],
    ['/api/search?q=%E6%95', 'parameter-invalid'],
    ['/api/search?q=%', 'parameter-invalid'],
    ['/api/clauses/%E6%95', 'parameter-invalid'],
    ['/api/clauses/%', 'parameter-invalid'],
    ['/api/clauses/x/citation?style=apa', 'style-unknown'],
    ['/api/clauses/x', 'clause-unknown'],
    ['/api/clauses/x/citation', 'clause-unknown'],
    ['/api/documents/x', 'document-unknown'],
    ['/api/unknown', 'route-unknown'],
    ['/api', 'route-unknown'],
    ['/api/clauses/', 'clause-unknown'],
    ['/assets/missing.js', 'route-unknown'],
  ])('%s → %s', async (address, code) => {
    expectProblem(await app.inject(address), code);
  });

  it('names the parameter and its range', async () => {
    const { detail } = (await app.inject('/api/search?q=x&limit=500')).json<{ detail: string }>();
    expect(detail).toBe('参数 limit 超出范围：不得大于 100。');
    const other = (await app.inject('/api/search?q=x&colour=red')).json<{ detail: string }>();
    expect(other.detail).toContain('colour');
  });

  it('asks the knowledge base nothing when a parameter is wrong', async () => {
    await app.inject('/api/search?q=x&limit=0');
    expect(knowledgeBase.asked).toEqual([]);
  });
});

describe('bodies', () => {
  const post = (payload: string, type = 'application/json') =>
    app.inject({ method: 'POST', url: '/api/nothing', payload, headers: { 'content-type': type } });

  it.each<[string, string, string, ErrorCode]>([
    ['malformed JSON', '{"q":', 'application/json', 'body-malformed'],
    ['an empty body that is called JSON', '', 'application/json', 'body-malformed'],
    ['a body of 2 MiB', JSON.stringify('x'.repeat(2 ** 21)), 'application/json', 'body-too-large'],
    ['XML to a route that is not there', '<q/>', 'text/xml', 'route-unknown'],
    ['JSON to a route that is not there', '{}', 'application/json', 'route-unknown'],
  ])('%s', async (_name, payload, type, code) => {
    expectProblem(await post(payload, type), code);
  });
});

describe('errors of the knowledge base', () => {
  it.each(Object.keys(ERRORS) as ErrorCode[])('%s keeps its code, status and message', async (code) => {
    knowledgeBase.failure = new TiaowenError(code, '说明文字。');
    const answer = await app.inject('/api/search?q=x');
    expectProblem(answer, code);
    expect(answer.json<{ detail: string }>().detail).toBe('说明文字。');
  });

  it('of any other kind are internal, and tell nothing', async () => {
    knowledgeBase.failure = new Error('secret: SELECT * FROM clauses');
    const answer = await app.inject('/api/search?q=x');
    expectProblem(answer, 'internal');
    expect(answer.body).not.toContain('secret');
  });
});

describe('over a real connection', () => {
  let address: string;
  beforeEach(async () => {
    address = await listen(app, { host: '127.0.0.1', port: 0 });
  });

  it('takes a query of 10,000 characters as far as the knowledge base', async () => {
    knowledgeBase.failure = new TiaowenError('query-too-long', '检索词过长。');
    const answer = await fetch(`${address}/api/search?q=${encodeURIComponent('教'.repeat(10_000))}`);
    expectProblem(await read(answer), 'query-too-long');
  });

  it('answers an address of a megabyte with a problem', async () => {
    expectProblem(
      await raw(address, `GET /${'x'.repeat(2 ** 20)} HTTP/1.1\r\nHost: localhost\r\n\r\n`),
      'request-too-large',
    );
  });

  it('answers what is not HTTP with a problem', async () => {
    expectProblem(await raw(address, 'NONSENSE\r\n\r\n'), 'request-malformed');
  });
});

async function read(response: Response): Promise<Answer> {
  return {
    statusCode: response.status,
    headers: Object.fromEntries(response.headers),
    body: await response.text(),
  };
}

/** Sends bytes as they are and reads what comes back until the connection closes. */
function raw(address: string, request: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    let received = '';
    const finish = () => {
      const [head = '', body = ''] = received.split('\r\n\r\n');
      const [first = '', ...lines] = head.split('\r\n');
      const headers = Object.fromEntries(
        lines.map((line) => [line.split(': ')[0]!.toLowerCase(), line.split(': ')[1]]),
      );
      if (received === '') reject(new Error('closed without an answer'));
      else resolve({ statusCode: Number(first.split(' ')[1]), headers, body });
    };
    const socket = connect(Number(new URL(address).port), '127.0.0.1', () => socket.write(request));
    socket.setEncoding('utf8').on('data', (text: string) => (received += text));
    // The server may close while we still write: what it said before counts.
    socket.on('error', () => undefined).on('close', finish);
  });
}
