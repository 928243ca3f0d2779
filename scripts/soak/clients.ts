/** The clients of a soak test: what each of them does once. All of them talk to one server on this machine. */
import { request, type IncomingHttpHeaders } from 'node:http';
import { connect } from 'node:net';
import type { Random } from '../mulberry32.js';

export interface Answer {
  /** HTTP status; 0 when the server closed the connection without an answer, as it may to a client that breaks the protocol. */
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly ms: number;
}

export interface Ask {
  readonly method?: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Buffer;
}

/** Does one thing and gives what came back; `orderly` clients must be answered, the others may be cut off. */
export interface Client {
  readonly name: string;
  readonly orderly: boolean;
  /** How often it comes beside the others. */
  readonly weight: number;
  ask(port: number, random: Random): Promise<Answer>;
}

const TOPICS = [
  '教师轮岗交流',
  '课后服务怎么收费',
  '普惠性幼儿园覆盖率是多少',
  '哪个部门负责校园食品安全',
  '集团化办学',
  '小孩沉迷手机',
  '红烧肉怎么做',
  '“优质均衡”',
  'x',
];
const pick = <T>(from: readonly T[], random: Random): T => from[Math.floor(random() * from.length)]!;
const topic = (random: Random): string => encodeURIComponent(pick(TOPICS, random));

/** Text that no one would type: control characters, bidi marks, markup, astral planes. */
function odd(random: Random): string {
  const pieces = [
    '\u202e',
    '\0',
    '<script>',
    '%',
    '&',
    '𠮷',
    '../',
    '"',
    '教',
    '\r\n',
    '__proto__',
    '🙂',
    '-1',
    '1e9',
  ];
  return encodeURIComponent(
    Array.from({ length: 1 + Math.floor(random() * 12) }, () => pick(pieces, random)).join(''),
  );
}

export const CLIENTS: readonly Client[] = [
  {
    name: 'search',
    orderly: true,
    weight: 6,
    ask: (port, r) => ask(port, { path: `/api/search?q=${topic(r)}` }),
  },
  {
    name: 'compare',
    orderly: true,
    weight: 6,
    ask: (port, r) =>
      ask(port, {
        path: `/api/compare?${Array.from({ length: 1 + Math.floor(r() * 4) }, () => `q=${topic(r)}`).join('&')}`,
      }),
  },
  { name: 'documents', orderly: true, weight: 2, ask: (port) => ask(port, { path: '/api/documents' }) },
  { name: 'page', orderly: true, weight: 1, ask: (port) => ask(port, { path: '/' }) },
  { name: 'status', orderly: true, weight: 1, ask: (port) => ask(port, { path: '/api/status' }) },
  {
    name: 'odd parameters',
    orderly: true,
    weight: 3,
    ask: (port, r) =>
      ask(port, {
        path: `/api/${pick(['search', 'compare', 'documents', 'clauses'], r)}?${odd(r)}=${odd(r)}&q=${odd(r)}`,
      }),
  },
  {
    name: 'odd paths',
    orderly: true,
    weight: 2,
    ask: (port, r) => ask(port, { path: `/${odd(r)}/${odd(r)}` }),
  },
  {
    name: 'long question',
    orderly: true,
    weight: 1,
    ask: (port, r) =>
      ask(port, { path: `/api/search?q=${encodeURIComponent('条'.repeat(Math.floor(r() * 9000)))}` }),
  },
  {
    name: 'oversize body',
    orderly: false,
    weight: 1,
    ask: (port, r) =>
      ask(port, {
        method: 'POST',
        path: '/api/documents',
        body: Buffer.alloc(Math.floor(r() * 4e6), 'x'),
        headers: { 'content-type': 'application/json' },
      }),
  },
  {
    name: 'malformed request',
    orderly: false,
    weight: 2,
    ask: (port, r) => sendBytes(port, malformed(r), 50),
  },
  {
    name: 'slow client',
    orderly: false,
    weight: 1,
    ask: (port, r) =>
      sendBytes(port, `GET /api/search?q=${topic(r)} HTTP/1.1\r\nHost: 127.0.0.1\r\nX: `, 3000),
  },
  {
    name: 'leaves early',
    orderly: false,
    weight: 2,
    ask: (port, r) =>
      sendBytes(port, `GET /api/compare?q=${topic(r)} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n`, 2),
  },
  {
    name: 'other site',
    orderly: true,
    weight: 1,
    ask: (port) => ask(port, { path: '/api/status', headers: { origin: 'https://elsewhere.example' } }),
  },
];

/** One request and its whole answer. */
export function ask(port: number, { method = 'GET', path, headers = {}, body }: Ask): Promise<Answer> {
  const started = performance.now();
  return new Promise((resolve) => {
    const failed = () => resolve({ status: 0, headers: {}, body: '', ms: performance.now() - started });
    const sent = request({
      host: '127.0.0.1',
      port,
      method,
      path,
      headers: { ...headers, ...(body && { 'content-length': String(body.length) }) },
    });
    sent.on('error', failed).on('response', (answer) => {
      const chunks: Buffer[] = [];
      answer
        .on('data', (chunk: Buffer) => chunks.push(chunk))
        .on('error', failed)
        .on('end', () =>
          resolve({
            status: answer.statusCode ?? 0,
            headers: answer.headers,
            body: Buffer.concat(chunks).toString('utf8'),
            ms: performance.now() - started,
          }),
        );
    });
    sent.end(body);
  });
}

function malformed(random: Random): string {
  return pick(
    [
      'GET / HTTP/9.9\r\n\r\n',
      'nonsense\r\n\r\n',
      'GET /api/search?q=教 HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n',
      'POST /api/documents HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\nZZZ\r\n',
      'GET /api/status HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nabcde',
      `GET /${'a'.repeat(300_000)} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n`,
      'GET /../../etc/passwd HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n',
      '\0\0\0\0',
    ],
    random,
  );
}

/** Writes to the bare socket and hangs up after a while; the status of what came back, if anything did. */
function sendBytes(port: number, bytes: string, ms: number): Promise<Answer> {
  const started = performance.now();
  return new Promise((resolve) => {
    let back = '';
    const socket = connect(port, '127.0.0.1', () => {
      socket.write(bytes);
      setTimeout(() => socket.destroy(), ms);
    });
    socket.setEncoding('latin1').on('data', (text: string) => (back += text));
    socket
      .on('error', () => undefined)
      .on('close', () =>
        resolve({
          status: Number(/^HTTP\/1\.\d (\d{3})/.exec(back)?.[1] ?? 0),
          headers: {},
          body: '',
          ms: performance.now() - started,
        }),
      );
  });
}
