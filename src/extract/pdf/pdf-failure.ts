/** What pdfjs or our limits say about a file → the error that a reader of the report understands. */
import { ExtractError } from '../extract-error.js';

export function damaged(): ExtractError {
  return new ExtractError('pdf-damaged', 'PDF 文件已损坏或不完整，无法读取；请重新下载或另存后再试。');
}

export function tooLarge(what: string): ExtractError {
  return new ExtractError('pdf-too-large', `PDF 超出读取限度：${what}。请拆分后再试。`);
}

export function noText(): ExtractError {
  return new ExtractError('pdf-no-text', '无文字层，需先 OCR：这份 PDF 只有图像（扫描件），没有可读的文字。');
}

export function garbled(): ExtractError {
  return new ExtractError(
    'pdf-garbled',
    'PDF 的文字层是乱码：字体未附字符对照表（ToUnicode），页面能看但文字取不出，需先 OCR。',
  );
}

/** Errors of pdfjs are known by their name. */
export function toExtractError(error: unknown): ExtractError {
  if (error instanceof ExtractError) return error;
  const name = error instanceof Error ? error.name : '';
  if (name === 'PasswordException')
    return new ExtractError('pdf-encrypted', 'PDF 设有打开密码，无法读取；请先解除密码。');
  if (error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY')
    return tooLarge('所需内存过大');
  return damaged();
}
