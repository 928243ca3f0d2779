/** Originals over HTTP: the bytes as they are, and nothing that a browser would run. */
import { expect, it, onTestFinished } from 'vitest';
import { buildApp } from '../../src/server/app.js';
import { DOCUMENT_ID, files, StubKnowledgeBase } from './stub-knowledge-base.js';

const url = `/api/documents/${encodeURIComponent(DOCUMENT_ID)}/original`;

async function ask(change: { path?: string; mediaType?: string; encoding?: string | null } = {}) {
  const knowledgeBase = new StubKnowledgeBase();
  knowledgeBase.originalFile = { ...files[0]!, ...change };
  const app = await buildApp({ knowledgeBase });
  onTestFinished(() => app.close());
  return app.inject(url);
}

it('are given with type, Chinese name and hash', async () => {
  const { statusCode, headers, rawPayload } = await ask({
    path: '天津/武清区“规划”.txt',
    encoding: 'gb18030',
  });
  expect(statusCode).toBe(200);
  expect(rawPayload.toString()).toBe('原件的字节');
  expect(headers).toMatchObject({
    'content-type': 'text/plain; charset=gb18030',
    'content-length': String(Buffer.byteLength('原件的字节')),
    etag: `"${files[0]!.sha256}"`,
    'cache-control': 'no-cache',
  });
  const [type, ...parameters] = String(headers['content-disposition']).split('; ');
  expect(type).toBe('inline');
  const named = parameters.find((each) => each.startsWith("filename*=UTF-8''"))!;
  expect(decodeURIComponent(named.slice("filename*=UTF-8''".length))).toBe('武清区“规划”.txt');
});

it.each([
  ['text/html', 'a.html', 'utf-8', 'text/html; charset=utf-8', 'attachment'],
  // A page under the name of a text is still a page.
  ['text/html', 'a.txt', 'utf-8', 'text/html; charset=utf-8', 'attachment'],
  ['application/pdf', 'a.pdf', 'utf-8', 'application/pdf', 'inline'],
  [
    'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    'a.docx',
    'utf-8',
    null,
    'attachment',
  ],
])('as %s (%s)', async (mediaType, path, encoding, contentType, disposition) => {
  const { headers } = await ask({ mediaType, path, encoding });
  expect(headers['content-type']).toBe(contentType ?? mediaType);
  expect(String(headers['content-disposition'])).toBe(`${disposition}; filename="${path}"`);
});

it('are sandboxed, whatever they are', async () => {
  for (const mediaType of ['text/html', 'text/plain', 'application/pdf', 'image/svg+xml']) {
    const { headers } = await ask({ mediaType });
    expect(String(headers['content-security-policy']).split('; ')).toContain('sandbox');
    expect(headers['content-security-policy']).not.toContain('allow-');
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['cross-origin-resource-policy']).toBe('same-origin');
  }
});

it('of a document that is not there are a problem', async () => {
  const app = await buildApp({ knowledgeBase: new StubKnowledgeBase() });
  onTestFinished(() => app.close());
  const answer = await app.inject('/api/documents/x/original');
  expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([404, 'document-unknown']);
  expect(answer.headers['content-security-policy']).toContain("default-src 'none'; script-src 'self'");
});
