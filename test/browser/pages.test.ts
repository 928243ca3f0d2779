/** The pages of an original with the cited lines marked, on PDFs made here. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  concatTransformationMatrix,
  drawObject,
  PDFDocument,
  popGraphicsState,
  pushGraphicsState,
} from 'pdf-lib';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { linesAt, rawPdf, setLines } from '../extract/pdf/raw-pdf.js';
import { cannotRun, launchBrowser, openPage } from './browser.js';
import { serveCorpus, type Served } from './setup.js';

const LONG =
  '第二条　课后服务时间每天不少于两小时，每周五天；学校应当结合本校实际制定课后服务实施方案，经教育行政部门备案后向家长公布。';
/** The second article begins on page 1 and ends on page 2; page 3 is printed sideways. */
const [first, second, third, ...more] = setLines(LONG);
const PDF = rawPdf([
  { text: linesAt(['乙县课后服务实施办法', '　　第一条　学校应当提供课后服务。', first!, second!]) },
  { text: linesAt([third!, ...more, ...setLines('第三条　收费标准由县发展改革委会同有关部门核定并公布。')]) },
  { text: [{ text: '第四条　本办法自2023年9月1日起施行。', x: 300, y: 700, angle: 90 }], rotate: 90 },
]);
const FILE = '乙县课后服务办法.pdf';

/**
 * A scan as fax machines and scanners write it (CCITT group 3): 64 rows of 64 black pixels, in the middle of a square page; and a JPEG 2000 of
 * which only the head is there.
 */
async function scan(): Promise<Uint8Array> {
  const pdf = await PDFDocument.create();
  const page = pdf.addPage([300, 300]);
  // No white (00110101), 64 black (0000001111), no more (0000110111), filled up to a whole byte.
  const rows = Buffer.concat(Array.from({ length: 64 }, () => Buffer.from([0x35, 0x03, 0xc3, 0x70])));
  const picture = pdf.context.stream(rows, {
    Type: 'XObject',
    Subtype: 'Image',
    Width: 64,
    Height: 64,
    ColorSpace: 'DeviceGray',
    BitsPerComponent: 1,
    Filter: 'CCITTFaxDecode',
    DecodeParms: { K: 0, Columns: 64, Rows: 64, EncodedByteAlign: true },
  });
  // SOC, SIZ: 8 by 8, one component of 8 bits.
  const size = '00000008'.repeat(2) + '00000000'.repeat(2);
  const other = pdf.context.stream(Buffer.from(`ff4fff5100290000${size}${size}0001070101`, 'hex'), {
    Type: 'XObject',
    Subtype: 'Image',
    Width: 8,
    Height: 8,
    Filter: 'JPXDecode',
  });
  const [name, otherName] = [picture, other].map((each) =>
    page.node.newXObject('Scan', pdf.context.register(each)),
  );
  page.pushOperators(
    pushGraphicsState(),
    concatTransformationMatrix(100, 0, 0, 100, 100, 100),
    drawObject(name!),
    popGraphicsState(),
    drawObject(otherName!),
  );
  return pdf.save();
}

/** Share of the pixels under each mark that are dark: letters are printed there. */
const inkUnderMarks = (page: Page) =>
  page.evaluate<number[]>(`[...document.querySelectorAll('.mark')].map((mark) => {
    const canvas = mark.parentElement.querySelector('canvas');
    const [outer, box] = [canvas.getBoundingClientRect(), mark.getBoundingClientRect()];
    const scale = canvas.width / outer.width;
    const [x, y, width, height] = [box.x - outer.x, box.y - outer.y, box.width, box.height].map((each) => each * scale);
    const { data } = canvas.getContext('2d').getImageData(x, y, width, height);
    const dark = data.filter((value, i) => i % 4 === 0 && value < 100);
    return dark.length / (data.length / 4);
  })`);

describe.skipIf(cannotRun)('the pages of an original', { timeout: 240_000 }, () => {
  let corpus: string;
  let served: Served;
  let browser: Browser;
  beforeAll(async () => {
    corpus = await mkdtemp(join(tmpdir(), 'tiaowen-pages-'));
    await writeFile(join(corpus, FILE), PDF);
    [served, browser] = await Promise.all([serveCorpus(corpus), launchBrowser()]);
  });
  afterAll(async () => {
    await browser?.close();
    await served?.close();
    await rm(corpus, { recursive: true });
  });

  const clauseOf = (label: string) => {
    const [document] = served.knowledgeBase.documents();
    return served.knowledgeBase.document(document!.id).clauses.find((clause) => clause.label === label)!;
  };
  const view = (page: Page, number: number) =>
    page.getByRole('status').filter({ hasText: `第 ${number} 页，共 3 页` });

  it('open at the cited clause, with each of its printed lines marked', async () => {
    const { page, complaints, go } = await openPage(browser, served.base);
    const clause = clauseOf('第二条');
    await go(`/?clause=${encodeURIComponent(clause.id)}`);
    expect(await page.locator('[data-cited]').textContent()).toBe(clause.text);
    await page.getByRole('button', { name: '原件页面' }).click();
    await view(page, 1).waitFor();
    expect(await view(page, 1).textContent()).toBe('第 1 页，共 3 页，标出所引条款的 2 行');
    expect(new URL(page.url()).searchParams.get('pages')).toBe('true');
    expect(await page.getByText('所引条款在第 1–2 页').count()).toBe(1);
    const ink = await inkUnderMarks(page);
    expect(ink.length).toBe(2);
    for (const share of ink) expect(share).toBeGreaterThan(0.03);

    await page.getByRole('button', { name: '下一页' }).click();
    await view(page, 2).waitFor();
    expect(await page.locator('.mark').count()).toBe(1 + more.length);
    await page.getByRole('button', { name: '文字', exact: true }).click();
    expect(await page.locator('[data-cited]').textContent()).toBe(clause.text);
    expect(complaints).toEqual([]);
  });

  it('are turned by keyboard and by number, and lead back', async () => {
    const { page, complaints, go } = await openPage(browser, served.base);
    await go(`/?clause=${encodeURIComponent(clauseOf('第一条').id)}&pages=true`);
    await view(page, 1).waitFor();
    expect(await page.getByRole('button', { name: '上一页' }).isDisabled()).toBe(true);
    await page.getByRole('button', { name: '下一页' }).focus();
    await page.keyboard.press('ArrowRight');
    await view(page, 2).waitFor();
    expect(await page.locator('.mark').count()).toBe(0);
    const field = page.getByRole('spinbutton', { name: '页码' });
    await field.fill('99');
    await field.press('Enter');
    await view(page, 3).waitFor();
    expect(await field.inputValue()).toBe('3');
    await page.getByRole('button', { name: '回到所引条款（第 1 页）' }).click();
    await view(page, 1).waitFor();
    expect(await page.locator('.mark').count()).toBe(1);
    expect(complaints).toEqual([]);
  });

  it('carry their words, to be selected and read aloud', async () => {
    const { page, go } = await openPage(browser, served.base);
    await go(`/?clause=${encodeURIComponent(clauseOf('第一条').id)}&pages=true`);
    await view(page, 1).waitFor();
    const words = page.getByRole('group', { name: '第 1 页' }).getByText('学校应当提供课后服务。');
    const [line, mark] = [(await words.boundingBox())!, (await page.locator('.mark').boundingBox())!];
    expect(Math.abs(line.x + line.width - mark.x - mark.width)).toBeLessThan(8);
    expect(Math.abs(line.y + line.height / 2 - mark.y - mark.height / 2)).toBeLessThan(8);
    await words.selectText();
    expect(await page.evaluate<string>('getSelection().toString()')).toBe('学校应当提供课后服务。');
    // What pdfjs measures letters with takes no room: the head of the page stays in sight.
    expect(await page.evaluate<number>('document.documentElement.scrollHeight - innerHeight')).toBe(0);
  });

  it('are marked where a page is turned by the file', async () => {
    const { page, complaints, go } = await openPage(browser, served.base);
    await go(`/?clause=${encodeURIComponent(clauseOf('第四条').id)}&pages=true`);
    await view(page, 3).waitFor();
    const [ink] = await inkUnderMarks(page);
    expect(ink).toBeGreaterThan(0.03);
    expect(complaints).toEqual([]);
  });

  it('are as wide as there is room, on a narrow screen too', async () => {
    const { page, go } = await openPage(browser, served.base, { viewport: { width: 390, height: 800 } });
    await go(`/?clause=${encodeURIComponent(clauseOf('第一条').id)}&pages=true`);
    await view(page, 1).waitFor();
    const box = (await page.locator('.page').boundingBox())!;
    expect(box.x).toBeGreaterThanOrEqual(0);
    expect(box.x + box.width).toBeLessThanOrEqual(390);
    expect(box.width).toBeGreaterThan(330);
    expect(box.height / box.width).toBeCloseTo(842 / 595, 1);
  });

  it('show scans, without what the policy of the page refuses to compile', async () => {
    const { page, complaints, go } = await openPage(browser, served.base);
    const body = Buffer.from(await scan());
    await page.route('**/original', (route) => route.fulfill({ body }));
    const decoder = page.waitForResponse(/openjpeg_nowasm/);
    const [document] = served.knowledgeBase.documents();
    await go(`/?document=${encodeURIComponent(document!.id)}&pages=true`);
    await page.getByRole('status').getByText('第 1 页，共 1 页').waitFor();
    const grey = await page.evaluate(`(() => {
      const canvas = document.querySelector('.page canvas');
      const at = (share) =>
        canvas.getContext('2d').getImageData(canvas.width * share, canvas.height * share, 1, 1).data[0];
      return { middle: at(0.5), corner: at(0.1) };
    })()`);
    expect(grey).toEqual({ middle: 0, corner: 255 });
    expect((await decoder).headers()['content-type']).toMatch(/javascript/);
    expect(complaints).toEqual([]);
  });

  it('that cannot be fetched or drawn are said to be so', async () => {
    const { page, go } = await openPage(browser, served.base);
    await page.route('**/original', (route) => route.fulfill({ body: 'no pdf' }));
    await go(`/?clause=${encodeURIComponent(clauseOf('第一条').id)}&pages=true`);
    await page.getByRole('alert').getByText('原件的页面打不开').waitFor();
    await page.unroute('**/original');
    await page.getByRole('button', { name: '重试' }).click();
    await view(page, 1).waitFor();
  });
});
