/** Whatever is asked, the answer is JSON of a known kind: never a 5xx, never a hanging request. */
import fc from 'fast-check';
import { expect, it, onTestFinished } from 'vitest';
import { ERRORS } from '../../src/model/errors.js';
import { buildApp } from '../../src/server/app.js';
import { CLAUSE_ID, DOCUMENT_ID, StubKnowledgeBase } from './stub-knowledge-base.js';

const NAMES = [
  'q',
  'limit',
  'jurisdiction',
  'kind',
  'year',
  'document',
  'perCell',
  'templates',
  'literal',
  'style',
];
const PATHS = [
  '/api/search',
  '/api/compare',
  '/api/documents',
  '/api/status',
  '/api/jurisdictions',
  `/api/documents/${encodeURIComponent(DOCUMENT_ID)}`,
  `/api/clauses/${encodeURIComponent(CLAUSE_ID)}`,
  `/api/clauses/${encodeURIComponent(CLAUSE_ID)}/citation`,
];

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }).filter((value) => !/\p{Surrogate}/u.test(value)),
  fc.string({ unit: 'grapheme', maxLength: 20 }),
  fc.constantFrom(
    '',
    ' ',
    '0',
    '-1',
    '1e3',
    'NaN',
    'null',
    'true',
    '__proto__',
    '\0',
    '\r\n',
    '../..',
    '%',
    '[]',
    '教师',
  ),
);
const parameter = fc.tuple(fc.oneof(fc.constantFrom(...NAMES), text), text);
const encoded = fc
  .array(parameter, { maxLength: 6 })
  .map((pairs) =>
    pairs.map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`).join('&'),
  );
const path = fc.oneof(
  fc.constantFrom(...PATHS),
  text.map((id) => `/api/clauses/${encodeURIComponent(id)}`),
  text.map((id) => `/api/documents/${encodeURIComponent(id)}`),
  text.map((id) => `/api/documents/${encodeURIComponent(id)}/original`),
  // "/api/.." is "/" before it is sent: the page, which is no JSON.
  text.filter((rest) => rest !== '..').map((rest) => `/api/${encodeURIComponent(rest)}`),
);
/** Percent signs and brackets as they come, which no client should send. */
const raw = fc.stringMatching(/^[\w%&=+.~:@!$'()*,;?/[\]-]{0,40}$/);

it('answers any request with 200 or a named problem of the client', async () => {
  const app = await buildApp({ knowledgeBase: new StubKnowledgeBase() });
  onTestFinished(() => app.close());
  await fc.assert(
    fc.asyncProperty(path, fc.oneof(encoded, raw), async (address, query) => {
      const answer = await app.inject(query === '' ? address : `${address}?${query}`);
      const body = answer.json<{ code?: keyof typeof ERRORS }>();
      if (answer.statusCode === 200) return;
      expect(answer.statusCode).toBeLessThan(500);
      expect(answer.headers['content-type']).toContain('application/problem+json');
      expect(ERRORS[body.code!].status).toBe(answer.statusCode);
    }),
    { numRuns: 600 },
  );
});
