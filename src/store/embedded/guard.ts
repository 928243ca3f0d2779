/** SQLite's errors, and those of the file system, as errors that a user can act on. */
import { SqliteError } from 'better-sqlite3';
import { TiaowenError } from '../../model/errors.js';
import type { ErrorCode } from '../../model/errors.js';

const REPAIR = '已损坏。请运行 tiaowen check --repair 修复，或删除该索引目录后运行 tiaowen ingest 重建。';
const FULL = '无法写入：磁盘已满。请腾出空间后再运行；已发布的内容未受影响。';
const REFUSED = '无法写入。请检查目录权限，或用 --index 另选目录。';

/**
 * Beginning of the code → ours, and the sentence after the path. SQLITE_ERROR and SQLITE_CONSTRAINT count as damage: all our statements
 * are fixed and what is put is checked before, so what does not prepare or run meets tables that are not as they were made.
 */
const TABLE: readonly (readonly [RegExp, ErrorCode, string])[] = [
  [/^SQLITE_(CORRUPT|NOTADB|ERROR|CONSTRAINT|SCHEMA|FORMAT|MISMATCH)/, 'index-damaged', REPAIR],
  [/^SQLITE_(BUSY|LOCKED)/, 'index-locked', '正被另一个进程写入。请等它结束后再试。'],
  [/^(SQLITE_FULL|ENOSPC|EDQUOT|EFBIG)/, 'index-unwritable', FULL],
  [
    /^(SQLITE_(READONLY|CANTOPEN|PERM|AUTH)|EACCES|EPERM|EROFS|ENOTDIR|EISDIR|EEXIST)/,
    'index-unwritable',
    REFUSED,
  ],
  [/^(SQLITE_IOERR|EIO)/, 'index-unwritable', '读写出错。请检查磁盘空间和状态；已发布的内容未受影响。'],
];

/** An ingest takes seconds to hours; asking again this often costs nothing. */
const RETRY_SECONDS = 30;

/** What `error` means for the index at `path`; what is neither SQLite's nor the file system's comes back as it is. */
export function translate(error: unknown, path: string): unknown {
  if (!(error instanceof Error) || !('code' in error) || error instanceof TiaowenError) return error;
  const code = String(error.code);
  const row = TABLE.find(([pattern]) => pattern.test(code));
  if (row === undefined) return error;
  return new TiaowenError(row[1], `索引 ${path} ${row[2]}（${error.message}）`, {
    cause: error,
    ...(row[1] === 'index-locked' && { retryAfter: RETRY_SECONDS }),
  });
}

/** Runs `action`; what it throws is translated. */
export function guard<T>(path: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    throw translate(error, path);
  }
}

/**
 * The same for reading back and decoding rows: what was whole when it was written and now is no JSON, has no such length or no
 * such field was damaged since.
 */
export function guardDecoding<T>(path: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof RangeError || error instanceof TypeError) {
      throw new TiaowenError('index-damaged', `索引 ${path} ${REPAIR}（${error.message}）`, {
        cause: error,
      });
    }
    throw translate(error, path);
  }
}

/** Whether SQLite gave up for want of a right to write beside the file, which it needs even to read one that has a log. */
export function isReadOnlyFolder(error: unknown): boolean {
  return error instanceof SqliteError && /^SQLITE_(READONLY|CANTOPEN)/.test(error.code);
}
