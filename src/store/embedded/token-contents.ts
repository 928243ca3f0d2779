/** tokens.json: which documents have their token vectors in which data file, and where. It alone says what of the data holds. */
import { readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import type { DocumentSource } from './document-source.js';

/** Also to be changed with what a block looks like. */
const VERSION = 1;
const DATA = /^tokens-(\d+)\.bin$/;

/** The vectors of a document, and where they stand. */
export type TokenEntry = readonly [...DocumentSource, at: number, bytes: number];

export interface TokenContents {
  /** Name of the data file. */
  readonly data: string;
  /** Bytes of it that count: what follows was left by a process that died. */
  readonly end: number;
  readonly documents: readonly TokenEntry[];
}

function contentsPath(folder: string): string {
  return join(folder, 'tokens.json');
}

/** What holds, or null where there is nothing, or nothing whole. */
export function readContents(folder: string): TokenContents | null {
  try {
    const [head, text = ''] = readFileSync(contentsPath(folder), 'utf8').split('\n');
    if (head !== headOf(text)) return null;
    const contents = JSON.parse(text) as TokenContents;
    return statSync(join(folder, contents.data)).size >= contents.end ? contents : null;
  } catch {
    // What cannot be read is as good as missing.
    return null;
  }
}

/** When the contents were last written, in milliseconds; 0 when there are none. */
export function tokensWritten(folder: string): number {
  return statSync(contentsPath(folder), { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

/** In place of those before, whole or not at all. Data files that they do not name go. */
export function writeContents(folder: string, contents: TokenContents): void {
  const text = JSON.stringify(contents);
  const draft = `${contentsPath(folder)}.tmp`;
  try {
    writeFileSync(draft, `${headOf(text)}\n${text}`, { flush: true });
    renameSync(draft, contentsPath(folder));
  } finally {
    rmSync(draft, { force: true });
  }
  for (const name of dataFiles(folder)) if (name !== contents.data) rmSync(join(folder, name));
}

/** Deletes all that is there. */
export function dropTokens(folder: string): void {
  for (const path of [contentsPath(folder), `${contentsPath(folder)}.tmp`]) rmSync(path, { force: true });
  for (const name of dataFiles(folder)) rmSync(join(folder, name));
}

/** A name that no data file has: readers may have the others open. */
export function nextDataFile(folder: string): string {
  const last = dataFiles(folder).map((name) => Number(DATA.exec(name)![1]));
  return `tokens-${Math.max(0, ...last) + 1}.bin`;
}

function dataFiles(folder: string): string[] {
  return readdirSync(folder).filter((name) => DATA.test(name));
}

function headOf(text: string): string {
  return `tokens ${VERSION} ${crc32(text)}`;
}
