/** What pdfjs says about a file → the error that a reader of the report understands. */
import { ExtractError } from '../extract-error.js';
import { tooLarge } from '../pages/page-failure.js';

export function damaged(): ExtractError {
  return new ExtractError('pdf-damaged', 'PDF 文件已损坏或不完整，无法读取；请重新下载或另存后再试。');
}

/** Errors of pdfjs are known by their name. */
export function toExtractError(error: unknown): ExtractError {
  if (error instanceof ExtractError) return error;
  const name = error instanceof Error ? error.name : '';
  if (name === 'PasswordException')
    return new ExtractError('file-encrypted', 'PDF 设有打开密码，无法读取；请先解除密码。');
  if (error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY')
    return tooLarge('PDF', '所需内存过大');
  return damaged();
}
