/** An address → a snapshot in the corpus folder. What is in it is told by the same parser that an ingest uses. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { listSources } from './corpus-folder.js';
import { fetchPage, type Fetched, type FetchOptions } from './fetch/fetch-page.js';
import { extensionFor } from './fetch/file-kind.js';
import { candidates, fileName } from './fetch/file-name.js';
import { findSameBytes, sha256, snapshotsOf, type Snapshot } from './fetch/held.js';
import { save } from './fetch/save.js';
import { statedName } from './fetch/stated-name.js';
import type { ParsedFile } from './model/document.js';
import { TiaowenError } from './model/errors.js';
import { parseFile } from './parse/parse-file.js';
import { charsetOf, readHints } from './sidecar.js';

export interface AddOptions extends FetchOptions {
  /** Name of the file; null: as the server states it, else the title, else from the address. */
  readonly name?: string | null;
}

export interface Added {
  /** added: a new file. same-bytes: a file with these bytes was there. same-text: a snapshot of this address has the same clauses, headings and metadata. */
  readonly outcome: 'added' | 'same-bytes' | 'same-text';
  /** Of the file that holds it now, relative to the corpus folder. */
  readonly path: string;
  readonly url: string;
  readonly finalUrl: string;
  /** ISO 8601, UTC. */
  readonly retrieved: string;
  readonly contentType: string | null;
  /** Of what was fetched. */
  readonly bytes: number;
  readonly sha256: string;
  /** Earlier snapshots of this address with other text, the latest first: they stay. */
  readonly earlier: readonly string[];
}

/** Files that are kept though they cannot be read now: they hold the text, and their message says what to do (OCR, password). */
const KEPT_UNREADABLE = ['no-text-layer', 'text-garbled', 'file-encrypted', 'text-embedded'];

/**
 * Fetches one address into the corpus folder. A snapshot is evidence: it is never replaced. A page that says something new becomes a second
 * file with the date in its name; one that says the same again (counters and tokens aside) is not stored twice, or every comparison would
 * quote it twice. Throws TiaowenError: those of fetchPage(), corpus-missing, corpus-unwritable, content-unsupported.
 */
export async function addSource(corpus: string, url: string, options: AddOptions = {}): Promise<Added> {
  // Before anything is fetched: an ingest of a folder that was misspelt would forget what the index holds.
  await sourcesOf(corpus);
  const fetched = await fetchPage(url, options);
  const extension = extensionFor(fetched.bytes, fetched.contentType);
  const parsed = await parseFile(fetched.bytes, `a.${extension}`, {
    charset: charsetOf(fetched.contentType),
    url: fetched.finalUrl,
  });
  requireReadable(parsed, fetched);
  const paths = await sourcesOf(corpus);
  const same = await findSameBytes(corpus, paths, fetched.bytes);
  if (same !== null) return report('same-bytes', same, fetched, []);
  const earlier = await snapshotsOf(corpus, paths, [fetched.url, fetched.finalUrl]);
  const unchanged = await sayingTheSame(corpus, earlier, parsed);
  if (unchanged !== null) return report('same-text', unchanged, fetched, []);
  options.signal?.throwIfAborted();
  const title = parsed.documents[0]?.metadata.title ?? null;
  const name = fileName(
    [options.name ?? null, statedName(fetched.disposition), title, lastSegment(fetched.finalUrl)],
    extension,
  );
  const { finalUrl, status, contentType, etag, lastModified, retrieved } = fetched;
  const path = await save(
    corpus,
    candidates(name, earlier.length > 0 ? localDate(retrieved) : ''),
    fetched.bytes,
    {
      url: fetched.url,
      finalUrl,
      retrieved: retrieved.toISOString(),
      status,
      contentType,
      etag,
      lastModified,
      sha256: sha256(fetched.bytes),
    },
  );
  return report(
    'added',
    path,
    fetched,
    earlier.map((snapshot) => snapshot.path),
  );
}

/** As listSources(), but of an empty folder none. */
export async function sourcesOf(corpus: string): Promise<readonly string[]> {
  try {
    return await listSources(corpus);
  } catch (error) {
    // The first page of a new corpus.
    if (error instanceof TiaowenError && error.code === 'corpus-empty') return [];
    throw error;
  }
}

function requireReadable({ file }: ParsedFile, { finalUrl }: Fetched): void {
  const [problem] = file.diagnostics;
  if (file.state === 'read' || problem === undefined || KEPT_UNREADABLE.includes(problem.code)) return;
  throw new TiaowenError(
    'content-unsupported',
    `${finalUrl} 的内容没有存下（${problem.code}）：${problem.message}`,
  );
}

async function sayingTheSame(
  corpus: string,
  snapshots: readonly Snapshot[],
  parsed: ParsedFile,
): Promise<string | null> {
  if (parsed.documents.length === 0) return null;
  const said = saidIn(parsed);
  for (const { path } of snapshots) {
    const bytes = await readFile(join(corpus, path)).catch(() => null);
    if (bytes === null) continue;
    const held = await parseFile(bytes, path, await readHints(corpus, path, sha256(bytes)));
    if (saidIn(held) === said) return path;
  }
  return null;
}

/** What a citation can rest on. Lines around it, such as how often a page was read, are left out. */
function saidIn({ documents }: ParsedFile): string {
  return JSON.stringify(
    documents.map(({ metadata, headings, clauses }) => [
      metadata,
      headings.map(({ text }) => text),
      clauses.map(({ text }) => text),
    ]),
  );
}

/** The last part of the path, decoded: t20250301_123.html; empty for the page of a site itself. */
function lastSegment(address: string): string {
  const { pathname, hostname } = new URL(address);
  const segment = pathname.split('/').filter(Boolean).at(-1) ?? hostname;
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

/** YYYY-MM-DD of the clock on the wall: the day on which the researcher fetched it. */
function localDate(time: Date): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())}`;
}

function report(
  outcome: Added['outcome'],
  path: string,
  fetched: Fetched,
  earlier: readonly string[],
): Added {
  const { url, finalUrl, retrieved, contentType, bytes } = fetched;
  return {
    outcome,
    path,
    url,
    finalUrl,
    retrieved: retrieved.toISOString(),
    contentType,
    bytes: bytes.length,
    sha256: sha256(bytes),
    earlier,
  };
}
