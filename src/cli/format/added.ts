/** What `tiaowen add` did, in sentences. */
import type { Added } from '../../add-source.js';
import type { IngestedFile } from '../../ingest-report.js';
import { oneLine } from './terminal-text.js';

/** What became of the file, one sentence a line. */
export function formatAdded({ outcome, path, finalUrl, bytes, earlier }: Added): string {
  const file = oneLine(path);
  const from = oneLine(finalUrl);
  switch (outcome) {
    case 'same-bytes':
      return `语料目录中已有内容完全相同的文件 ${file}，没有另存。\n`;
    case 'same-text':
      return `正文与先前存下的 ${file} 相同（网页其余部分有变），没有另存。\n`;
    case 'added':
      return `已存为 ${file}（${sizeOf(bytes)}，来自 ${from}）。\n${earlierOf(earlier)}`;
  }
}

function earlierOf(earlier: readonly string[]): string {
  if (earlier.length === 0) return '';
  const files = earlier.map(oneLine).join('、');
  return `注意：这一网址的内容与先前存下的不同。旧文件 ${files} 原样保留，新旧两版都会被检索到；不再需要的一版请移出语料目录。\n`;
}

function sizeOf(bytes: number): string {
  if (bytes < 1024) return `${bytes} 字节`;
  return bytes < 1024 * 1024 ? `${(bytes / 1024).toFixed(1)} KiB` : `${(bytes / 1024 / 1024).toFixed(1)} MiB`;
}

/** One line per document of the file. */
export function formatAddedDocuments({ documents }: IngestedFile): string {
  return documents
    .map(({ title, jurisdiction, date, clauses, template }) => {
      const place = jurisdiction ?? (template ? '范本' : '地区不明');
      return `《${oneLine(title)}》 ${oneLine(place)} ${date ?? '日期不明'} ${clauses} 条条款\n`;
    })
    .join('');
}
