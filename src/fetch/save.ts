/** Writes a file, with its sidecar if it was fetched, into the corpus folder: whole or not at all, over nothing that is there. */
import { randomUUID } from 'node:crypto';
import { link, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { TiaowenError } from '../model/errors.js';
import { sidecarPath, type Sidecar } from '../sidecar.js';
import { sameNameKey } from './file-name.js';

/**
 * Saves under the first of `names` that is free, the sidecar first: at no time does a file lie there without its origin. `sidecar` null: the file
 * was not fetched. Returns the name.
 * Throws TiaowenError corpus-unwritable.
 */
export async function save(
  corpus: string,
  names: Iterable<string>,
  bytes: Uint8Array,
  sidecar: Sidecar | null,
): Promise<string> {
  // Hidden: an ingest that runs meanwhile does not see them.
  const part = join(corpus, `.tiaowen-${randomUUID()}`);
  const sidecarPart = sidecarPath(part);
  try {
    await writeFile(part, bytes, { flag: 'wx', flush: true });
    if (sidecar !== null)
      await writeFile(sidecarPart, `${JSON.stringify(sidecar, null, 2)}\n`, { flag: 'wx', flush: true });
    const taken = new Set((await readdir(corpus)).map(sameNameKey));
    for (const name of names) {
      if (taken.has(sameNameKey(name)) || taken.has(sameNameKey(sidecarPath(name)))) continue;
      const path = join(corpus, name);
      if (sidecar !== null && !(await moveTo(sidecarPart, sidecarPath(path)))) continue;
      if (await moveTo(part, path)) return name;
      // Somebody put a file of this name here just now: the sidecar is not its.
      if (sidecar !== null) await rename(sidecarPath(path), sidecarPart);
    }
    throw new RangeError('the names ran out');
  } catch (error) {
    if (error instanceof RangeError) throw error;
    const code = (error as NodeJS.ErrnoException).code ?? String(error);
    throw new TiaowenError(
      'corpus-unwritable',
      `无法写入语料目录 ${corpus}（${code}）。请检查磁盘空间和目录的写入权限后重试。`,
      { cause: error },
    );
  } finally {
    await rm(part, { force: true });
    await rm(sidecarPart, { force: true });
  }
}

/** False when something is there. A rename would replace it, a link does not; where the file system has no links, we look before. */
async function moveTo(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    await rm(from);
    return true;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? '';
    if (code === 'EEXIST') return false;
    if (!['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK'].includes(code)) throw error;
  }
  if ((await stat(to).catch(() => null)) !== null) return false;
  await rename(from, to);
  return true;
}
