/** Files of a corpus, copied into a folder of their own. */
import { copyFile, mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** `from` and `into` are folders, `files` paths relative to both. */
export async function copyFiles(from: string, into: string, files: readonly string[]): Promise<void> {
  for (const file of files) {
    await mkdir(dirname(join(into, file)), { recursive: true });
    await copyFile(join(from, file), join(into, file));
  }
}
