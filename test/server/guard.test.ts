/** Who may ask: hosts, tokens, headers, the log. */
import { Writable } from 'node:stream';
import { pino } from 'pino';
import { describe, expect, it, onTestFinished } from 'vitest';
import { buildApp, type AppOptions } from '../../src/server/app.js';
import { hostNameOf, isLoopback } from '../../src/server/guard.js';
import { StubKnowledgeBase } from './stub-knowledge-base.js';

const TOKEN = 'correct-horse-battery';

async function build(options: Partial<AppOptions> = {}) {
  const app = await buildApp({ knowledgeBase: new StubKnowledgeBase(), ...options });
  onTestFinished(() => app.close());
  return app;
}

describe('the Host header', () => {
  it.each(['127.0.0.1:8787', 'localhost', 'LOCALHOST:1', '[::1]:8787', '127.9.9.9', 'x.localhost'])(
    'takes %s',
    async (host) => {
      const app = await build();
      expect((await app.inject({ url: '/api/status', headers: { host } })).statusCode).toBe(200);
    },
  );

  it.each([
    'evil.example',
    'localhost.evil.example:8787',
    '127.0.0.1.evil.example',
    '192.168.1.5',
    '127.0.0.1@evil',
    '[::1',
  ])('refuses %s when bound to this machine, on every route', async (host) => {
    const app = await build();
    for (const url of ['/api/status', '/', '/healthz', '/docs', '/openapi.json', '/api/unknown']) {
      const answer = await app.inject({ url, headers: { host } });
      expect([url, answer.statusCode, answer.json<{ code: string }>().code]).toEqual([
        url,
        421,
        'host-refused',
      ]);
    }
  });

  it('is any where others may ask', async () => {
    const app = await build({ host: '0.0.0.0', token: TOKEN });
    const headers = { host: 'kb.example', authorization: `Bearer ${TOKEN}` };
    expect((await app.inject({ url: '/api/status', headers })).statusCode).toBe(200);
  });

  it('is split from its port', () => {
    expect(hostNameOf('a.example:80')).toBe('a.example');
    expect(hostNameOf('[::1]:80')).toBe('::1');
    expect(hostNameOf(undefined)).toBe('');
    expect(isLoopback('::ffff:127.0.0.1')).toBe(true);
    expect(isLoopback('0.0.0.0')).toBe(false);
  });
});

describe('the Origin header', () => {
  it.each([
    [{ host: '127.0.0.1:8787', origin: 'http://127.0.0.1:8787' }, 200],
    [{ host: 'LocalHost:8787', origin: 'http://localhost:8787' }, 200],
    [{ host: '127.0.0.1:8787', origin: 'https://evil.example' }, 403],
    [{ host: '127.0.0.1:8787', origin: 'http://127.0.0.1:3000' }, 403],
    [{ host: '127.0.0.1:8787', origin: 'null' }, 403],
    [{ host: '127.0.0.1:8787', origin: '' }, 403],
  ])('%j is answered %d', async (headers, status) => {
    const app = await build();
    const answer = await app.inject({ url: '/api/status', headers });
    expect(answer.statusCode).toBe(status);
    if (status === 403) expect(answer.json<{ code: string }>().code).toBe('origin-refused');
  });
});

describe('limits where others may ask', () => {
  const open = { host: '0.0.0.0', token: TOKEN };

  it('stop guessing of the token, for the true one too, and say when to come back', async () => {
    const app = await build(open);
    const ask = (token: string) =>
      app.inject({ url: '/api/status', headers: { authorization: `Bearer ${token}` } });
    const statuses = [];
    for (let i = 0; i < 12; i++) statuses.push((await ask(`guess-number-${i}-wrong`)).statusCode);
    expect(statuses.slice(0, 10)).toEqual(Array.from({ length: 10 }, () => 401));
    const late = await ask(TOKEN);
    expect(late.statusCode).toBe(429);
    expect(Number(late.headers['retry-after'])).toBeGreaterThan(0);
    expect(late.json<{ code: string }>().code).toBe('too-many-requests');
  });

  it('count a network of IPv6 as one, and other networks apart', async () => {
    const app = await build(open);
    const ask = (remoteAddress: string) =>
      app.inject({
        url: '/api/status',
        remoteAddress,
        headers: { authorization: 'Bearer wrong-guess-0000' },
      });
    for (let i = 0; i < 11; i++) expect((await ask(`2001:db8:1:2:${i}::1`)).statusCode).toBe(401);
    expect((await ask('2001:db8:1:2:ffff::9')).statusCode).toBe(429);
    expect((await ask('2001:db8:1:3::1')).statusCode).toBe(401);
  });

  it('do not count a browser that asks before it has the token', async () => {
    const app = await build(open);
    for (let i = 0; i < 30; i++) expect((await app.inject('/')).statusCode).toBe(401);
  });

  it('let 600 requests a minute through, and as many as one likes on this machine', async () => {
    const app = await build(open);
    const own = await build();
    const headers = { authorization: `Bearer ${TOKEN}` };
    for (let i = 0; i < 600; i++) {
      expect((await app.inject({ url: '/healthz', headers })).statusCode).toBe(200);
      expect((await own.inject('/healthz')).statusCode).toBe(200);
    }
    expect((await app.inject({ url: '/healthz', headers })).statusCode).toBe(429);
    expect((await own.inject('/healthz')).statusCode).toBe(200);
  });
});

describe('the token', () => {
  const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`;

  it.each([`Bearer ${TOKEN}`, `bearer ${TOKEN}`, basic(`:${TOKEN}`), basic(`研究者:${TOKEN}`)])(
    'is taken as %s',
    async (authorization) => {
      const app = await build({ token: TOKEN });
      expect((await app.inject({ url: '/api/status', headers: { authorization } })).statusCode).toBe(200);
    },
  );

  it.each([
    undefined,
    '',
    'Bearer',
    `Bearer ${TOKEN}x`,
    `Bearer ${TOKEN.slice(1)}`,
    `Bearer x ${TOKEN}`,
    basic(TOKEN),
    basic(`${TOKEN}:`),
    'Basic !',
  ])('is asked for on every route with data, given %s', async (authorization) => {
    const app = await build({ host: '0.0.0.0', token: TOKEN });
    for (const url of ['/api/search?q=x', '/api/unknown', '/openapi.json', '/docs', '/docs/json', '/']) {
      const answer = await app.inject({ url, headers: authorization === undefined ? {} : { authorization } });
      expect([url, answer.statusCode]).toEqual([url, 401]);
      expect(answer.json<{ code: string }>().code).toBe('token-required');
      expect(answer.headers['www-authenticate']).toContain('Basic');
    }
  });

  it('is not asked for liveness', async () => {
    const app = await build({ host: '0.0.0.0', token: TOKEN });
    expect((await app.inject('/healthz')).statusCode).toBe(200);
  });

  it('is needed where others could ask', async () => {
    for (const host of ['0.0.0.0', '192.168.1.5', '::', 'kb.example']) {
      await expect(build({ host })).rejects.toMatchObject({
        code: 'config-invalid',
        message: expect.stringContaining('TIAOWEN_TOKEN'),
      });
    }
    await build({ host: '::1' });
  });
});

describe('headers', () => {
  it('stand on answers, problems and pages alike', async () => {
    const app = await build();
    for (const url of ['/', '/api/status', '/api/unknown', '/api/search', '/openapi.json']) {
      const { headers } = await app.inject(url);
      expect(headers['content-security-policy']).toMatch(
        /^default-src 'none'; script-src 'self'; style-src 'self';/,
      );
      expect(headers['x-content-type-options']).toBe('nosniff');
      expect(headers['referrer-policy']).toBe('no-referrer');
    }
  });
});

describe('the log', () => {
  it('has one line per request with path, status and time, and no query', async () => {
    const lines: Record<string, unknown>[] = [];
    const stream = new Writable({
      write(chunk: Buffer, _encoding, done) {
        lines.push(JSON.parse(chunk.toString()) as Record<string, unknown>);
        done();
      },
    });
    const app = await build({ logger: pino(stream) });
    const answer = await app.inject('/api/search?q=%E6%95%99%E5%B8%88');
    await app.inject('/api/clauses/x');
    expect(answer.statusCode).toBe(200);
    expect(lines).toHaveLength(2);
    expect(lines[0]).toMatchObject({
      method: 'GET',
      path: '/api/search',
      status: 200,
      ms: expect.any(Number),
      reqId: expect.any(String),
    });
    expect(lines[1]).toMatchObject({ path: '/api/clauses/x', status: 404 });
    expect(JSON.stringify(lines)).not.toContain('%E6');
  });

  it('has the stack of an unexpected error under the id that the client got', async () => {
    const text: string[] = [];
    const stream = new Writable({
      write: (chunk: Buffer, _e, done) => (text.push(chunk.toString()), done()),
    });
    const knowledgeBase = new StubKnowledgeBase();
    knowledgeBase.failure = new Error('broken');
    const app = await build({ knowledgeBase, logger: pino(stream) });
    const { instance } = (await app.inject('/api/search?q=x')).json<{ instance: string }>();
    expect(text.find((line) => line.includes('broken') && line.includes('stack'))).toContain(instance);
  });
});
