/** Debian's chromium, as the tests of the page start it. */
import { existsSync } from 'node:fs';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { onTestFinished } from 'vitest';

const EXECUTABLE = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';

/** Without a browser the tests are reported as skipped, but in CI they fail: there a skipped test would go unseen. */
export const cannotRun = !existsSync(EXECUTABLE) && !process.env['CI'];

export function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: EXECUTABLE,
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
    ],
  });
}

/** A page, and what it complained of: console errors, uncaught exceptions, requests to other machines. */
export async function openPage(
  browser: Browser,
  base: string,
  options: BrowserContextOptions = {},
): Promise<{ page: Page; complaints: string[]; go: (address: string) => Promise<void> }> {
  const context = await browser.newContext({
    locale: 'zh-CN',
    viewport: { width: 1440, height: 900 },
    ...options,
  });
  onTestFinished(() => context.close());
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    // A refused script or style (CSP) is told as an error too.
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('request', (request) => {
    if (!/^(data|blob):/.test(request.url()) && new URL(request.url()).origin !== base)
      complaints.push(request.url());
  });
  const go = async (address: string) => {
    await page.goto(base + address, { waitUntil: 'networkidle' });
  };
  return { page, complaints, go };
}
