/** What the corpus folder holds already of an address or of some bytes. */
import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { readSidecar, type Sidecar } from '../sidecar.js';

/** The first of `paths` (relative to the corpus) with these bytes, or null. Only files of the same size are read. */
export async function findSameBytes(
  corpus: string,
  paths: readonly string[],
  bytes: Uint8Array,
): Promise<string | null> {
  const hash = sha256(bytes);
  for (const path of paths) {
    const place = join(corpus, path);
    // A file that cannot be read is none that we could name as held.
    if ((await stat(place).catch(() => null))?.size !== bytes.length) continue;
    const held = await readFile(place).catch(() => null);
    if (held !== null && sha256(held) === hash) return path;
  }
  return null;
}

export interface Snapshot {
  readonly path: string;
  readonly sidecar: Sidecar;
}

/** Snapshots that were asked for at, or answered from, one of these addresses; the latest first. */
export async function snapshotsOf(
  corpus: string,
  paths: readonly string[],
  urls: readonly string[],
): Promise<Snapshot[]> {
  const found: Snapshot[] = [];
  for (const path of paths) {
    const sidecar = await readSidecar(corpus, path);
    if (sidecar !== null && (urls.includes(sidecar.url) || urls.includes(sidecar.finalUrl)))
      found.push({ path, sidecar });
  }
  return found.sort((a, b) => (a.sidecar.retrieved < b.sidecar.retrieved ? 1 : -1));
}

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
