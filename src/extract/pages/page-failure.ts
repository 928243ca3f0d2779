/** What printed pages (pdf, ofd) cannot be read for, in words for the reader of the report. */
import { ExtractError } from '../extract-error.js';

export type PageFormat = 'PDF' | 'OFD';

export function tooLarge(format: PageFormat, what: string): ExtractError {
  return new ExtractError('document-too-large', `${format} 超出读取限度：${what}。请拆分后再试。`);
}

export function noText(format: PageFormat): ExtractError {
  return new ExtractError(
    'no-text-layer',
    `无文字层，需先 OCR：这份 ${format} 只有图像（扫描件），没有可读的文字。`,
  );
}

export function garbled(format: PageFormat): ExtractError {
  return new ExtractError(
    'text-garbled',
    `${format} 的文字层是乱码：字体未附字符对照表，页面能看但文字取不出，需先 OCR。`,
  );
}
