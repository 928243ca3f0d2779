/** The database as one file elsewhere: a copy of what is published, or the damaged one set aside. */
import { existsSync, renameSync, rmSync } from 'node:fs';
import { TiaowenError } from '../../model/errors.js';
import { dropColumns } from './columns-file.js';
import { connectReader, databasePath, lockWriter } from './connect.js';
import { dropTokens } from './token-contents.js';
import { guard, translate } from './guard.js';
import { dropGraph } from './graph.js';

/**
 * SQLite's online backup: pages are copied while others read and write. The copy stands under another name until it is whole, and
 * nothing is overwritten. As tiaowen.sqlite in a folder of its own it is an index; what is derived is derived again.
 */
export async function backupDatabase(folder: string, file: string): Promise<void> {
  if (existsSync(file))
    throw new TiaowenError('index-unwritable', `备份文件 ${file} 已存在。请另选文件名，或先移走它。`);
  const database = connectReader(folder);
  const draft = `${file}.${process.pid}.part`;
  try {
    await database.backup(draft);
    renameSync(draft, file);
  } catch (error) {
    rmSync(draft, { force: true });
    throw translate(error, file);
  } finally {
    database.close();
  }
}

/** Gives the new name. Throws TiaowenError index-locked while another process writes. */
export function setAsideDatabase(folder: string): string {
  const lock = lockWriter(folder);
  try {
    return guard(folder, () => {
      const path = databasePath(folder);
      let aside = `${path}.damaged`;
      for (let n = 2; existsSync(aside); n++) aside = `${path}.damaged-${n}`;
      for (const end of ['-wal', '-shm']) if (existsSync(path + end)) renameSync(path + end, aside + end);
      renameSync(path, aside);
      dropGraph(folder);
      dropColumns(folder);
      dropTokens(folder);
      return aside;
    });
  } finally {
    lock.close();
  }
}
