/** Whether the index holds of a file what an ingest would put now. */
import type { SourceFile } from '../model/document.js';
import { parseFile } from '../parse/parse-file.js';
import { hintsOf, sidecarOf, type Sidecar } from '../sidecar.js';
import { retrievalOf, type Source } from './read-source.js';

/**
 * Failures that no reader of ours mends, though a scan takes as long as a text: not tried a second time. A file that was too large may only
 * have met a machine that was too busy.
 */
const SETTLED: ReadonlySet<string> = new Set(['file-empty', 'file-encrypted', 'no-text-layer']);

/**
 * False for a file that changed, whose sidecar changed, that format 1 put without all that is kept today, or that an earlier version of
 * the readers could not read and this one can.
 */
export async function isCurrent(
  corpus: string,
  source: Extract<Source, { readonly bytes: Buffer }>,
  old: SourceFile | undefined,
  originals: ReadonlySet<string>,
): Promise<boolean> {
  if (old?.sha256 !== source.sha256 || old.retrieved === null) return false;
  const sidecar = await sidecarOf(corpus, source.path, source.sha256);
  if (!isRetrievedAsSaid(source, sidecar, old.retrieved)) return false;
  return old.state === 'read' ? originals.has(old.sha256) : failsAsBefore(source, sidecar, old);
}

/** A file without a sidecar keeps the time at which it was first read: copying it changes nothing. */
function isRetrievedAsSaid(
  source: Extract<Source, { readonly bytes: Buffer }>,
  sidecar: Sidecar | null,
  old: NonNullable<SourceFile['retrieved']>,
): boolean {
  if (sidecar === null) return old.from === null;
  const { at, from } = retrievalOf(source, sidecar);
  return old.at === at && old.from === from;
}

async function failsAsBefore(
  { path, bytes }: Extract<Source, { readonly bytes: Buffer }>,
  sidecar: Sidecar | null,
  old: SourceFile,
): Promise<boolean> {
  if (old.diagnostics.some(({ code }) => SETTLED.has(code))) return true;
  const { file } = await parseFile(bytes, path, hintsOf(sidecar));
  return file.state === 'unreadable' && sayings(file) === sayings(old);
}

function sayings({ diagnostics }: SourceFile): string {
  return diagnostics.map(({ code, message }) => `${code} ${message}`).join('\n');
}
