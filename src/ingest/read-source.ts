/** One source file of the corpus, read and cut into passages; what cannot be read is said in its entry. */
import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Embedder } from '../embed/embedder.js';
import type { ParsedFile, PolicyDocument, Retrieval, SourceFile } from '../model/document.js';
import type { Passage } from '../model/passage.js';
import { passagesOf } from '../parse/passages.js';
import type { Sidecar } from '../sidecar.js';

/** The bytes with their hash and when they were last written, or why the system would not give them. */
export type Source =
  | { readonly path: string; readonly bytes: Buffer; readonly sha256: string; readonly written: Date }
  | { readonly path: string; readonly error: NodeJS.ErrnoException };

export async function readSource(corpus: string, path: string): Promise<Source> {
  try {
    const { mtime } = await stat(join(corpus, path));
    const bytes = await readFile(join(corpus, path));
    return { path, bytes, sha256: createHash('sha256').update(bytes).digest('hex'), written: mtime };
  } catch (error) {
    return { path, error: error as NodeJS.ErrnoException };
  }
}

/** As its sidecar says, if it has one that speaks of these bytes. */
export function retrievalOf(
  { written }: Extract<Source, { readonly bytes: Buffer }>,
  sidecar: Sidecar | null,
): Retrieval {
  if (sidecar === null) return { at: written.toISOString(), from: null };
  const said = Date.parse(sidecar.retrieved);
  return { at: (Number.isNaN(said) ? written : new Date(said)).toISOString(), from: sidecar.finalUrl };
}

/** A file that the system would not let us read. Its hash is empty, so that the next ingest tries it again. */
export function inaccessible(path: string, error: NodeJS.ErrnoException): ParsedFile {
  const message = `无法读取文件（${error.code ?? error.message}）。请检查它是否存在以及读取权限。`;
  const file: SourceFile = {
    path,
    sha256: '',
    bytes: 0,
    mediaType: 'application/octet-stream',
    encoding: null,
    url: null,
    retrieved: null,
    state: 'unreadable',
    noise: [],
    diagnostics: [{ code: 'file-inaccessible', severity: 'error', message, span: null }],
  };
  return { file, source: '', places: [], documents: [] };
}

/**
 * Passages that the model takes whole. A character is at most one token for nearly every text, so a limit in characters is tried
 * first; a clause where that fails (decomposed letters can give more tokens) is split finer until it fits.
 */
export function passagesThatFit(document: PolicyDocument, embedder: Embedder): Passage[] {
  const room = embedder.maxTokens - 2;
  return document.clauses.flatMap((clause) => {
    for (let limit = room; limit > 8; limit >>= 1) {
      const passages = passagesOf(clause, limit);
      if (
        passages.every(
          ({ text }) => text.length * 4 < room || embedder.countTokens(text) <= embedder.maxTokens,
        )
      )
        return passages;
    }
    return passagesOf(clause, 8);
  });
}
