/** Writing a snapshot: whole, with its sidecar, over nothing. */
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { candidates } from '../../src/fetch/file-name.js';
import { save } from '../../src/fetch/save.js';
import { readSidecar, type Sidecar } from '../../src/sidecar.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tiaowen-save-'));
});
afterEach(() => rm(folder, { recursive: true }));

const sidecar: Sidecar = {
  url: 'http://a.example/1',
  finalUrl: 'http://a.example/1',
  retrieved: '2025-03-01T02:03:04.000Z',
  status: 200,
  contentType: null,
  etag: null,
  lastModified: null,
  sha256: 'aa',
};
const put = (name: string, text: string): Promise<string> =>
  save(folder, candidates(name, ''), Buffer.from(text), sidecar);

describe('save', () => {
  it('writes the file and its sidecar and leaves nothing else', async () => {
    expect(await put('方案.html', '一')).toBe('方案.html');
    expect((await readdir(folder)).sort()).toEqual(['方案.html', '方案.html.meta.json']);
    expect(await readFile(join(folder, '方案.html'), 'utf8')).toBe('一');
    expect(await readSidecar(folder, '方案.html')).toEqual(sidecar);
  });

  it.each([
    ['a file', 'Plan.html'],
    ['a file in other case', 'PLAN.HTML'],
    ['the sidecar of a file that is gone', 'plan.html.meta.json'],
  ])('goes round %s', async (_, there) => {
    await writeFile(join(folder, there), 'old');
    expect(await put('plan.html', 'new')).toBe('plan-2.html');
    expect(await readFile(join(folder, there), 'utf8')).toBe('old');
    expect(await readFile(join(folder, 'plan-2.html'), 'utf8')).toBe('new');
  });

  it('goes round a folder, and a name composed otherwise', async () => {
    await mkdir(join(folder, 'a.html'));
    await writeFile(join(folder, 'e\u0301.html'), 'old');
    expect(await put('a.html', 'x')).toBe('a-2.html');
    expect(await put('é.html', 'x')).toBe('é-2.html');
  });

  it('gives each of many at a time a name of its own', async () => {
    const names = await Promise.all(Array.from({ length: 12 }, (_, i) => put('plan.html', String(i))));
    expect(new Set(names).size).toBe(12);
    const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
    expect(texts).toEqual(Array.from({ length: 12 }, (_, i) => String(i)));
    expect(await readdir(folder)).toHaveLength(24);
  });

  it('names a folder that cannot be written', async () => {
    await chmod(folder, 0o500);
    // Root may write anywhere: then the folder is taken away instead.
    if (process.getuid?.() === 0) await rm(folder, { recursive: true });
    await expect(put('a.html', 'x')).rejects.toMatchObject({ code: 'corpus-unwritable' });
    await mkdir(folder, { recursive: true });
    await chmod(folder, 0o700);
    expect(await readdir(folder)).toEqual([]);
  });
});
