/** A file that somebody hands over → a file of the corpus folder, if it can be read. */
import { sourcesOf } from './add-source.js';
import { extensionFor } from './fetch/file-kind.js';
import { candidates, fileName } from './fetch/file-name.js';
import { findSameBytes } from './fetch/held.js';
import { save } from './fetch/save.js';
import { TiaowenError } from './model/errors.js';
import { parseFile } from './parse/parse-file.js';

export interface Kept {
  /** added: a new file. same-bytes: a file with these bytes was there, under whatever name. */
  readonly outcome: 'added' | 'same-bytes';
  /** Of the file that holds it now, relative to the corpus folder. */
  readonly path: string;
}

/**
 * `name` is as the sender has it: only what is safe of it is kept, and no path. What cannot be read leaves nothing behind. Throws TiaowenError
 * file-unreadable, corpus-missing or corpus-unwritable.
 */
export async function addUpload(corpus: string, name: string, bytes: Uint8Array): Promise<Kept> {
  const extension = /\.([a-z0-9]{1,8})$/i.exec(name)?.[1]?.toLowerCase() ?? extensionFor(bytes, null);
  const [problem] = await problemsOf(bytes, extension);
  if (problem !== undefined) throw problem;
  const same = await findSameBytes(corpus, await sourcesOf(corpus), bytes);
  if (same !== null) return { outcome: 'same-bytes', path: same };
  const base = name.slice(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
  const names = candidates(fileName([withoutEnd(base, extension), '上传文件'], extension), '');
  return { outcome: 'added', path: await save(corpus, names, bytes, null) };
}

async function problemsOf(bytes: Uint8Array, extension: string): Promise<TiaowenError[]> {
  const { file } = await parseFile(bytes, `a.${extension}`);
  if (file.state === 'read') return [];
  return file.diagnostics.map(
    ({ code, message }) => new TiaowenError('file-unreadable', `${message}（${code}）文件没有保存。`),
  );
}

function withoutEnd(name: string, extension: string): string {
  const end = `.${extension}`;
  return name.toLowerCase().endsWith(end) ? name.slice(0, -end.length) : name;
}
