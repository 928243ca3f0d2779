/** The corpus folder: which of its files are sources. */
import { readdir, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { TiaowenError } from './model/errors.js';
import { isSidecar } from './sidecar.js';

/** Files that describe a corpus rather than belong to it. */
const NOT_SOURCES =
  /^(manifest\.json|readme(\.[a-z]+)?|licen[cs]e(\.[a-z]+)?|sha256sums|thumbs\.db|desktop\.ini)$/i;

/**
 * Paths of the source files, relative to the folder with forward slashes, in code-unit order, so that two machines read a
 * corpus in the same order. Hidden files and Office lock files (~$…) are left out; files of unknown formats are not: the
 * reader reports them, so that nothing is dropped in silence.
 * Throws TiaowenError corpus-missing or corpus-empty.
 */
export async function listSources(folder: string): Promise<string[]> {
  const place = await stat(folder).catch(() => null);
  if (!place?.isDirectory()) {
    throw new TiaowenError(
      'corpus-missing',
      `找不到语料目录 ${folder}。请用 --corpus 或 TIAOWEN_CORPUS 指定存放政策文本的目录。`,
    );
  }
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const found = entries
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name).slice(folder.length).split(sep).filter(Boolean).join('/'),
    )
    .filter((path) => !path.split('/').some((part) => part.startsWith('.') || part.startsWith('~$')))
    .filter((path) => !describesCorpus(path.slice(path.lastIndexOf('/') + 1)));
  const paths = withoutPageParts(found).sort();
  if (paths.length === 0) {
    throw new TiaowenError(
      'corpus-empty',
      `语料目录 ${folder} 中没有文件。请放入 .txt、.html、.docx、.pdf 或 .ofd 格式的政策文本后重试；索引未作改动。`,
    );
  }
  return paths;
}

/** Whether a file of this name tells about sources (a manifest, a sidecar) and is none. */
export function describesCorpus(name: string): boolean {
  return NOT_SOURCES.test(name) || isSidecar(name);
}

/** What a browser saves beside NAME.html goes into NAME_files/ or NAME.files/: images, scripts, frames. It is part of that one page. */
function withoutPageParts(paths: readonly string[]): string[] {
  const pages = new Set(paths.flatMap((path) => /^(.+)\.s?html?$/i.exec(path)?.[1] ?? []));
  return paths.filter((path) => {
    for (const match of path.matchAll(/[_.]files\//g))
      if (pages.has(path.slice(0, match.index))) return false;
    return true;
  });
}
