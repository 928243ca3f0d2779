/** One document as txt, html, docx and as the PDF that an office or a browser prints of it: the same clauses, title and metadata. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ParsedFile } from '../../../src/model/document.js';
import { parseFile, parseFileSync } from '../../../src/parse/parse-file.js';
import { cannotRun, launchBrowser } from '../../browser/browser.js';
import { readGold } from '../../parse/gold/read-gold.js';
import { numberedCopy } from '../docx/numbered-copy.js';
import { LAYOUTS, print, toHtml, type Layout } from './printed.js';

const ROOT = join(import.meta.dirname, '../../..');

/** A regulation, plans with numbers of each kind, tables, annexes, a notice with its signature, and long paragraphs over several pages. */
const SLUGS = [
  'sanya-river-regulation',
  'traditional-statute-macau',
  'suining-plan-indicators',
  'beilin-emergency-plan-decimals',
  'taijiang-measures-with-annexes',
  'maduo-run-in-sections',
  'corpus-002-changshou-plan',
] as const;

/** Over all texts of a layout. Where nothing but a full line parts two paragraphs without indent, no reader can tell them. */
const LEAST = 0.97;
/** A browser prints and the reader starts a thread for each, on a machine that may have more to do. */
const PATIENT = 900_000;

/** PDF fonts write 〈 as U+3008, whichever of its two codes the text has. */
const bare = (text: string): string => text.normalize('NFC').replace(/\s/g, '');
const clausesOf = ({ documents }: ParsedFile): string[] =>
  documents.flatMap(({ clauses }) =>
    clauses.map(({ headingPath, text }) => bare([...headingPath, text].join('/'))),
  );
const metadataOf = ({ documents }: ParsedFile) =>
  documents.map(({ metadata }) => ({ ...metadata, title: bare(metadata.title) }));

const texts = SLUGS.map((slug) => {
  const gold = readGold(readFileSync(join(ROOT, 'test/fixtures', slug, 'gold.txt'), 'utf8'));
  return { slug, gold, parsed: parseFileSync(Buffer.from(gold.source), 'a.txt') };
});

describe.each(texts)('$slug', ({ gold, parsed }) => {
  it.each(LAYOUTS)('as the page that is printed: %s', (layout) => {
    const page = parseFileSync(Buffer.from(toHtml(gold, layout)), 'a.html');
    expect(clausesOf(page)).toEqual(clausesOf(parsed));
    expect(metadataOf(page)).toEqual(metadataOf(parsed));
  });

  it('as .docx with automatic numbers', () => {
    const document = parseFileSync(numberedCopy(gold.source).bytes, 'a.docx');
    expect(clausesOf(document)).toEqual(clausesOf(parsed));
    expect(metadataOf(document)).toEqual(metadataOf(parsed));
  });
});

describe.skipIf(cannotRun)('as PDF', { timeout: PATIENT }, () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  }, PATIENT);
  afterAll(async () => {
    await browser?.close();
  });

  it.each(LAYOUTS)('%s', async (layout: Layout) => {
    let [right, all] = [0, 0];
    const wrong: string[] = [];
    for (const { slug, gold, parsed } of texts) {
      const printed = await parseFile(await print(browser, gold, layout), 'a.pdf');
      expect(metadataOf(printed), slug).toEqual(metadataOf(parsed));
      const [wanted, found] = [clausesOf(parsed), clausesOf(printed)];
      const left = [...found];
      for (const clause of wanted) {
        const at = left.indexOf(clause);
        if (at < 0) wrong.push(`${slug} lost ${clause}`);
        else left.splice(at, 1);
      }
      wrong.push(...left.map((clause) => `${slug} made ${clause}`));
      right += 2 * (found.length - left.length);
      all += wanted.length + found.length;
    }
    const f1 = right / all;
    process.stderr.write(`${layout}: clause F1 ${f1.toFixed(3)} of ${texts.length} texts\n`);
    expect(f1, wrong.slice(0, 6).join('\n')).toBeGreaterThanOrEqual(LEAST);
  });
});
