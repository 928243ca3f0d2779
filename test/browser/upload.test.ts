/** Files given to the page, with the real model: picked, dropped, refused; and the way back to the original. */
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { linesAt, rawPdf } from '../extract/pdf/raw-pdf.js';
import { cannotRun, launchBrowser, openPage } from './browser.js';
import { serveCorpus, type Served } from './setup.js';

const PLAN =
  '甲县教育发展规划\n甲县人民政府\n2023年5月6日\n一、主要任务\n1.推进教师交流。\n2.加强经费保障。\n';
const DROPPED = PLAN.replaceAll('甲县', '丙县');
const PDF = Buffer.from(
  rawPdf([
    { text: linesAt(['乙县课后服务实施办法', '　　第一条　学校应当提供课后服务。']) },
    { text: linesAt(['　　第二条　本办法自2023年9月1日起施行。']) },
  ]),
);
const pdf = { name: '乙县 课后服务办法.pdf', mimeType: 'application/pdf', buffer: PDF };
const broken = {
  name: '坏.docx',
  mimeType: 'application/octet-stream',
  buffer: Buffer.from('PK\u0003\u0004x'),
};

/** The model is loaded and run for a file, on a machine that may have more to do. */
const PATIENT = { timeout: 100_000 };

describe.skipIf(cannotRun)('the page takes files in', { timeout: 240_000 }, () => {
  let corpus: string;
  let served: Served;
  let browser: Browser;
  beforeAll(async () => {
    corpus = await mkdtemp(join(tmpdir(), 'tiaowen-upload-'));
    await writeFile(join(corpus, '甲县.txt'), PLAN);
    [served, browser] = await Promise.all([serveCorpus(corpus), launchBrowser()]);
  });
  afterAll(async () => {
    await browser?.close();
    await served?.close();
    await rm(corpus, { recursive: true });
  });

  const pick = (page: Page, files: Parameters<Page['setInputFiles']>[1]) =>
    page.getByLabel('选择要添加的文件').setInputFiles(files);
  const line = (page: Page, name: string) =>
    page.getByLabel('添加文件').getByRole('listitem').filter({ hasText: name });

  it('picked: each is said to be held or why not, and the list shows what is new', async () => {
    const { page, complaints, go } = await openPage(browser, served.base);
    await go('/documents');
    expect(await page.getByRole('row').count()).toBe(2);
    await pick(page, [pdf, broken]);
    await line(page, pdf.name).getByText('已收录 1 份文件、2 条').waitFor(PATIENT);
    await line(page, broken.name).getByText('未收录：').waitFor(PATIENT);
    expect(await line(page, broken.name).textContent()).toContain('archive-broken');
    await page.getByRole('link', { name: '乙县课后服务实施办法' }).waitFor();
    expect(await page.getByRole('row').count()).toBe(3);
    expect((await readdir(corpus)).sort()).toEqual([pdf.name, '甲县.txt'].sort());
    // The browser itself tells of the 422.
    expect(complaints.filter((each) => !each.includes('422'))).toEqual([]);

    await page.getByRole('button', { name: '清空列表' }).click();
    await pick(page, [{ ...pdf, name: '同一份.pdf' }]);
    await line(page, '同一份.pdf').getByText(`内容相同的文件已在资料中：${pdf.name}`).waitFor(PATIENT);
  });

  it('leads from a clause to its page of the original, with hash and time', async () => {
    const { page, complaints, go } = await openPage(browser, served.base);
    const { id, sha256 } = served.knowledgeBase.documents().find(({ file }) => file === pdf.name)!;
    const last = served.knowledgeBase.document(id).clauses.at(-1)!;
    await go(`/?clause=${encodeURIComponent(last.id)}`);
    const link = page.getByRole('link', { name: '原件 第 2 页' });
    expect(await link.getAttribute('href')).toMatch(/\/original#page=2$/);
    const original = await page.request.get(new URL((await link.getAttribute('href'))!, served.base).href);
    expect(await original.body()).toEqual(await readFile(join(corpus, pdf.name)));
    await page.getByText('文件信息').click();
    const facts = page.locator('.facts');
    expect(await facts.textContent()).toContain(sha256);
    expect(await facts.textContent()).toMatch(/获取时间\s*\d{4}年\d{1,2}月\d{1,2}日 \d\d:\d\d/);
    expect(complaints).toEqual([]);
  });

  it('refused before anything is sent: too large, of a format that is not read, an old Word file', async () => {
    const { page, complaints, go } = await openPage(browser, served.base);
    await page.route('**/api/upload', (route) => route.fulfill({ json: { maxBytes: 1024 * 1024 } }));
    await go('/documents');
    const sent: string[] = [];
    page.on('request', (request) => {
      if (request.method() === 'POST') sent.push(request.url());
    });
    const mimeType = 'application/octet-stream';
    await pick(page, [
      { name: '年鉴.pdf', mimeType, buffer: Buffer.concat([PDF, Buffer.alloc(1024 * 1024)]) },
      { name: '台账.xlsx', mimeType, buffer: Buffer.from('PK') },
      { name: '旧稿.doc', mimeType, buffer: Buffer.from('d0cf11e0a1b11ae1', 'hex') },
    ]);
    await line(page, '年鉴.pdf').getByText('超过 1 MiB 的上限').waitFor(PATIENT);
    await line(page, '台账.xlsx').getByText('不支持“.xlsx”这种格式').waitFor(PATIENT);
    await line(page, '旧稿.doc').getByText('旧版 Word').waitFor(PATIENT);
    expect(sent).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it('dropped anywhere on the page', async () => {
    const { page, complaints, go } = await openPage(browser, served.base);
    await go('/documents');
    const transfer = await page.evaluateHandle(`(() => {
      const made = new DataTransfer();
      made.items.add(new File([${JSON.stringify(DROPPED)}], '丙县.txt', { type: 'text/plain' }));
      return made;
    })()`);
    await page.dispatchEvent('h1', 'dragover', { dataTransfer: transfer });
    await page.getByText('松开鼠标即添加').waitFor();
    await page.dispatchEvent('h1', 'drop', { dataTransfer: transfer });
    await line(page, '丙县.txt').getByText('已收录 1 份文件、2 条').waitFor(PATIENT);
    expect(await readFile(join(corpus, '丙县.txt'), 'utf8')).toBe(DROPPED);
    expect(complaints).toEqual([]);
  });
});
