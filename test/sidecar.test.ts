/** What a sidecar tells the reader of its file. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseFile } from '../src/parse/parse-file.js';
import { charsetOf, readHints, readSidecar, type Sidecar } from '../src/sidecar.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tiaowen-sidecar-'));
});
afterEach(() => rm(folder, { recursive: true }));

const sidecar: Sidecar = {
  url: 'http://a.example/1',
  finalUrl: 'https://a.example/2',
  retrieved: '2025-03-01T02:03:04.000Z',
  status: 200,
  contentType: 'text/html; charset=GBK',
  etag: null,
  lastModified: null,
  sha256: 'aa',
};
const put = (content: unknown): Promise<void> =>
  writeFile(
    join(folder, 'a.html.meta.json'),
    typeof content === 'string' ? content : JSON.stringify(content),
  );

describe('readSidecar', () => {
  it('gives back what was written', async () => {
    await put(sidecar);
    expect(await readSidecar(folder, 'a.html')).toEqual(sidecar);
  });

  it.each([
    ['nothing', ''],
    ['no JSON', '{'],
    ['another JSON', '[1]'],
    ['null', 'null'],
    ['an address that is none', { ...sidecar, finalUrl: 'javascript:alert(1)' }],
    ['no hash', { ...sidecar, sha256: 1 }],
  ])('is null for %s', async (_, content) => {
    await put(content);
    expect(await readSidecar(folder, 'a.html')).toBeNull();
  });
});

describe('readHints', () => {
  it('are the charset of the header and the address that answered', async () => {
    await put(sidecar);
    expect(await readHints(folder, 'a.html', 'aa')).toEqual({ charset: 'GBK', url: 'https://a.example/2' });
  });

  it('are none for a file that was replaced, and for one without a sidecar', async () => {
    await put(sidecar);
    expect(await readHints(folder, 'a.html', 'bb')).toEqual({ charset: null, url: null });
    expect(await readHints(folder, 'b.html', 'aa')).toEqual({ charset: null, url: null });
  });

  it.each([
    ['text/html; charset="gb2312"', 'gb2312'],
    ['text/html', null],
    ['html', null],
    [null, null],
  ])('charset of %s', (header, charset) => {
    expect(charsetOf(header)).toBe(charset);
  });
});

describe('parseFile with hints', () => {
  const bytes = (text: string) => new TextEncoder().encode(text);

  it('takes the address of the sidecar when the page names none', async () => {
    const hints = { charset: null, url: 'https://a.example/2' };
    const named =
      '<html><head><link rel="canonical" href="https://own.example/"></head><body>一</body></html>';
    const urlOf = async (text: string, name: string) => (await parseFile(bytes(text), name, hints)).file.url;
    expect(await urlOf('<html><body>一</body></html>', 'a.html')).toBe('https://a.example/2');
    expect(await urlOf('一、总体要求', 'a.txt')).toBe('https://a.example/2');
    expect(await urlOf(named, 'a.html')).toBe('https://own.example/');
    expect(await urlOf('', 'a.html')).toBe('https://a.example/2');
  });
});
