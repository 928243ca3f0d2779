/** A PDF → its text line by line, with the page and place of each. What the file says about itself (Info, XMP) is not trusted. */
import { dropBoilerplate } from '../boilerplate/boilerplate.js';
import type { Extracted } from '../extracted.js';
import { compose } from '../pages/compose.js';
import type { PrintedPage } from '../pages/printed-page.js';
import type { Diagnostic } from '../../model/diagnostic.js';
import { isGarbled } from './garbled.js';
import { withPdf } from './open-pdf.js';
import { damaged, garbled, noText, toExtractError, tooLarge } from './pdf-failure.js';
import { readPage } from './read-page.js';

const MOST_PAGES = 3_000;
/** The header stands in the first kilobyte, as readers allow (ISO 32000-1, annex H.3). */
const HEADER = /%PDF-\d/;

/** Throws ExtractError: pdf-damaged, pdf-encrypted, pdf-no-text, pdf-garbled, pdf-too-large. */
export async function extractPdf(bytes: Uint8Array): Promise<Extracted> {
  if (!HEADER.test(Buffer.from(bytes.subarray(0, 1_024)).toString('latin1'))) throw damaged();
  const pages = await readPages(bytes).catch((error: unknown) => {
    throw toExtractError(error);
  });
  const { source, places, blocks, noise } = compose(pages);
  if (blocks.every(({ text }) => !/[\p{L}\p{N}]/u.test(text))) throw noText();
  if (isGarbled(blocks.map(({ text }) => text).join(''))) throw garbled();
  const cleaned = dropBoilerplate(blocks);
  return {
    mediaType: 'application/pdf',
    encoding: 'utf-8',
    url: null,
    source,
    places,
    blocks: cleaned.blocks,
    fields: cleaned.fields,
    noise: [...noise, ...cleaned.noise],
    diagnostics: emptyPages(pages),
  };
}

async function readPages(bytes: Uint8Array): Promise<PrintedPage[]> {
  const { OPS } = await import('pdfjs-dist/legacy/build/pdf.mjs');
  return withPdf(bytes, async (pdf) => {
    if (pdf.numPages > MOST_PAGES) throw tooLarge(`共 ${pdf.numPages} 页，限 ${MOST_PAGES} 页`);
    const pages: PrintedPage[] = [];
    for (let number = 1; number <= pdf.numPages; number++) {
      const page = await pdf.getPage(number);
      pages.push(await readPage(page, OPS));
      page.cleanup();
    }
    return pages;
  });
}

/** Pages without text among pages with text may be scanned annexes: the reader is told which. */
function emptyPages(pages: readonly PrintedPage[]): Diagnostic[] {
  const empty = pages.filter((page) => page.runs.length === 0).map((page) => page.number);
  if (empty.length === 0) return [];
  return [
    {
      code: 'pdf-page-no-text',
      severity: 'warning',
      message: `第 ${empty.join('、')} 页没有文字层（空白页或扫描图像），其中的内容未能读取。`,
      span: null,
    },
  ];
}
