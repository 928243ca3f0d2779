/** Opens tiaowen.sqlite for reading or writing, and takes the writer's lock. */
import { existsSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { TiaowenError } from '../../model/errors.js';
import { FORMAT_VERSION } from '../store.js';
import { guard, isReadOnlyFolder } from './guard.js';
import { isBlank, migrate, readVersion } from './schema.js';

/** Larger than SQLite's 4 KiB: vectors come in BLOBs of several kilobytes. */
const PAGE_SIZE = 8192;
/** How much of the write-ahead log stays on disk after a large batch was carried over. */
const JOURNAL_LIMIT = 64 * 1024 * 1024;
/** KiB of pages that a reader keeps; the driver's default is four times that. What is read often is kept decoded, the rest by the system. */
const READ_CACHE = 4000;

export function databasePath(folder: string): string {
  return join(folder, 'tiaowen.sqlite');
}

/** A connection that can only read. Throws index-missing, index-format or index-damaged. */
export function connectReader(folder: string): Database.Database {
  const path = databasePath(folder);
  if (!existsSync(path)) throw missing(path);
  return guard(path, () => {
    try {
      const database = checkFormat(new Database(path, { readonly: true, fileMustExist: true }), path);
      database.pragma(`cache_size = -${READ_CACHE}`);
      return database;
    } catch (error) {
      // What stands in a log is missing from the file itself.
      if (!isReadOnlyFolder(error) || sizeOf(`${path}-wal`) > 0) throw error;
      return checkFormat(openCopy(path), path);
    }
  });
}

/**
 * The database read into memory, for a folder in which nothing may be made (a shared disk, another user's): to read a file in WAL
 * mode SQLite must make its log beside it. Bytes 18 and 19 of the header say WAL; a copy in memory can have none.
 */
export function openCopy(path: string): Database.Database {
  const bytes = readFileSync(path);
  bytes.fill(1, 18, 20);
  return new Database(bytes, { readonly: true });
}

function checkFormat(database: Database.Database, path: string): Database.Database {
  return closingOnError(database, () => {
    const version = readVersion(database);
    if (version === 0 && isBlank(database)) throw missing(path);
    if (version !== FORMAT_VERSION) throw otherFormat(path, version);
  });
}

/** A connection that writes; makes folder and tables when there are none, and migrates those of an earlier format. Call it under the writer's lock. */
export function connectWriter(folder: string): Database.Database {
  const path = databasePath(folder);
  return guard(path, () => {
    const database = openWriter(path);
    return closingOnError(database, () => {
      if (readVersion(database) !== FORMAT_VERSION) migrate(database);
    });
  });
}

/** The same without a migration; null where there is nothing to migrate. */
export function connectUpgrade(folder: string): Database.Database | null {
  const path = databasePath(folder);
  if (!existsSync(path)) return null;
  return guard(path, () => {
    const database = openWriter(path);
    if (![0, FORMAT_VERSION].includes(readVersion(database))) return database;
    database.close();
    return null;
  });
}

function openWriter(path: string): Database.Database {
  const database = new Database(path);
  return closingOnError(database, () => {
    const version = readVersion(database);
    const fresh = version === 0 && isBlank(database);
    if (!fresh && (version === 0 || version > FORMAT_VERSION)) throw otherFormat(path, version);
    if (fresh) database.pragma(`page_size = ${PAGE_SIZE}`);
    database.pragma('journal_mode = WAL');
    // One commit is one published generation: worth an fsync each.
    database.pragma('synchronous = FULL');
    database.pragma(`journal_size_limit = ${JOURNAL_LIMIT}`);
  });
}

/**
 * The writer's lock: an exclusive SQLite transaction on an empty database of its own, held until closed. The operating system
 * lets go of it when the process dies, however it dies, so none is ever stale.
 */
export function lockWriter(folder: string): Database.Database {
  return guard(folder, () => {
    mkdirSync(folder, { recursive: true });
    const lock = new Database(join(folder, 'writer.lock'), { timeout: 0 });
    return closingOnError(lock, () => lock.exec('BEGIN EXCLUSIVE'));
  });
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}

function closingOnError(database: Database.Database, action: () => void): Database.Database {
  try {
    action();
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

function missing(path: string): TiaowenError {
  return new TiaowenError('index-missing', `没有找到索引 ${path}。请先运行 tiaowen ingest 建立索引。`);
}

function otherFormat(path: string, version: number): TiaowenError {
  const way =
    version > 0 && version < FORMAT_VERSION
      ? '请运行 tiaowen ingest 升级，已有的向量会沿用，不重新计算。'
      : '请换用相应版本的程序，或删除该索引目录后运行 tiaowen ingest 重建。';
  return new TiaowenError(
    'index-format',
    `索引 ${path} 的格式版本是 ${version}，本程序使用版本 ${FORMAT_VERSION}。${way}`,
  );
}
