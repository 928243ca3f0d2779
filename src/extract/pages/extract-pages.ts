/** Printed pages of a pdf or ofd → what every reader gives, or the reason why there is no text. */
import { dropBoilerplate } from '../boilerplate/boilerplate.js';
import type { Extracted } from '../extracted.js';
import type { Diagnostic } from '../../model/diagnostic.js';
import { compose } from './compose.js';
import { isGarbled } from './garbled.js';
import { garbled, noText, type PageFormat } from './page-failure.js';
import type { PrintedPage } from './printed-page.js';

const MEDIA_TYPE: Readonly<Record<PageFormat, string>> = { PDF: 'application/pdf', OFD: 'application/ofd' };

/** Throws ExtractError: no-text-layer, text-garbled. */
export function extractPages(pages: readonly PrintedPage[], format: PageFormat): Extracted {
  const { source, places, blocks, noise } = compose(pages);
  const text = blocks.map((block) => block.text).join('');
  // GB/T 33190 writes ¤ for a letter of which only the glyph is known.
  if (!/[\p{L}\p{N}¤]/u.test(text)) throw noText(format);
  if (isGarbled(text)) throw garbled(format);
  const cleaned = dropBoilerplate(blocks);
  return {
    mediaType: MEDIA_TYPE[format],
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

/** Pages without text among pages with text may be scanned annexes: the reader is told which. */
function emptyPages(pages: readonly PrintedPage[]): Diagnostic[] {
  const empty = pages.filter((page) => page.runs.length === 0).map((page) => page.number);
  if (empty.length === 0) return [];
  return [
    {
      code: 'page-no-text',
      severity: 'warning',
      message: `第 ${empty.join('、')} 页没有文字层（空白页或扫描图像），其中的内容未能读取。`,
      span: null,
    },
  ];
}
