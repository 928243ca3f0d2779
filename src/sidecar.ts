/** NAME.meta.json beside a fetched file: where and when it was fetched, and what its server said of it. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MIMEType } from 'node:util';

/** Written once, with the file; neither is changed afterwards. */
export interface Sidecar {
  /** Address as asked for. */
  readonly url: string;
  /** Address that answered, after redirects, without fragment. */
  readonly finalUrl: string;
  /** When the answer was complete: ISO 8601, UTC. */
  readonly retrieved: string;
  /** HTTP status. */
  readonly status: number;
  /** Headers as sent; null: not sent. */
  readonly contentType: string | null;
  readonly etag: string | null;
  readonly lastModified: string | null;
  /** Of the file, lower-case hexadecimal. */
  readonly sha256: string;
}

const ENDING = '.meta.json';

export function sidecarPath(path: string): string {
  return path + ENDING;
}

export function isSidecar(path: string): boolean {
  return path.toLowerCase().endsWith(ENDING);
}

/** Null: there is none, or it is no sidecar. */
export async function readSidecar(corpus: string, path: string): Promise<Sidecar | null> {
  const text = await readFile(join(corpus, sidecarPath(path)), 'utf8').catch(() => null);
  if (text === null) return null;
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? toSidecar(value) : null;
  } catch {
    return null;
  }
}

/**
 * The sidecar that speaks of these bytes: a file that was replaced or edited since (`sha256`: of the file as it is) is no longer what the
 * server spoke of. Null: there is none.
 */
export async function sidecarOf(corpus: string, path: string, sha256: string): Promise<Sidecar | null> {
  const sidecar = await readSidecar(corpus, path);
  return sidecar?.sha256 === sha256 ? sidecar : null;
}

/** What a sidecar says that the reader of its file should know. */
export interface SidecarHints {
  readonly charset: string | null;
  readonly url: string | null;
}

/** Those of the sidecar of a file. */
export async function readHints(corpus: string, path: string, sha256: string): Promise<SidecarHints> {
  return hintsOf(await sidecarOf(corpus, path, sha256));
}

/** Both null without a sidecar. */
export function hintsOf(sidecar: Sidecar | null): SidecarHints {
  if (sidecar === null) return { charset: null, url: null };
  return { charset: charsetOf(sidecar.contentType), url: sidecar.finalUrl };
}

/** The charset parameter of a Content-Type header as sent; null: none. */
export function charsetOf(contentType: string | null): string | null {
  try {
    return contentType === null ? null : new MIMEType(contentType).params.get('charset');
  } catch {
    return null;
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function toSidecar(value: Readonly<Record<string, unknown>>): Sidecar | null {
  const { url, finalUrl, retrieved, status, contentType, etag, lastModified, sha256 } = value;
  if (!isAddress(url) || !isAddress(finalUrl) || typeof retrieved !== 'string' || typeof sha256 !== 'string')
    return null;
  return {
    url,
    finalUrl,
    retrieved,
    status: typeof status === 'number' ? status : 0,
    contentType: textOrNull(contentType),
    etag: textOrNull(etag),
    lastModified: textOrNull(lastModified),
    sha256,
  };
}

/** A sidecar may come with a corpus from elsewhere: an address of it ends in a citation that is clicked on. */
function isAddress(value: unknown): value is string {
  return typeof value === 'string' && /^https?:\/\//i.test(value) && URL.canParse(value);
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
