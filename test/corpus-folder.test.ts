/** Which files of a folder are sources. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { listSources } from '../src/corpus-folder.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tiaowen-folder-'));
});
afterEach(() => rm(folder, { recursive: true }));

const put = async (...paths: string[]): Promise<void> => {
  for (const path of paths) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), 'x');
  }
};

describe('listSources', () => {
  it('存下的网页连同其附属目录是一份文件', async () => {
    await put(
      '方案.html',
      '方案_files/a.css',
      '方案_files/sub/frame.html',
      '区/办法.htm',
      '区/办法.files/x.js',
    );
    expect(await listSources(folder)).toEqual(['区/办法.htm', '方案.html']);
  });

  it('说明来源的 .meta.json 不是源文件', async () => {
    await put('方案.html', '方案.html.meta.json', '区/办法.pdf', '区/办法.pdf.META.JSON', '数据.json');
    expect(await listSources(folder)).toEqual(['区/办法.pdf', '数据.json', '方案.html']);
  });

  it('旁边没有网页的同名目录照读', async () => {
    await put('方案_files/一.txt', '区/方案.html', '区/其他_files/二.txt');
    expect(await listSources(folder)).toEqual(['区/其他_files/二.txt', '区/方案.html', '方案_files/一.txt']);
  });
});
