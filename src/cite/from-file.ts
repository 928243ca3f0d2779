/** What a citation takes from the file rather than from the text: pages, and the day on which it was fetched. */
import type { Retrieval } from '../model/document.js';
import type { PagePlace } from '../model/source-map.js';
import type { CitedPages } from './cited.js';

/** First to last page of the printed lines; null for formats without pages. */
export function pagesOf(lines: readonly PagePlace[]): CitedPages | null {
  const pages = lines.map(({ page }) => page);
  return pages.length === 0 ? null : { first: Math.min(...pages), last: Math.max(...pages) };
}

const CHINA_TIME = 8 * 3_600_000;

/**
 * YYYY-MM-DD of what was fetched from an address, in China's time, so that it is the same day on every machine. Undefined for a file that was
 * put into the corpus by hand: when its owner opened the page is not known.
 */
export function accessedOn(retrieved: Retrieval | null): string | undefined {
  if (retrieved?.from == null) return undefined;
  return new Date(Date.parse(retrieved.at) + CHINA_TIME).toISOString().slice(0, 10);
}
