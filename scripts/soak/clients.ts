/** The clients of a soak test: what each of them does once. All of them talk to one server on this machine. */
import type { Random } from '../mulberry32.js';
import { ask, sendPieces, type Answer } from './ask.js';
import { drawRequest, type OpenApi } from './openapi-requests.js';
import { pick } from './pick.js';
import { drawUpload, type UploadKind } from './uploads.js';

/** What is known of the server that is asked. */
export interface Target {
  readonly port: number;
  readonly api: OpenApi;
  readonly documentIds: readonly string[];
  readonly clauseIds: readonly string[];
  readonly limitBytes: number;
}

/** Does one thing and gives what came back; `orderly` clients must be answered, the others may be cut off. */
export interface Client {
  readonly name: string;
  readonly orderly: boolean;
  /** How often it comes beside the others. */
  readonly weight: number;
  /** Statuses that are right; not given: any below 500. */
  readonly expected?: readonly number[];
  ask(target: Target, random: Random): Promise<Answer & { readonly undocumented?: boolean }>;
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
] as const;
const topic = (random: Random): string => encodeURIComponent(pick(TOPICS, random));
const id = (ids: readonly string[], random: Random): string => encodeURIComponent(pick(ids, random));

/** Text that no one would type: control characters, bidi marks, markup, astral planes. */
const ODD = ['\u202e', '\0', '<script>', '%', '&', '𠮷', '../', '"', '教', '\r\n', '__proto__', '🙂', '1e9'];
function odd(random: Random): string {
  return encodeURIComponent(
    Array.from({ length: 1 + Math.floor(random() * 12) }, () => pick(ODD, random)).join(''),
  );
}

const get = (
  name: string,
  weight: number,
  path: (target: Target, random: Random) => string,
  expected: readonly number[] = [200, 503],
): Client => ({
  name,
  orderly: true,
  weight,
  expected,
  ask: (target, random) => ask(target.port, { path: path(target, random) }),
});

const upload = (kind: UploadKind, weight: number, expected: readonly number[]): Client => ({
  name: `upload, ${kind}`,
  orderly: true,
  weight,
  expected,
  ask: ({ port, limitBytes }, random) => ask(port, drawUpload(kind, limitBytes, random)),
});

const HEAD = 'HTTP/1.1\r\nHost: 127.0.0.1\r\n';

export const CLIENTS: readonly Client[] = [
  get('search', 6, (_, r) => `/api/search?q=${topic(r)}`),
  get('compare', 6, (_, r) => {
    const topics = Array.from({ length: 1 + Math.floor(r() * 4) }, () => `q=${topic(r)}`);
    return `/api/compare?${topics.join('&')}`;
  }),
  get('documents', 2, () => '/api/documents'),
  get('document', 2, ({ documentIds }, r) => `/api/documents/${id(documentIds, r)}`),
  get('original', 2, ({ documentIds }, r) => `/api/documents/${id(documentIds, r)}/original`),
  get('clause', 2, ({ clauseIds }, r) => `/api/clauses/${id(clauseIds, r)}`),
  get('citation', 1, ({ clauseIds }, r) => `/api/clauses/${id(clauseIds, r)}/citation?style=ris`),
  get('page', 1, ({ clauseIds }, r) =>
    pick(['/', '/documents', `/?q=${topic(r)}&q=${topic(r)}`, `/?clause=${id(clauseIds, r)}`], r),
  ),
  get('status', 1, () => '/api/status'),
  upload('good', 1, [200, 201, 503]),
  upload('bad', 1, [422, 503]),
  upload('oversize', 0.5, [413, 503]),
  {
    name: 'from the OpenAPI document',
    orderly: true,
    weight: 6,
    ask: async (target, random) => {
      const ids = [...target.documentIds, ...target.clauseIds];
      const { ask: drawn, documented } = drawRequest(target.api, ids, random);
      const answer = await ask(target.port, drawn);
      return { ...answer, undocumented: documented !== null && !documented.has(answer.status) };
    },
  },
  get(
    'odd parameters',
    2,
    (_, r) =>
      `/api/${pick(['search', 'compare', 'documents', 'clauses'], r)}?${odd(r)}=${odd(r)}&q=${odd(r)}`,
    [200, 400, 404, 503],
  ),
  get('odd paths', 1, (_, r) => `/${odd(r)}/${odd(r)}`, [200, 400, 404]),
  {
    name: 'other site',
    orderly: true,
    weight: 1,
    expected: [403],
    ask: ({ port }) => ask(port, { path: '/api/status', headers: { origin: 'https://elsewhere.example' } }),
  },
  {
    name: 'malformed request',
    orderly: false,
    weight: 2,
    ask: ({ port }, r) => sendPieces(port, [malformed(r)], 0, 50),
  },
  {
    name: 'leaves early',
    orderly: false,
    weight: 2,
    ask: ({ port }, r) => sendPieces(port, [`GET /api/compare?q=${topic(r)} ${HEAD}\r\n`], 0, 2),
  },
];

/** Beside the others and each for a long time: letters that trickle, until the server has enough of it or a minute and a half is over. */
export const SLOW_CLIENTS: readonly Client[] = [
  {
    name: 'slow head',
    orderly: false,
    weight: 1,
    expected: [408],
    ask: ({ port }, r) => {
      const name = pick(TOPICS, r);
      return sendPieces(
        port,
        [`GET /api/search?q=${encodeURIComponent(name)} ${HEAD}`, ...drops(90, 'X: y\r\n')],
        1000,
        0,
      );
    },
  },
  {
    name: 'slow body',
    orderly: false,
    weight: 1,
    ask: ({ port }) =>
      sendPieces(
        port,
        [
          `POST /api/documents ${HEAD}Content-Type: multipart/form-data; boundary=x\r\nContent-Length: 9999\r\n\r\n`,
          ...drops(60, '-'),
        ],
        1000,
        0,
      ),
  },
  {
    name: 'slow reader',
    orderly: false,
    weight: 1,
    ask: ({ port }) => sendPieces(port, [`GET /api/documents ${HEAD}\r\n`.repeat(50)], 20_000, 0),
  },
];

function drops(count: number, text: string): string[] {
  return Array.from({ length: count }, () => text);
}

function malformed(random: Random): string {
  return pick(
    [
      'GET / HTTP/9.9\r\n\r\n',
      'nonsense\r\n\r\n',
      `GET /api/search?q=教 ${HEAD}\r\n`,
      `POST /api/documents ${HEAD}Transfer-Encoding: chunked\r\n\r\nZZZ\r\n`,
      `GET /api/status ${HEAD}Content-Length: 5\r\nContent-Length: 6\r\n\r\nabcde`,
      `GET /${'a'.repeat(300_000)} ${HEAD}\r\n`,
      `GET /../../etc/passwd ${HEAD}\r\n`,
      '\0\0\0\0',
    ],
    random,
  );
}
