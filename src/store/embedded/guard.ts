/** SQLite's errors as errors that a user can act on. */
import { SqliteError } from 'better-sqlite3';
import { TiaowenError } from '../../model/errors.js';
import type { ErrorCode } from '../../model/errors.js';

/** Beginning of SQLite's code → ours, and the sentence after the path. */
const TABLE: readonly (readonly [RegExp, ErrorCode, string])[] = [
  [/^SQLITE_(CORRUPT|NOTADB)/, 'index-damaged', '已损坏。请删除该索引目录后运行 tiaowen ingest 重建。'],
  [/^SQLITE_(BUSY|LOCKED)/, 'index-locked', '正被另一个进程写入。请等它结束后再试。'],
  [/^SQLITE_FULL/, 'index-unwritable', '无法写入：磁盘已满。请腾出空间后再运行，原有索引未受影响。'],
  [
    /^SQLITE_(READONLY|CANTOPEN|PERM|AUTH)/,
    'index-unwritable',
    '无法写入。请检查目录权限，或用 --index 另选目录。',
  ],
  [/^SQLITE_IOERR/, 'index-unwritable', '读写出错。请检查磁盘空间和状态，原有索引未受影响。'],
];

/** What `error` means for the index at `path`; errors that are not SQLite's come back as they are. */
export function translate(error: unknown, path: string): unknown {
  // JSON that does not parse was whole when it was written.
  if (error instanceof SyntaxError) return damaged(path, error);
  if (!(error instanceof SqliteError)) return error;
  const row = TABLE.find(([pattern]) => pattern.test(error.code));
  if (row === undefined) return error;
  return new TiaowenError(row[1], `索引 ${path} ${row[2]}（${error.message}）`, { cause: error });
}

/** Runs `action`; what it throws is translated. */
export function guard<T>(path: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    throw translate(error, path);
  }
}

export function damaged(path: string, cause: Error): TiaowenError {
  return new TiaowenError(
    'index-damaged',
    `索引 ${path} 已损坏。请删除该索引目录后运行 tiaowen ingest 重建。（${cause.message}）`,
    { cause },
  );
}
