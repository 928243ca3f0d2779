/** Requests made from the OpenAPI document: right, wrong and odd, each with the statuses that the document gives for it. */
import { METHODS } from 'node:http';
import type { Random } from '../mulberry32.js';
import { pick } from './pick.js';
import type { Ask } from './ask.js';

interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query';
}
interface Operation {
  readonly parameters?: readonly Parameter[];
  readonly responses: Readonly<Record<string, unknown>>;
}
export interface OpenApi {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

export interface Drawn {
  readonly ask: Ask;
  /** What the document says that may come; null: nothing is said of such a request. */
  readonly documented: ReadonlySet<number> | null;
}

const VALUES = [
  '教师轮岗',
  '',
  ' ',
  '0',
  '-1',
  '1',
  '100',
  '101',
  '99999999999999999999',
  '1.5',
  'NaN',
  'true',
  'false',
  'null',
  '2021',
  '武清区',
  '规划',
  'bibtex',
  '第十二条',
  '"',
  '同句(',
  '-',
  '../../etc/passwd',
  '__proto__',
  '\u202e\u0000',
  '𠮷🙂',
  '条'.repeat(3000),
] as const;
const BODIES = ['', '{', '{"q":"x"}', '[]', '\0', 'a=b', '--x\r\n', '条'.repeat(5000)] as const;
const TYPES = [
  'application/json',
  'multipart/form-data; boundary=x',
  'multipart/form-data',
  'text/xml',
  'x',
] as const;

/** `ids`: of documents and clauses that are held, so that not every path is unknown. */
export function drawRequest(api: OpenApi, ids: readonly string[], random: Random): Drawn {
  const [path, operations] = pick(Object.entries(api.paths), random);
  const [method, operation] = pick(Object.entries(operations), random);
  const given = (operation.parameters ?? []).filter((parameter) => parameter.in === 'path' || random() < 0.6);
  const value = (parameter: Parameter) =>
    encodeURIComponent(
      parameter.in === 'path' && random() < 0.7 && ids.length > 0 ? pick(ids, random) : pick(VALUES, random),
    );
  let address = path;
  const query: string[] = [];
  for (const parameter of given) {
    if (parameter.in === 'path') address = address.replace(`{${parameter.name}}`, value(parameter));
    else query.push(`${parameter.name}=${value(parameter)}`);
  }
  if (random() < 0.1) query.push(`${encodeURIComponent(pick(VALUES, random))}=1`);
  if (random() < 0.05) query.push('%E6%95');
  const body =
    method === 'post' || random() < 0.1
      ? { body: Buffer.from(pick(BODIES, random)), headers: { 'content-type': pick(TYPES, random) } }
      : {};
  const other = random() < 0.1;
  // CONNECT never becomes a request.
  const asked = other
    ? pick(
        METHODS.filter((name) => name !== 'CONNECT'),
        random,
      )
    : method.toUpperCase();
  const known = new Set(Object.keys(operation.responses).map(Number));
  return {
    ask: { method: asked, path: address + (query.length > 0 ? `?${query.join('&')}` : ''), ...body },
    // An address that is too long, or an empty id, leads elsewhere than to the route that was meant.
    documented: other || /\/(?:\/|$)/.test(address) ? null : known,
  };
}
