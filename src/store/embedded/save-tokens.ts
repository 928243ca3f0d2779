/** Brings the token vectors beside the database in step with it: those of new documents are appended, so that a small change is a small write. */
import { closeSync, fdatasync, ftruncateSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { StoredDocument } from './rows.js';
import { isOf, sourceOf } from './document-source.js';
import { nextDataFile, readContents, writeContents } from './token-contents.js';
import type { TokenContents, TokenEntry } from './token-contents.js';

const flushed = promisify(fdatasync);

/**
 * `blockOf` gives the bytes of a document, or null to leave it out. Others get a turn of the event loop after each document; when `isWanted`
 * no longer holds then, all stays as it was. The caller is the only writer. When half of the data file is of documents that are no
 * more it is written anew.
 */
export async function saveTokens(
  folder: string,
  documents: readonly StoredDocument[],
  blockOf: (document: StoredDocument) => Uint8Array | null,
  isWanted: () => boolean,
): Promise<void> {
  const held = worthKeeping(readContents(folder), documents);
  const data = held?.data ?? nextDataFile(folder);
  const path = join(folder, data);
  const kept = new Map(held?.documents.map((entry) => [entry[0], entry]));
  const file = openSync(path, held === null ? 'wx' : 'r+');
  let done = false;
  try {
    let end = held?.end ?? 0;
    ftruncateSync(file, end);
    const entries: TokenEntry[] = [];
    for (const document of documents) {
      const entry = kept.get(document.key);
      if (entry !== undefined && isOf(entry, document)) {
        entries.push(entry);
        continue;
      }
      await new Promise(setImmediate);
      if (!isWanted()) return;
      const block = blockOf(document);
      if (block === null) continue;
      writeAll(file, block, end);
      entries.push([...sourceOf(document), end, block.length]);
      end += block.length;
    }
    // What the contents name must be on the disk before they are.
    await flushed(file);
    if (!isWanted()) return;
    writeContents(folder, { data, end, documents: entries });
    done = true;
  } finally {
    closeSync(file);
    if (!done && held === null) rmSync(path, { force: true });
  }
}

function worthKeeping(
  contents: TokenContents | null,
  documents: readonly StoredDocument[],
): TokenContents | null {
  if (contents === null) return null;
  const byKey = new Map(documents.map((document) => [document.key, document]));
  let living = 0;
  for (const entry of contents.documents) {
    const document = byKey.get(entry[0]);
    if (document !== undefined && isOf(entry, document)) living += entry[7];
  }
  return 2 * living >= contents.end ? contents : null;
}

function writeAll(file: number, bytes: Uint8Array, position: number): void {
  for (let done = 0; done < bytes.length;)
    done += writeSync(file, bytes, done, bytes.length - done, position + done);
}
