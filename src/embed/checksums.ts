/** SHA-256 of model files: what was shipped or fetched is what gets loaded. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, readdir, rename, writeFile } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { TiaowenError } from '../model/errors.js';

/** In the form of sha256sum(1): "<hexadecimal>  <path relative to the folder>" per line. */
export const CHECKSUM_FILE = 'SHA256SUMS';

/** Lower-case hexadecimal. Reads in pieces of 1 MiB and lets other work run between them; 24 MB take some 20 ms. */
export async function sha256(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

/**
 * Compares every file that the folder's SHA256SUMS names; gives sha256 by path, or null when the folder has no SHA256SUMS.
 * Throws TiaowenError model-missing or model-altered with the path.
 */
export async function verifyChecksums(folder: string): Promise<ReadonlyMap<string, string> | null> {
  const list = join(folder, CHECKSUM_FILE);
  let text: string;
  try {
    text = await readFile(list, 'utf8');
  } catch (error) {
    if (isAbsent(error)) return null;
    throw new TiaowenError('model-missing', `无法读取模型校验文件 ${list}，请检查权限。`, { cause: error });
  }
  const expected = parse(text, list);
  await Promise.all(
    [...expected].map(async ([file, sum]) => {
      const path = join(folder, file);
      let found: string;
      try {
        found = await sha256(path);
      } catch (error) {
        throw new TiaowenError('model-missing', `缺少模型文件 ${path}。${wayOut(folder)}`, { cause: error });
      }
      if (found !== sum) {
        throw new TiaowenError(
          'model-altered',
          `模型文件 ${path} 与 ${CHECKSUM_FILE} 不符，已损坏或被改动。${wayOut(folder)}`,
        );
      }
    }),
  );
  return expected;
}

/** Writes SHA256SUMS over all files of a folder that was just fetched, so that later damage is noticed. */
export async function writeChecksums(folder: string): Promise<void> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile() && entry.name !== CHECKSUM_FILE)
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .split(sep)
        .join('/'),
    )
    .sort();
  const lines: string[] = [];
  for (const file of files) lines.push(`${await sha256(join(folder, file))}  ${file}\n`);
  // Whole or not at all: half a list would pass for a full one.
  const draft = join(folder, `.${CHECKSUM_FILE}.${process.pid}`);
  await writeFile(draft, lines.join(''));
  await rename(draft, join(folder, CHECKSUM_FILE));
}

/** What to do about a damaged or missing file of a model folder. */
export function wayOut(folder: string): string {
  return `随软件提供的模型可用 git checkout -- "${folder}" 取回；自行获取的模型请删除该目录后重新获取。`;
}

export function isAbsent(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
}

function parse(text: string, path: string): Map<string, string> {
  const sums = new Map<string, string>();
  for (const line of text.split(/\r?\n/)) {
    if (line === '') continue;
    const match = /^([0-9a-f]{64}) [ *](.+)$/i.exec(line);
    if (!match)
      throw new TiaowenError('model-altered', `模型校验文件 ${path} 有不合格式的行：${line.slice(0, 80)}`);
    sums.set(match[2]!, match[1]!.toLowerCase());
  }
  return sums;
}
