/** Markup in a document or a question is text; a failing server is told. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CLAUSE_ID, clauses, DOCUMENT_ID, StubKnowledgeBase } from '../server/stub-knowledge-base.js';
import { cannotRun, launchBrowser, openPage } from './browser.js';
import { serve, type Served } from './setup.js';

const IMAGE = '<img src=x onerror="window.ran=1"><script>window.ran=1</script>';

/** Markup wherever a document can carry text. Its clauses hold <b> already. */
class HostileKnowledgeBase extends StubKnowledgeBase {
  override async compare(...args: Parameters<StubKnowledgeBase['compare']>) {
    const answer = await super.compare(...args);
    return {
      ...answer,
      rows: answer.rows.map((row) => ({
        ...row,
        documents: row.documents.map((document) => ({ ...document, title: IMAGE })),
        cells: row.cells.map((cell) => ({
          ...cell,
          hits: cell.hits.map((hit) => ({ ...hit, headingPath: [IMAGE], citation: IMAGE, locator: IMAGE })),
        })),
      })),
    };
  }

  override document(id: string) {
    const view = super.document(id);
    return {
      ...view,
      document: { ...view.document, title: IMAGE, issuers: [IMAGE], file: IMAGE },
      outline: view.outline.map((heading) => ({ ...heading, text: IMAGE })),
      diagnostics: view.diagnostics.map((diagnostic) => ({ ...diagnostic, message: IMAGE })),
    };
  }
}

describe.skipIf(cannotRun)('the page, given markup', () => {
  const knowledgeBase = new HostileKnowledgeBase();
  let served: Served;
  let browser: Browser;
  beforeAll(async () => {
    [served, browser] = await Promise.all([serve(knowledgeBase), launchBrowser()]);
  });
  afterAll(async () => {
    await browser?.close();
    await served?.close();
  });

  it('shows it as text in question, table and reader', async () => {
    const { page, complaints, go } = await openPage(browser, served.base);
    await go(`/?q=${encodeURIComponent(IMAGE)}`);
    expect(await page.getByRole('columnheader').last().textContent()).toContain(IMAGE);
    expect(await page.locator('.hit .place a').textContent()).toBe(IMAGE);
    expect(await page.locator('[data-quote]').textContent()).toBe('（一）教师交流。推进<b>教师</b>轮岗。');
    await page.locator('[data-quote]').click();
    expect(await page.locator('[data-cited]').textContent()).toBe(clauses[0].text);
    await page.getByText('文件信息').click();
    expect(await page.getByLabel('原文').textContent()).toContain(IMAGE);
    expect(await page.locator('#app').locator('img, script, b').count()).toBe(0);
    expect(await page.evaluate('window.ran')).toBeUndefined();
    expect(complaints).toEqual([]);
  });

  it('follows ids that an address must encode', async () => {
    const { page, complaints, go } = await openPage(browser, served.base);
    await go(`/?clause=${encodeURIComponent(CLAUSE_ID)}`);
    expect(await page.locator('[data-cited]').textContent()).toBe(clauses[0].text);
    expect(knowledgeBase.asked).toContainEqual(['document', DOCUMENT_ID]);
    expect(complaints).toEqual([]);
  });

  it('may run nothing but its own files', async () => {
    const { page, complaints, go } = await openPage(browser, served.base);
    await go('/');
    await page.evaluate(
      `document.body.append(Object.assign(document.createElement('script'), { textContent: 'window.ran=1' }))`,
    );
    expect(await page.evaluate('window.ran')).toBeUndefined();
    expect(complaints.join()).toContain('Content Security Policy');
  });

  it('names files that could not be read', async () => {
    const { page, go } = await openPage(browser, served.base);
    await go('/documents');
    expect(await page.locator('.unreadable').textContent()).toContain('坏文件.bin');
    expect(await page.locator('.unreadable').textContent()).toContain('不是文本文件。');
    expect(await page.getByRole('banner').textContent()).toContain('1 个文件未能解析');
  });

  it('says so when the server fails or is gone, and tries again on demand', async () => {
    const { page, go } = await openPage(browser, served.base);
    knowledgeBase.failure = new Error('secret');
    await go('/?q=教师');
    expect(await page.getByRole('alert').textContent()).toContain('内部错误');
    expect(await page.getByRole('alert').textContent()).not.toContain('secret');
    knowledgeBase.failure = null;
    await page.route('**/api/compare*', (route) => route.abort());
    await page.getByRole('button', { name: '重试' }).click();
    await page.getByRole('alert').getByText('无法连接').waitFor();
    await page.unroute('**/api/compare*');
    await page.getByRole('button', { name: '重试' }).click();
    await page.locator('[data-quote]').waitFor();
  });
});
