/** Files over HTTP: what reaches the intake, what is answered, what is refused before it. */
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Intake } from '../../src/intake.js';
import { ERRORS, TiaowenError, type ErrorCode } from '../../src/model/errors.js';
import { buildApp, type AppOptions } from '../../src/server/app.js';
import { listen } from '../../src/server/listen.js';
import { multipartBody, type Part } from './multipart-body.js';
import { documentView, files, StubKnowledgeBase, summary } from './stub-knowledge-base.js';

const MIB = 1024 * 1024;

/** Notes what it was given; answers with the one document that the stub holds. */
class StubIntake implements Intake {
  readonly given: [string, Buffer][] = [];
  outcome: 'added' | 'same-bytes' = 'added';
  failure: Error | null = null;

  async add(name: string, bytes: Uint8Array) {
    this.given.push([name, Buffer.from(bytes)]);
    if (this.failure) throw this.failure;
    return { outcome: this.outcome, path: summary.file };
  }

  async close(): Promise<void> {}
}

async function build(options: Partial<AppOptions> = {}) {
  const intake = new StubIntake();
  const app = await buildApp({ knowledgeBase: new StubKnowledgeBase(), intake, ...options });
  onTestFinished(() => app.close());
  const post = (parts: readonly Part[], headers: Record<string, string> = {}) => {
    const body = multipartBody(parts);
    return app.inject({
      method: 'POST',
      url: '/api/documents',
      payload: body.payload,
      headers: { ...body.headers, ...headers },
    });
  };
  return { app, intake, post };
}

const file = (filename: string, content: string | Uint8Array): Part => ({ name: 'file', filename, content });

function expectProblem(answer: { statusCode: number; json<T>(): T }, code: ErrorCode): string {
  const problem = answer.json<{ code: string; detail: string }>();
  expect([answer.statusCode, problem.code]).toEqual([ERRORS[code].status, code]);
  expect(problem.detail).toMatch(/\p{Script=Han}.*。/su);
  return problem.detail;
}

it('gives name and bytes to the intake, and answers with documents and diagnostics', async () => {
  const { intake, post } = await build();
  const bytes = Buffer.from([0, 13, 10, 255, 45, 45, 128]);
  const answer = await post([file('某区“办法” 1.pdf', bytes)]);
  expect(answer.statusCode).toBe(201);
  expect(intake.given).toEqual([['某区“办法” 1.pdf', bytes]]);
  expect(answer.json()).toEqual({
    outcome: 'added',
    path: summary.file,
    documents: [summary],
    diagnostics: [...files[0]!.diagnostics, ...documentView.diagnostics],
  });
});

it('answers 200 with what is held when the bytes were there', async () => {
  const { intake, post } = await build();
  intake.outcome = 'same-bytes';
  const answer = await post([file('a.txt', 'x')]);
  expect(answer.statusCode).toBe(200);
  expect(answer.json()).toMatchObject({ outcome: 'same-bytes', documents: [{ id: summary.id }] });
});

it('says how large a file may be, before one is sent; where none are taken there is nothing to ask', async () => {
  const { app } = await build({ maxUploadBytes: 3 * MIB });
  expect((await app.inject('/api/upload')).json()).toEqual({ maxBytes: 3 * MIB });
  const closed = await buildApp({ knowledgeBase: new StubKnowledgeBase() });
  onTestFinished(() => closed.close());
  expect((await closed.inject('/api/upload')).statusCode).toBe(404);
});

it('takes no path from a name', async () => {
  const { intake, post } = await build();
  for (const name of ['../../etc/passwd.txt', '/abs/甲.txt', 'C:\\\\x\\\\乙.txt'])
    await post([file(name, 'x')]);
  for (const [name] of intake.given) expect(name).not.toMatch(/^(\.\.|\/|[A-Z]:)/);
});

describe('the limit', () => {
  it('is met by a file of just that size and by none above it', async () => {
    const { intake, post } = await build({ maxUploadBytes: MIB });
    expect((await post([file('a.txt', Buffer.alloc(MIB, 65))])).statusCode).toBe(201);
    expect(intake.given[0]![1].length).toBe(MIB);
    for (const size of [MIB + 1, 5 * MIB]) {
      const detail = expectProblem(await post([file('a.txt', Buffer.alloc(size, 65))]), 'body-too-large');
      expect(detail).toContain('1 MiB');
    }
    expect(intake.given).toHaveLength(1);
  });

  it('is told over a real connection too, and the next request on it is served', async () => {
    const { app } = await build({ maxUploadBytes: MIB });
    const base = await listen(app, { host: '127.0.0.1', port: 0 });
    const body = new FormData();
    body.append('file', new Blob([Buffer.alloc(8 * MIB, 65)]), '大.txt');
    const answer = await fetch(`${base}/api/documents`, { method: 'POST', body });
    expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([
      413,
      'body-too-large',
    ]);
    expect((await fetch(`${base}/healthz`)).status).toBe(200);
  });
});

describe('what is no upload', () => {
  it.each<[string, readonly Part[]]>([
    ['no part', []],
    ['a field only', [{ name: 'file', content: 'text' }]],
    ['two files', [file('a.txt', '1'), file('b.txt', '2')]],
  ])('%s', async (_name, parts) => {
    const { intake, post } = await build();
    expectProblem(await post(parts), 'upload-invalid');
    expect(intake.given).toEqual([]);
  });

  const { payload, headers } = multipartBody([file('a.txt', 'x'.repeat(500))]);
  it.each<[string, Buffer | string, string]>([
    ['cut short', payload.subarray(0, 300), headers['content-type']],
    ['without boundary', payload, 'multipart/form-data'],
    ['with another boundary', payload, 'multipart/form-data; boundary=x'],
    ['noise', Buffer.from([1, 2, 3, 0, 255]), headers['content-type']],
    ['empty', '', headers['content-type']],
    ['JSON', '{}', 'application/json'],
    ['plain bytes', 'x', 'application/octet-stream'],
    ['an address form', 'a=b', 'application/x-www-form-urlencoded'],
  ])('%s', async (_name, body, type) => {
    const { app, intake } = await build();
    const answer = await app.inject({
      method: 'POST',
      url: '/api/documents',
      payload: body,
      headers: { 'content-type': type },
    });
    expectProblem(answer, 'upload-invalid');
    expect(intake.given).toEqual([]);
  });
});

describe('who may', () => {
  it('nobody without the token where others may ask', async () => {
    const token = 'correct-horse-battery';
    const { intake, post } = await build({ host: '0.0.0.0', token });
    expectProblem(await post([file('a.txt', 'x')]), 'token-required');
    expect(intake.given).toEqual([]);
    expect((await post([file('a.txt', 'x')], { authorization: `Bearer ${token}` })).statusCode).toBe(201);
  });

  it('no page of another site', async () => {
    const { intake, post } = await build();
    expectProblem(await post([file('a.txt', 'x')], { origin: 'https://evil.example' }), 'origin-refused');
    expect(intake.given).toEqual([]);
  });

  it('nobody where files are not taken', async () => {
    const app = await buildApp({ knowledgeBase: new StubKnowledgeBase() });
    onTestFinished(() => app.close());
    const answer = await app.inject({ method: 'POST', url: '/api/documents', ...multipartBody([]) });
    expectProblem(answer, 'method-not-allowed');
    expect(answer.headers['allow']).toBe('GET, HEAD');
  });
});

it.each<ErrorCode>(['file-unreadable', 'index-locked', 'overloaded', 'corpus-unwritable', 'internal'])(
  'passes on %s of the intake',
  async (code) => {
    const { intake, post } = await build();
    intake.failure = new TiaowenError(code, '说明文字。');
    expect(expectProblem(await post([file('a.txt', 'x')]), code)).toBe('说明文字。');
    intake.failure = null;
    expect((await post([file('a.txt', 'x')])).statusCode).toBe(201);
  },
);

it('reads eight at one time, and says when to come back', async () => {
  const { app, intake, post } = await build();
  let letGo = () => {};
  const held = new Promise<void>((resolve) => (letGo = resolve));
  intake.add = async () => {
    await held;
    return { outcome: 'added', path: summary.file };
  };
  const running = Array.from({ length: 8 }, () => post([file('a.txt', 'x')]));
  await new Promise((resolve) => setTimeout(resolve, 100));
  const refused = await post([file('a.txt', 'x')]);
  expectProblem(refused, 'overloaded');
  expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
  expect((await app.inject('/api/status')).statusCode).toBe(200);
  letGo();
  for (const answer of await Promise.all(running)) expect(answer.statusCode).toBe(201);
});

it('stands in the OpenAPI document with its body and problems', async () => {
  const { app } = await build();
  const { paths } = (await app.inject('/openapi.json')).json<{
    paths: Record<string, { post: { responses: object; requestBody: { content: object } } }>;
  }>();
  const { responses, requestBody } = paths['/api/documents']!.post;
  expect(Object.keys(responses)).toEqual(expect.arrayContaining(['200', '201', '413', '422', '503']));
  expect(Object.keys(requestBody.content)).toEqual(['multipart/form-data']);
});
