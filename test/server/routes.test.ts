/** Every route: the whole answer reaches the client and is what the OpenAPI document says. */
import { Compile } from 'typebox/schema';
import { beforeEach, describe, expect, it } from 'vitest';
import { buildApp } from '../../src/server/app.js';
import type { App } from '../../src/server/routes/api.js';
import * as stub from './stub-knowledge-base.js';

let app: App;
let knowledgeBase: stub.StubKnowledgeBase;

beforeEach(async () => {
  knowledgeBase = new stub.StubKnowledgeBase();
  app = await buildApp({ knowledgeBase });
  return () => app.close();
});

const id = encodeURIComponent;
const [readFile, unreadableFile] = stub.files.map((file) => ({ ...file, noise: undefined }));

/** Address, route as OpenAPI names it, the answer expected. */
const ROUTES: readonly (readonly [string, string, unknown])[] = [
  [`/api/search?q=${id('教师轮岗')}`, '/api/search', stub.searchAnswer('教师轮岗')],
  [`/api/compare?q=${id('教师轮岗')}`, '/api/compare', stub.comparison(['教师轮岗'])],
  [`/api/compare?q=a&q=b&q=c`, '/api/compare', stub.comparison(['a', 'b', 'c'])],
  ['/api/documents', '/api/documents', { documents: [stub.summary], files: [readFile, unreadableFile] }],
  [`/api/documents/${id(stub.DOCUMENT_ID)}`, '/api/documents/{id}', stub.documentView],
  [`/api/clauses/${id(stub.CLAUSE_ID)}`, '/api/clauses/{id}', stub.clauseView],
  [
    `/api/clauses/${id(stub.CLAUSE_ID)}/citation?style=bibtex`,
    '/api/clauses/{id}/citation',
    { clauseId: stub.CLAUSE_ID, style: 'bibtex', citation: `bibtex: ${stub.clauseView.citation}` },
  ],
  ['/api/jurisdictions', '/api/jurisdictions', { jurisdictions: stub.status.jurisdictions }],
  ['/api/status', '/api/status', stub.status],
  ['/healthz', '/healthz', { status: 'ok' }],
];

interface OpenApi {
  readonly openapi: string;
  readonly paths: Record<
    string,
    { get: { responses: Record<string, { content: Record<string, { schema: object }> }> } }
  >;
  readonly components: { readonly schemas: Record<string, object> };
}

async function openApi(): Promise<OpenApi> {
  return (await app.inject('/openapi.json')).json<OpenApi>();
}

/** The schema with every reference replaced by what it names. */
function inlined(schema: unknown, { components }: OpenApi): unknown {
  if (Array.isArray(schema)) return schema.map((each) => inlined(each, { components } as OpenApi));
  if (typeof schema !== 'object' || schema === null) return schema;
  const ref = (schema as { $ref?: string }).$ref;
  if (ref !== undefined) {
    const name = ref.replace('#/components/schemas/', '');
    expect(Object.keys(components.schemas)).toContain(name);
    return inlined(components.schemas[name], { components } as OpenApi);
  }
  return Object.fromEntries(
    Object.entries(schema).map(([key, value]) => [key, inlined(value, { components } as OpenApi)]),
  );
}

describe.each(ROUTES)('GET %s', (address, route, expected) => {
  it('answers with all that the knowledge base gave', async () => {
    const answer = await app.inject(address);
    expect(answer.statusCode).toBe(200);
    expect(answer.headers['content-type']).toBe('application/json; charset=utf-8');
    expect(answer.json()).toEqual(expected);
  });

  it('answers as its schema says, with no field beyond it', async () => {
    const api = await openApi();
    const schema = inlined(api.paths[route]!.get.responses['200']!.content['application/json']!.schema, api);
    expect(JSON.stringify(schema)).toContain('"additionalProperties":false');
    const [valid, errors] = Compile(schema as object).Errors((await app.inject(address)).json());
    expect(errors).toEqual([]);
    expect(valid).toBe(true);
  });
});

describe('what the knowledge base is asked', () => {
  it('gets every parameter of a search', async () => {
    await app.inject(
      '/api/search?q=x&limit=5&jurisdiction=%E6%AD%A6%E6%B8%85%E5%8C%BA&kind=%E8%A7%84%E5%88%92&year=2021&document=d',
    );
    expect(knowledgeBase.asked).toEqual([
      ['search', 'x', { jurisdictions: ['武清区'], kind: '规划', year: 2021, document: 'd', limit: 5 }],
    ]);
  });

  it('gets every parameter of a comparison', async () => {
    await app.inject(
      '/api/compare?q=x&jurisdiction=a&jurisdiction=b&perCell=2&templates=true&literal=true&year=2020&kind=k&document=d',
    );
    expect(knowledgeBase.asked).toEqual([
      [
        'compare',
        ['x'],
        {
          jurisdictions: ['a', 'b'],
          kind: 'k',
          year: 2020,
          document: 'd',
          perCell: 2,
          templates: true,
          literal: true,
        },
      ],
    ]);
  });

  it('gets nothing that was not given', async () => {
    await app.inject('/api/search?q=x');
    await app.inject('/api/compare?q=x&templates=false');
    expect(knowledgeBase.asked).toEqual([
      ['search', 'x', {}],
      ['compare', ['x'], { templates: false }],
    ]);
  });

  it('gets an id as it is, however it was encoded', async () => {
    await app.inject(`/api/clauses/${id(stub.CLAUSE_ID)}`);
    await app.inject(`/api/clauses/${id(stub.CLAUSE_ID).replaceAll('~', '%7E').replaceAll('.', '%2E')}`);
    expect(knowledgeBase.asked).toEqual([
      ['clause', stub.CLAUSE_ID],
      ['clause', stub.CLAUSE_ID],
    ]);
  });

  it('is gbt7714 where no style is named', async () => {
    await app.inject(`/api/clauses/${id(stub.CLAUSE_ID)}/citation`);
    expect(knowledgeBase.asked[0]).toEqual(['citation', stub.CLAUSE_ID, 'gbt7714']);
  });

  it('is free of markup of ours: text stays as it was', async () => {
    const answer = await app.inject(`/api/search?q=${id('<script>alert(1)</script>')}`);
    expect(answer.json().query).toBe('<script>alert(1)</script>');
    expect(answer.headers['x-content-type-options']).toBe('nosniff');
  });
});

describe('/openapi.json', () => {
  it('lists every route with its parameters and problems', async () => {
    const api = await openApi();
    expect(api.openapi).toBe('3.1.0');
    const routes = [...ROUTES.map(([, route]) => route), '/api/documents/{id}/original'];
    expect(Object.keys(api.paths).sort()).toEqual([...new Set(routes)].sort());
    for (const [path, { get }] of Object.entries(api.paths)) {
      if (path === '/healthz') continue;
      expect(Object.keys(get.responses['400']!.content)).toEqual(['application/problem+json']);
    }
    expect(JSON.stringify(api)).not.toContain('#"');
  });
});

describe('/docs', () => {
  it('shows the document with local assets only', async () => {
    const page = await app.inject('/docs');
    expect(page.statusCode).toBe(200);
    expect(page.body).not.toMatch(/(src|href)="https?:/);
    expect(page.headers['content-security-policy']).toContain("script-src 'self';");
    const initializer = await app.inject('/docs/static/swagger-initializer.js');
    expect(initializer.body).toContain('"validatorUrl":null');
    expect((await app.inject('/docs/static/swagger-ui-bundle.js')).statusCode).toBe(200);
  });
});

it('answers HEAD as GET, without a body', async () => {
  const answer = await app.inject({ method: 'HEAD', url: '/api/status' });
  expect(answer.statusCode).toBe(200);
  expect(answer.body).toBe('');
});
