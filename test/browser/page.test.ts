/** The page as a researcher uses it, on the bundled corpus. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cannotRun, launchBrowser, openPage } from './browser.js';
import { serveCorpus, type Served } from './setup.js';

const DISTRICTS = ['天津市武清区', '山东省潍坊市', '山东省聊城市', '重庆市长寿区'];
const TOPIC = '教师轮岗交流';

/** What a reader sees of the clipboard: the page has no other way to tell. */
const clipboard = (page: Page) => page.evaluate<string>('navigator.clipboard.readText()');
const address = (page: Page) => new URL(page.url());

async function ask(page: Page, topic: string): Promise<void> {
  await page.getByRole('textbox', { name: '主题' }).fill(topic);
  await page.keyboard.press('Enter');
  await page.getByRole('columnheader', { name: topic }).waitFor();
}

describe.skipIf(cannotRun)('the page', () => {
  let served: Served;
  let browser: Browser;
  beforeAll(async () => {
    [served, browser] = await Promise.all([serveCorpus(), launchBrowser()]);
  });
  afterAll(async () => {
    await browser?.close();
    await served?.close();
  });
  const open = (options?: Parameters<typeof openPage>[2]) => openPage(browser, served.base, options);

  it('answers a typed topic with a row for each district, without a complaint', async () => {
    const { page, complaints, go } = await open();
    await go('/');
    await ask(page, TOPIC);
    const rows = page.getByRole('rowheader');
    expect(await rows.getByRole('heading').allTextContents()).toEqual(DISTRICTS);
    expect(address(page).searchParams.getAll('q')).toEqual([TOPIC]);
    const changshou = page.getByRole('row', { name: '重庆市长寿区' });
    expect(await changshou.locator('mark').first().textContent()).toContain('完善教师交流机制');
    expect(complaints).toEqual([]);
  });

  it('shows the quote in its document, exactly, with the matched sentence inside', async () => {
    const { page, complaints, go } = await open();
    await go(`/?q=${TOPIC}`);
    const { rows } = await served.knowledgeBase.compare([TOPIC]);
    for (const [index, { cells }] of rows.entries()) {
      const hit = cells[0]!.hits[0];
      if (!hit) continue;
      await page
        .getByRole('row')
        .nth(index + 1)
        .locator('.words')
        .first()
        .click();
      const cited = page.locator('[data-cited]');
      await page.locator(`[data-clause-id="${hit.clauseId}"] [data-cited]`).waitFor();
      expect(await cited.textContent()).toBe(hit.text);
      expect(await cited.locator('mark').textContent()).toBe(hit.passage.text);
      expect(await cited.locator('mark').evaluate(isInView)).toBe(true);
      expect(await page.locator('.outline [aria-current]').first().textContent()).toContain(
        hit.headingPath.at(-1),
      );
    }
    expect(complaints).toEqual([]);
  });

  it('unfolds a long quote to the whole clause', async () => {
    const { page, go } = await open();
    await go(`/?q=${TOPIC}`);
    const { rows } = await served.knowledgeBase.compare([TOPIC]);
    const row = page.getByRole('row', { name: DISTRICTS[0]! });
    const quote = row.locator('[data-quote]').first();
    const whole = rows[0]!.cells[0]!.hits[0]!.text;
    expect(whole).toContain(await quote.textContent());
    expect(await row.getByRole('button', { name: /略 \d+ 字/ }).count()).toBeGreaterThan(0);
    await row
      .getByRole('button', { name: /展开全文/ })
      .first()
      .click();
    expect(await quote.textContent()).toBe(whole);
    expect(await row.getByRole('button', { name: /略 \d+ 字/ }).count()).toBe(0);
  });

  it('keeps its state in the address: back, forward, Esc and a link', async () => {
    const { page, go } = await open();
    await go('/');
    await ask(page, TOPIC);
    await ask(page, '集团化办学');
    expect(address(page).searchParams.getAll('q')).toEqual([TOPIC, '集团化办学']);
    await page.locator('[data-quote]').first().click();
    const cited = page.locator('[data-cited]');
    const quote = await cited.textContent();
    expect(address(page).searchParams.get('clause')).toContain('#');

    const { page: other, go: goThere } = await open();
    await goThere(page.url().slice(served.base.length));
    expect(await other.locator('[data-cited]').textContent()).toBe(quote);
    expect(await other.getByRole('columnheader').count()).toBe(3);

    await page.keyboard.press('Escape');
    await cited.waitFor({ state: 'detached' });
    expect(address(page).searchParams.has('clause')).toBe(false);
    await page.goBack();
    await cited.waitFor();
    await page.goBack();
    await page.goBack();
    await page.getByRole('columnheader', { name: '集团化办学' }).waitFor({ state: 'detached' });
    expect(address(page).searchParams.getAll('q')).toEqual([TOPIC]);
    await page.goForward();
    await page.getByRole('columnheader', { name: '集团化办学' }).waitFor();
  });

  it('says that nothing was found, where it looked, and what comes nearest', async () => {
    const { page, go } = await open();
    await go(`/?q=${TOPIC}&jurisdiction=370700`);
    const { rows } = await served.knowledgeBase.compare([TOPIC], { jurisdictions: ['370700'] });
    const cell = rows[0]!.cells[0]!;
    expect(cell.outcome).toBe('no-provision');
    const shown = page.getByRole('cell');
    expect(await shown.textContent()).toContain(`未见规定已检索 1 份文件、${cell.searched.clauses} 条`);
    expect(await shown.locator('[data-quote]').count()).toBe(0);
    await page.getByRole('button', { name: /最接近的条款（未必相关）/ }).click();
    expect(cell.nearest!.text).toContain(await shown.locator('[data-quote]').textContent());
  });

  it('offers what a question in everyday words may mean, to be asked instead', async () => {
    const { page, complaints, go } = await open();
    const question = '爸妈下班太晚，小孩放学没人接怎么办';
    const { understood } = await served.knowledgeBase.compare([question]);
    const [first] = understood[0]!.meanings;
    await go(`/?q=${question}`);
    const link = page.getByRole('link', { name: first!.topic, exact: true });
    expect(await link.getAttribute('title')).toContain(first!.saying);
    await link.click();
    await page.getByRole('columnheader', { name: first!.topic }).waitFor();
    expect(address(page).searchParams.getAll('q')).toEqual([first!.topic]);
    // What was asked is not offered again.
    await link.waitFor({ state: 'detached' });
    expect(complaints).toEqual([]);
  });

  it('tells a district of which nothing is held from one that is silent', async () => {
    const { page, go } = await open();
    await go(`/?q=${TOPIC}&jurisdiction=北京市海淀区`);
    expect(await page.getByRole('cell').textContent()).toContain('未收录');
  });

  it('copies quotes, citations and links', async () => {
    const { page, go } = await open({ permissions: ['clipboard-read', 'clipboard-write'] });
    await go(`/?q=${TOPIC}`);
    const hit = (await served.knowledgeBase.compare([TOPIC])).rows[0]!.cells[0]!.hits[0]!;
    const status = page.getByRole('status');
    const first = page.locator('.hit').first();
    await first.getByRole('button', { name: '复制引文' }).click();
    await status.getByText('已复制引文和出处').waitFor();
    expect(await clipboard(page)).toBe(`“${hit.text}”\n——${hit.citation}`);
    await first.getByRole('button', { name: '引注' }).click();
    await page.getByRole('button', { name: '复制 BibTeX' }).click();
    await status.getByText('已复制 BibTeX 引注').waitFor();
    expect(await clipboard(page)).toBe(served.knowledgeBase.citation(hit.clauseId, 'bibtex'));
    await first.getByRole('button', { name: '引注' }).click();
    await page.getByRole('button', { name: '复制条款链接' }).click();
    await status.getByText('已复制条款链接').waitFor();
    await page.goto(await clipboard(page), { waitUntil: 'networkidle' });
    expect(await page.locator('[data-cited]').textContent()).toBe(hit.text);
    await page.getByLabel('原文').getByRole('button', { name: '复制引文' }).click();
    await status.getByText('已复制引文和出处').waitFor();
    expect(await clipboard(page)).toBe(`“${hit.text}”\n——${hit.citation}`);
  });

  it('gives the table away whole', async () => {
    const { page, go } = await open({ permissions: ['clipboard-read', 'clipboard-write'] });
    await go(`/?q=${TOPIC}`);
    const quotes = (await served.knowledgeBase.compare([TOPIC], { perCell: 10 })).rows.flatMap(({ cells }) =>
      cells.flatMap(({ hits }) => hits.map(({ text }) => text)),
    );
    await page.getByRole('button', { name: '复制为 Markdown' }).click();
    await page.getByRole('status').getByText('已复制').waitFor();
    const markdown = (await clipboard(page)).replaceAll('\\', '');
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: '下载 CSV' }).click(),
    ]);
    const csv = (await (await download.createReadStream()).toArray()).join('');
    for (const quote of quotes) {
      expect(markdown).toContain(quote.replaceAll('\n', '<br>'));
      expect(csv).toContain(quote.replaceAll('"', '""'));
    }
    expect(quotes.length).toBeGreaterThanOrEqual(3);
  });

  it('is used with the keyboard alone', async () => {
    const { page, go } = await open();
    await go(`/?q=${TOPIC}`);
    const place = page.locator('.hit .place a').first();
    await place.focus();
    await page.keyboard.press('Enter');
    await page.locator('[data-cited]').waitFor();
    await page.waitForFunction('document.activeElement?.matches("[data-cited]")');
    await page.getByLabel('原文').getByRole('button', { name: '引注' }).press('Enter');
    await page.keyboard.press('Escape');
    expect(await page.locator('[data-cited]').count()).toBe(1);
    await page.keyboard.press('Escape');
    await page.locator('[data-cited]').waitFor({ state: 'detached' });
    expect(await place.evaluate(hasFocus)).toBe(true);
  });

  it('turns lines into topics, and a topic back into words', async () => {
    const { page, go } = await open();
    await go('/');
    await page.getByRole('textbox', { name: '主题' }).fill('集团化办学；课后服务');
    await page.keyboard.press('Enter');
    await page.getByRole('columnheader', { name: '课后服务' }).waitFor();
    expect(address(page).searchParams.getAll('q')).toEqual(['集团化办学', '课后服务']);
    await page.getByRole('button', { name: '去掉主题“集团化办学”' }).click();
    await page.getByRole('columnheader', { name: '集团化办学' }).waitFor({ state: 'detached' });
    await page.keyboard.press('Backspace');
    expect(await page.getByRole('textbox', { name: '主题' }).inputValue()).toBe('课后服务');
    await page.getByRole('textbox', { name: '主题' }).fill('');
    await page.keyboard.press('Enter');
    expect(await page.getByRole('alert').textContent()).toContain('请输入一个主题');
  });

  it('filters by district and shows templates on demand', async () => {
    const { page, go } = await open();
    await go(`/?q=${TOPIC}`);
    await page.getByRole('button', { name: '适用地域：全部' }).click();
    await page.getByRole('checkbox', { name: '山东省聊城市' }).check();
    await page.waitForFunction('document.querySelectorAll("tbody tr").length === 1');
    expect(await page.getByRole('rowheader').getByRole('heading').allTextContents()).toEqual([
      '山东省聊城市',
    ]);
    await page.getByRole('button', { name: '恢复为全部' }).click();
    await page.keyboard.press('Escape');
    await page.getByRole('checkbox', { name: '含范本' }).check();
    await page.getByRole('rowheader', { name: '范本' }).first().waitFor();
    expect(address(page).searchParams.get('templates')).toBe('true');
  });

  it('lists what is held and opens it', async () => {
    const { page, complaints, go } = await open();
    await go('/documents');
    const held = served.knowledgeBase.documents();
    expect(await page.getByRole('row').count()).toBe(held.length + 1);
    const [document] = held;
    await page.getByRole('link', { name: document!.title }).click();
    await page.getByLabel('原文').locator('[data-clause-id]').first().waitFor();
    const words = await page.getByLabel('原文').locator('.words, .heading').allTextContents();
    const letters = (text: string) => text.replace(/\s+/g, '');
    // Not a character of the document is missing or added.
    expect(letters(words.join(''))).toBe(letters(served.knowledgeBase.document(document!.id).text));
    expect(complaints).toEqual([]);
  });

  it.each([
    ['未知的行政区划', `/?q=${TOPIC}&jurisdiction=火星`],
    ['检索词过长', `/?q=${'长'.repeat(3000)}`],
    ['没有这份文件', '/?document=没有这份'],
  ])('says what is wrong: %s', async (title, path) => {
    const { page, go } = await open();
    await go(path);
    expect(await page.getByRole('alert').textContent()).toContain(title);
  });

  it('says that a permalink leads nowhere, and still shows the document', async () => {
    const { page, go } = await open();
    await go(
      `/?document=x&clause=${encodeURIComponent(`${served.knowledgeBase.documents()[0]!.id}#sec-99`)}`,
    );
    expect(await page.getByRole('alert').textContent()).toContain('链接所指的条款不在这份文件里');
    expect(await page.locator('[data-clause-id]').count()).toBeGreaterThan(10);
  });

  it.each(['/', `/?q=${TOPIC}`, `/?q=${TOPIC}&q=集团化办学`, '/documents'])(
    'does not scroll sideways on a phone: %s',
    async (path) => {
      const { page, go } = await open({ viewport: { width: 390, height: 844 } });
      await go(path);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
    },
  );

  it('covers the page with the reader on a phone, and gives the page back', async () => {
    const { page, go } = await open({ viewport: { width: 390, height: 844 } });
    await go(`/?q=${TOPIC}`);
    await page.locator('[data-quote]').first().click();
    await page.locator('[data-cited] mark').waitFor();
    expect(await page.locator('main').getAttribute('inert')).not.toBeNull();
    await page.getByRole('button', { name: '关闭' }).click();
    expect(await page.locator('main').getAttribute('inert')).toBeNull();
  });
});

/** Runs in the page, which has a DOM where this project has none. */
function isInView(element: { getBoundingClientRect(): { top: number; bottom: number } }): boolean {
  const { top, bottom } = element.getBoundingClientRect();
  return top >= 0 && bottom <= 900;
}

function hasFocus(element: { ownerDocument: { activeElement: unknown } }): boolean {
  return element.ownerDocument.activeElement === element;
}
