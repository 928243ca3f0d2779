/** Clients that send all they have before they listen, as browsers do: the answer to what is refused early still reaches them. */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { buildApp, type AppOptions } from '../../src/server/app.js';
import { listen } from '../../src/server/listen.js';
import { StubKnowledgeBase } from './stub-knowledge-base.js';

const MIB = 1024 * 1024;
const intake = { add: () => Promise.reject(new Error('not to be reached')), close: async () => undefined };

async function serve(options: Partial<AppOptions> = {}): Promise<number> {
  const app = await buildApp({
    knowledgeBase: new StubKnowledgeBase(),
    intake,
    maxUploadBytes: MIB,
    ...options,
  });
  onTestFinished(() => app.close());
  return Number(new URL(await listen(app, { host: '127.0.0.1', port: 0 })).port);
}

/** Reads nothing until told to, so that what the server says waits in the buffers of the system, where a reset would lose it. */
class DeafSocket {
  readonly #socket: Socket;
  #heard = '';
  #closed = false;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.pause();
    socket.setEncoding('utf8');
    socket
      .on('data', (text: string) => (this.#heard += text))
      .on('close', () => (this.#closed = true))
      .on('error', () => (this.#closed = true));
  }

  static async open(port: number): Promise<DeafSocket> {
    const socket = connect(port, '127.0.0.1');
    await once(socket, 'connect');
    onTestFinished(() => void socket.destroy());
    return new DeafSocket(socket);
  }

  /** Resolves when the system took it; false when the connection broke meanwhile. */
  send(bytes: string | Buffer): Promise<boolean> {
    return new Promise((resolve) => this.#socket.write(bytes, (error) => resolve(!error)));
  }

  /** Until `pattern` was heard, or all that came until the connection closed. */
  async hear(pattern: RegExp): Promise<string> {
    this.#socket.resume();
    while (!pattern.test(this.#heard) && !this.#closed) await new Promise((done) => setTimeout(done, 5));
    return this.#heard;
  }

  async end(): Promise<string> {
    return this.hear(/(?!)/);
  }
}

const MULTIPART = 'Content-Type: multipart/form-data; boundary=x\r\n';
const PART = '--x\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\n';
const head = (path: string, headers: string) => `POST ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\n${headers}\r\n`;
const piece = Buffer.alloc(MIB, 65);
const chunk = Buffer.concat([Buffer.from('100000\r\n'), piece, Buffer.from('\r\n')]);

describe.each([
  ['of a stated length', `Content-Length: ${24 * MIB}\r\n`, piece, ''],
  ['in chunks', 'Transfer-Encoding: chunked\r\n', chunk, '0\r\n\r\n'],
])('a body %s', (_name, length, bytes, last) => {
  it.each<[string, string, number, string]>([
    ['/api/documents', MULTIPART, 413, 'body-too-large'],
    ['/api/documents', 'Content-Type: application/octet-stream\r\n', 400, 'upload-invalid'],
    ['/api/search', 'Content-Type: application/json\r\n', 405, 'method-not-allowed'],
    ['/api/documents', `${MULTIPART}Origin: https://evil.example\r\n`, 403, 'origin-refused'],
  ])('to %s (%s) is answered %d, and the connection serves on', async (path, type, status, code) => {
    const socket = await DeafSocket.open(await serve());
    // The length of the first kind is that of the pieces alone: without the head of a part, which the others do without too.
    const multipart = status === 413 && last !== '';
    await socket.send(head(path, type + length));
    if (multipart) await socket.send(`${PART.length.toString(16)}\r\n${PART}\r\n`);
    for (let i = 0; i < 24; i++) expect(await socket.send(bytes)).toBe(true);
    await socket.send(`${last}GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n`);
    const heard = await socket.hear(/"status":"ok"/);
    expect(heard).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(heard).toContain(`"code":"${code}"`);
    expect(heard).toContain('HTTP/1.1 200 OK');
  });

  it('is answered also where the client wants the connection closed', async () => {
    const socket = await DeafSocket.open(await serve());
    await socket.send(head('/api/search', `Connection: close\r\n${length}`));
    for (let i = 0; i < 24; i++) expect(await socket.send(bytes)).toBe(true);
    await socket.send(last);
    const heard = await socket.end();
    expect(heard).toMatch(/^HTTP\/1.1 405 /);
    expect(heard).toMatch(/"code":"method-not-allowed"[^]*\}$/);
  });

  it('is cut off above a bound', async () => {
    const socket = await DeafSocket.open(await serve({ maxUnreadBytes: 4 * MIB }));
    await socket.send(head('/api/search', length));
    let sent = 0;
    while (sent < 24 && (await socket.send(bytes))) sent++;
    expect(sent).toBeLessThan(24);
  });
});

it('a client that listens first is answered at once', async () => {
  const socket = await DeafSocket.open(await serve());
  await socket.send(head('/api/documents', `${MULTIPART}Content-Length: ${24 * MIB}\r\n`));
  expect(await socket.hear(/body-too-large/)).toMatch(/^HTTP\/1.1 413 /);
});

it('an address of a megabyte that is sent piece by piece is still answered', async () => {
  const socket = await DeafSocket.open(await serve());
  await socket.send('GET /');
  for (let i = 0; i < 16; i++) await socket.send('x'.repeat(64 * 1024));
  const heard = await socket.end();
  expect(heard).toMatch(/^HTTP\/1.1 431 Request Header Fields Too Large\r\n/);
  expect(heard).toMatch(/"code":"request-too-large"[^]*\}$/);
});
