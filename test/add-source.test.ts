/** From an address to a snapshot in the corpus folder, and what an ingest makes of it. */
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PDFDocument } from 'pdf-lib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addSource, type Added } from '../src/add-source.js';
import { sha256 } from '../src/fetch/held.js';
import { parseFile } from '../src/parse/parse-file.js';
import { readHints, readSidecar } from '../src/sidecar.js';
import { encodeAs } from './extract/encoding/encode.js';
import { answer, redirect, siteOf } from './fetch/local-site.js';

let corpus: string;
beforeEach(async () => {
  corpus = await mkdtemp(join(tmpdir(), 'tiaowen-add-'));
});
afterEach(() => rm(corpus, { recursive: true, force: true }));

const TITLE = '武清区校园安全工作方案';
const page = (text: string, around = ''): string =>
  `<html><head><title>门户</title></head><body><h1>${TITLE}</h1><p>一、总体要求</p><p>${text}</p>${around}</body></html>`;
const add = (url: string, name?: string): Promise<Added> =>
  addSource(corpus, url, { allowPrivate: true, ignoreRobots: true, ...(name !== undefined && { name }) });
/** Names in the folder, sidecars left out. */
const files = async (): Promise<string[]> =>
  (await readdir(corpus)).filter((name) => !name.endsWith('.meta.json')).sort();

describe('addSource', () => {
  it('keeps the bytes verbatim under the title, and where they come from', async () => {
    const html = page('坚持教育优先发展。\r\n');
    const { origin } = await siteOf({
      '/old': redirect('/t2025.html'),
      '/t2025.html': answer(html, { etag: '"1"', 'last-modified': 'Sat, 01 Mar 2025 00:00:00 GMT' }),
    });
    const added = await add(`${origin}/old#top`);
    expect(added).toMatchObject({ outcome: 'added', path: `${TITLE}.html`, earlier: [] });
    const bytes = await readFile(join(corpus, added.path));
    expect(bytes.toString()).toBe(html);
    expect(await readSidecar(corpus, added.path)).toEqual({
      url: `${origin}/old`,
      finalUrl: `${origin}/t2025.html`,
      retrieved: added.retrieved,
      status: 200,
      contentType: 'text/html; charset=utf-8',
      etag: '"1"',
      lastModified: 'Sat, 01 Mar 2025 00:00:00 GMT',
      sha256: sha256(bytes),
    });
    expect(await files()).toEqual([added.path]);
  });

  it('does not lose a charset that only the header names', async () => {
    // These characters in GBK happen to be valid UTF-8.
    const body = Buffer.from(encodeAs('<html><body><p>学校</p></body></html>', 'gbk'));
    const { origin } = await siteOf({
      '/a.html': answer(body, { 'content-type': 'text/html; charset=GBK' }),
    });
    const { path, finalUrl } = await add(`${origin}/a.html`);
    const bytes = await readFile(join(corpus, path));
    expect(bytes.equals(body)).toBe(true);
    const hints = await readHints(corpus, path, sha256(bytes));
    const { file, source } = await parseFile(bytes, path, hints);
    expect([file.encoding, file.url, source]).toEqual([
      'gb18030',
      finalUrl,
      '<html><body><p>学校</p></body></html>',
    ]);
    expect((await parseFile(bytes, path)).source).not.toContain('学校');
  });

  it.each([
    ["attachment; filename*=UTF-8''%E5%8A%9E%E6%B3%95.html", undefined, '办法.html'],
    ['inline', undefined, `${TITLE}.html`],
    ["attachment; filename*=UTF-8''%E5%8A%9E%E6%B3%95.html", '我的/方案.htm', '我的-方案.html'],
  ])('names it by %s and %s', async (disposition, name, path) => {
    const { origin } = await siteOf({ '/a': answer(page('一'), { 'content-disposition': disposition }) });
    expect((await add(`${origin}/a`, name)).path).toBe(path);
  });

  it('names a text without a title by its address', async () => {
    const { origin } = await siteOf({ '/x/%E6%96%B9%E6%A1%88.jsp?id=1': answer('<p></p>。') });
    expect((await add(`${origin}/x/方案.jsp?id=1`)).path).toBe('方案.html');
  });

  it('goes by the bytes where the server says something else', async () => {
    const pdf = await PDFDocument.create();
    pdf.addPage();
    const { origin } = await siteOf({
      '/file.do': answer(await pdf.save(), { 'content-type': 'text/html' }),
      '/text': answer('一、总体要求', { 'content-type': 'application/octet-stream' }),
      '/page': answer(page('一'), { 'content-type': 'application/octet-stream' }),
    });
    // A scan is kept: it has to be read by OCR, and until then the district counts as unreadable, not as not covered.
    expect((await add(`${origin}/file.do`)).path).toBe('file.pdf');
    expect((await add(`${origin}/text`)).path).toMatch(/\.txt$/);
    expect((await add(`${origin}/page`)).path).toMatch(/\.html$/);
  });

  it.each([
    ['nothing', ''],
    ['a picture', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')],
    ['old Word', Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(600)])],
    ['a broken archive', Buffer.from('504b0304', 'hex')],
    ['a PDF that is none', '%PDF-1.7\nx'],
  ])('stores nothing of %s', async (_, body) => {
    const { origin } = await siteOf({ '/a': answer(body, { 'content-type': 'application/octet-stream' }) });
    await expect(add(`${origin}/a`)).rejects.toMatchObject({ code: 'content-unsupported' });
    expect(await readdir(corpus)).toEqual([]);
  });

  it('says what is held already, under whatever name and address', async () => {
    const { origin } = await siteOf({ '/a': answer(page('一')), '/b': answer(page('一')) });
    await writeFile(join(corpus, '手存.html'), page('一'));
    expect(await add(`${origin}/a`)).toMatchObject({ outcome: 'same-bytes', path: '手存.html' });
    expect(await add(`${origin}/b`)).toMatchObject({ outcome: 'same-bytes', path: '手存.html' });
    expect(await readdir(corpus)).toEqual(['手存.html']);
  });

  it('keeps the old snapshot beside the new one', async () => {
    let text = '第一版。';
    const { origin } = await siteOf({ '/a': (request, response) => answer(page(text))(request, response) });
    const first = await add(`${origin}/a`);
    text = '第二版。';
    const second = await add(`${origin}/a`);
    text = '第三版。';
    const third = await add(`${origin}/a`);
    expect(second.path).toMatch(new RegExp(`^${TITLE}-\\d{4}-\\d\\d-\\d\\d\\.html$`));
    expect(third.path).toBe(second.path.replace('.html', '-2.html'));
    expect([first.earlier, second.earlier, third.earlier]).toEqual([
      [],
      [first.path],
      [second.path, first.path],
    ]);
    expect(await readFile(join(corpus, first.path), 'utf8')).toContain('第一版');
    expect(await readFile(join(corpus, second.path), 'utf8')).toContain('第二版');
    text = '第一版。';
    expect(await add(`${origin}/a`)).toMatchObject({ outcome: 'same-bytes', path: first.path });
  });

  it('does not store a page again that only counts its readers', async () => {
    let readers = 0;
    const { origin } = await siteOf({
      '/a': (request, response) =>
        answer(page('一。', `<script>token=${++readers}</script>`))(request, response),
    });
    const first = await add(`${origin}/a`);
    expect(await add(`${origin}/a`)).toMatchObject({ outcome: 'same-text', path: first.path });
    expect(readers).toBe(2);
    expect(await files()).toEqual([first.path]);
  });

  it('numbers another page of the same title', async () => {
    const { origin } = await siteOf({ '/a': answer(page('一')), '/b': answer(page('二')) });
    await add(`${origin}/a`);
    expect(await add(`${origin}/b`)).toMatchObject({ path: `${TITLE}-2.html`, earlier: [] });
  });

  it('fetches nothing for a corpus that does not exist', async () => {
    const { origin, asked } = await siteOf({ '/a': answer(page('一')) });
    await rm(corpus, { recursive: true });
    await expect(add(`${origin}/a`)).rejects.toMatchObject({ code: 'corpus-missing' });
    expect(asked).toEqual([]);
  });
});
