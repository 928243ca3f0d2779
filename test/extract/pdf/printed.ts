/** A text of the fixtures as the pages that an office or a browser prints of it: PDF by Debian's chromium. */
import type { Browser } from 'playwright-core';
import type { Gold, PieceRole } from '../../parse/gold/read-gold.js';
import { isAddressees, isBodyName, isDateLine, isDocumentNumber } from '../../../src/parse/titles.js';

/** `official`: GB/T 9704. `plain`: no indent, no centring, no white between paragraphs, one size. `web`: an unstyled page as a browser prints it. */
export type Layout = 'official' | 'plain' | 'web';
export const LAYOUTS: readonly Layout[] = ['official', 'plain', 'web'];

/** What a line is printed as. */
type Style = 'title' | 'number' | 'addressees' | 'heading' | 'signature' | 'row' | 'text';

/** GB/T 9704-2012: margins 37 mm and 28 mm, 22 lines of 28 characters of 16 pt, title 22 pt, "— 1 —" at the foot. */
const CSS: Readonly<Record<Layout, string>> = {
  official: `
    @page { size: A4; margin: 37mm 26mm 35mm 28mm }
    body { margin: 0; font: 16pt/29pt "Noto Serif CJK SC"; text-align: justify }
    p { margin: 0; text-indent: 2em }
    .title { font: 700 22pt/34pt "Noto Sans CJK SC"; text-align: center; text-indent: 0; margin: 0 2em }
    .number { text-align: center; text-indent: 0 }
    .addressees { text-indent: 0 }
    .heading { font-family: "Noto Sans CJK SC" }
    .signature { text-align: right; margin-right: 2em }
    table { border-collapse: collapse; width: 100%; font-size: 12pt; line-height: 18pt }
    td { border: 0.75pt solid #000; padding: 2pt 4pt; text-align: center }`,
  plain: `
    @page { size: A4; margin: 20mm }
    body { margin: 0; font: 12pt/18pt "Noto Serif CJK SC" }
    p { margin: 0 }
    table { border-collapse: collapse }
    td { border: 0.75pt solid #000; padding: 1pt 4pt }`,
  web: `
    @page { size: A4; margin: 10mm }
    body { font-family: "Noto Serif CJK SC"; font-size: 16px }
    .title { font-size: 2em; font-weight: bold }
    td { border: 1px solid #000; padding: 2px 4px }`,
};

/** The pages of toHtml() on A4. */
export async function print(browser: Browser, gold: Gold, layout: Layout): Promise<Uint8Array> {
  const page = await browser.newPage();
  try {
    await page.setContent(toHtml(gold, layout));
    return await page.pdf({
      preferCSSPageSize: true,
      displayHeaderFooter: layout !== 'plain',
      ...(layout === 'official' && {
        headerTemplate: '<span></span>',
        footerTemplate:
          '<div style="font: 14pt serif; width: 100%; text-align: center">— <span class="pageNumber"></span> —</div>',
      }),
    });
  } finally {
    await page.close();
  }
}

/** What is printed: lines of the source are paragraphs, lines with tabs are rows of a table. */
export function toHtml({ source, pieces }: Gold, layout: Layout): string {
  const roles = new Array<PieceRole | undefined>(source.length);
  for (const { role, places } of pieces) for (const place of places) roles[place] = role;
  let at = 0;
  const lines = source.split('\n').map((raw) => {
    const text = raw.trim();
    const role = roles[at + raw.indexOf(text)];
    at += raw.length + 1;
    return { text, style: styleOf(text, role) };
  });
  const body = lines.map(({ text, style }, i) => {
    if (text === '') return '';
    if (style !== 'row') return `<p class="${style}">${escape(text)}</p>`;
    const open = lines[i - 1]?.style === 'row' ? '' : '<table>';
    const close = lines[i + 1]?.style === 'row' ? '' : '</table>';
    const cells = text.split('\t').map((cell) => `<td>${escape(cell.trim())}</td>`);
    return `${open}<tr>${cells.join('')}</tr>${close}`;
  });
  const title = lines.find(({ style }) => style === 'title')?.text ?? '';
  return `<!DOCTYPE html><meta charset="utf-8"><title>${escape(title)}</title><style>${CSS[layout]}</style>${body.join('\n')}`;
}

function styleOf(text: string, role: PieceRole | undefined): Style {
  if (text.includes('\t')) return 'row';
  if (role === 'heading') return 'heading';
  if (role !== 'front') return 'text';
  if (isDateLine(text) || isBodyName(text)) return 'signature';
  // The note of a statute too is set in the type of the text.
  if (isDocumentNumber(text) || text.startsWith('（') || text.startsWith('(')) return 'number';
  return isAddressees(text) ? 'addressees' : /[。：:]$/.test(text) ? 'text' : 'title';
}

function escape(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;');
}
