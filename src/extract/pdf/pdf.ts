/** A PDF → its text line by line, with the page and place of each. What the file says about itself (Info, XMP) is not trusted. */
import type { Extracted } from '../extracted.js';
import { unreadAttachments } from '../pages/attached-files.js';
import { extractPages } from '../pages/extract-pages.js';
import { MOST_PAGES, MOST_PIECES_OF_ALL } from '../pages/limits.js';
import { tooLarge } from '../pages/page-failure.js';
import type { PrintedPage } from '../pages/printed-page.js';
import { withPdf } from './open-pdf.js';
import { damaged, toExtractError } from './pdf-failure.js';
import { readPage } from './read-page.js';

/** The header stands in the first kilobyte, as readers allow (ISO 32000-1, annex H.3). */
const HEADER = /%PDF-\d/;

/** Throws ExtractError: pdf-damaged, file-encrypted, no-text-layer, text-garbled, document-too-large. */
export async function extractPdf(bytes: Uint8Array): Promise<Extracted> {
  if (!HEADER.test(Buffer.from(bytes.subarray(0, 1_024)).toString('latin1'))) throw damaged();
  const { pages, attachments } = await readPages(bytes).catch((error: unknown) => {
    throw toExtractError(error);
  });
  const extracted = extractPages(pages, 'PDF');
  return { ...extracted, diagnostics: [...extracted.diagnostics, ...unreadAttachments(attachments)] };
}

async function readPages(
  bytes: Uint8Array,
): Promise<{ readonly pages: PrintedPage[]; readonly attachments: readonly string[] }> {
  const { OPS } = await import('pdfjs-dist/legacy/build/pdf.mjs');
  return withPdf(bytes, async (pdf) => {
    if (pdf.numPages > MOST_PAGES) throw tooLarge('PDF', `共 ${pdf.numPages} 页，限 ${MOST_PAGES} 页`);
    const pages: PrintedPage[] = [];
    let pieces = 0;
    for (let number = 1; number <= pdf.numPages; number++) {
      const page = await pdf.getPage(number);
      const printed = await readPage(page, OPS);
      pieces += printed.runs.length;
      if (pieces > MOST_PIECES_OF_ALL) throw tooLarge('PDF', `文字超过 ${MOST_PIECES_OF_ALL} 段`);
      pages.push(printed);
      page.cleanup();
    }
    const attached = (await pdf.getAttachments().catch(() => null)) as Readonly<
      Record<string, { readonly filename: string }>
    > | null;
    return { pages, attachments: Object.values(attached ?? {}).map(({ filename }) => filename) };
  });
}
