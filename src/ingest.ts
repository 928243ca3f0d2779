/** Files → parse → terms, passages and vectors → store, with progress and a report. */
import { isDeepStrictEqual } from 'node:util';
import { listSources } from './corpus-folder.js';
import type { Embedder } from './embed/embedder.js';
import { Departed } from './ingest/departed.js';
import { isCurrent } from './ingest/is-current.js';
import { HeldEncodings } from './ingest/held-encodings.js';
import { Pace } from './ingest/pace.js';
import { inaccessible, passagesThatFit, readSource, retrievalOf, type Source } from './ingest/read-source.js';
import { encodeRound, type Pending } from './ingest/round.js';
import { filesToEmbedAgain, renewTerms } from './ingest/renew-terms.js';
import { settleIds } from './ingest/settle-ids.js';
import { withUniqueIds } from './ingest/unique-ids.js';
import { summarize, type IngestedFile, type IngestProgress, type IngestReport } from './ingest-report.js';
import type { ParsedFile, SourceFile } from './model/document.js';
import { parseFile } from './parse/parse-file.js';
import { hintsOf, sidecarOf } from './sidecar.js';
import type { OnProgress, Store } from './store/store.js';

export interface IngestOptions {
  readonly corpus: string;
  readonly store: Store;
  readonly embedder: Embedder;
  readonly onProgress?: (progress: IngestProgress) => void;
  /** Told of documents while the terms of an index that another version made are made anew. */
  readonly onRenewal?: OnProgress;
  /** Called after each publication: what was kept for the case of a kill is in the index now. */
  readonly onPublished?: () => void;
  readonly signal?: AbortSignal;
  /** Looks at these files alone (paths relative to the corpus) and leaves all else of the index as it is; not given: at the whole corpus. */
  readonly only?: ReadonlySet<string>;
}

/** About so many passages, of one or several files, are embedded and put at a time: their vectors wait in memory. */
const PASSAGES_PER_ROUND = 2048;
/** Or files of so many bytes, which wait in memory too: those of a scan may hold no passage at all. */
const BYTES_PER_ROUND = 64 * 1024 * 1024;
/**
 * Published after so many rounds: some minutes of work, 100 MB of vectors. A reader loads all vectors anew at each generation, so
 * not oftener; what a kill would cost in between is in the embedder's journal.
 */
const ROUNDS_PER_PUBLICATION = 8;

/**
 * Brings the store in step with the corpus folder: new and changed files are read (by SHA-256), files that are gone leave the
 * index. A file that cannot be read is kept in the list as unreadable; the others go on. The next round is parsed while one is embedded.
 * Aborting throws the signal's reason; what was published by then stays, each file whole, and the next ingest goes on from there.
 */
export async function ingest(options: IngestOptions): Promise<IngestReport> {
  const { corpus, store, embedder, signal, only } = options;
  const paths = (await listSources(corpus)).filter((path) => only?.has(path) ?? true);
  const known = new Map(store.files().map((file) => [file.path, file]));
  const states = new Map<string, IngestedFile['state']>();
  const changed: string[] = [];
  const originals = store.originals();
  const again = await filesToEmbedAgain(store, signal);
  let bytes = 0;
  for (const path of paths) {
    signal?.throwIfAborted();
    const source = await readSource(corpus, path);
    const old = known.get(path);
    if ('bytes' in source && !again.has(path) && (await isCurrent(corpus, source, old, originals))) {
      states.set(path, old?.state === 'unreadable' ? 'unreadable' : 'unchanged');
      continue;
    }
    if ('bytes' in source) bytes += source.bytes.length;
    changed.push(path);
  }

  const gone = new Departed(store, new Set(only ? [...paths, ...known.keys()] : paths));
  for (const path of gone.paths) states.set(path, 'removed');
  const owners = new Map(
    store
      .documents()
      .filter(({ file }) => !gone.paths.has(file))
      .map(({ id, file }) => [id, file]),
  );
  // A new index is of this version from the beginning.
  if (known.size === 0) await renewTerms(store);
  const pace = new Pace(paths.length, bytes, (progress) => options.onProgress?.(progress));
  for (let i = changed.length; i < paths.length; i++) pace.skipped();

  const publish = async (last: boolean) => {
    pace.publishing();
    await store.publish({ derive: last, signal });
    options.onPublished?.();
  };
  let rounds = 0;
  const finish = async (round: readonly Pending[]) => {
    for (const { pending, documents } of await encodeRound(round, embedder, pace, signal)) {
      const { file, source, places } = pending.parsed;
      gone.makeRoomFor(
        file.sha256,
        documents.map(({ document }) => document.id),
      );
      store.putFile({ file, original: pending.original, source, places }, documents, embedder.identity);
      pace.stored(file.path);
    }
    if (++rounds % ROUNDS_PER_PUBLICATION === 0) await publish(false);
  };

  let round: Pending[] = [];
  let waiting = 0;
  let waitingBytes = 0;
  let finishing: Promise<void> = Promise.resolve();
  const flush = async () => {
    await finishing;
    finishing = finish(round);
    // Awaited before the next round and at the end; until then a failure must not count as unhandled.
    finishing.catch(() => undefined);
    round = [];
    waiting = 0;
    waitingBytes = 0;
  };
  try {
    for (const path of changed) {
      signal?.throwIfAborted();
      const source = await readSource(corpus, path);
      const parsed = await parseSource(corpus, source, owners);
      const { file, documents } = parsed;
      states.set(path, stateOf(file, known.get(path)));
      const passages = documents.map((document) => passagesThatFit(document, embedder));
      const same = known.has(path) ? path : gone.sameBytes(file.sha256);
      const before = same !== null && again.has(same) ? null : same;
      const original = 'bytes' in source && file.state === 'read' ? source.bytes : null;
      round.push({ parsed, original, passages, held: before === null ? null : heldOf(store, before) });
      const count = passages.reduce((sum, own) => sum + own.length, 0);
      waiting += count;
      const clauses = documents.reduce((sum, document) => sum + document.clauses.length, 0);
      pace.read(path, { bytes: file.bytes, clauses, passages: count });
      waitingBytes += original?.length ?? 0;
      if (waiting >= PASSAGES_PER_ROUND || waitingBytes >= BYTES_PER_ROUND) await flush();
    }
    if (round.length > 0) await flush();
  } finally {
    await finishing;
  }
  gone.removeRest();
  await publish(false);
  settleIds(store);
  if (only === undefined) {
    await publish(false);
    await renewTerms(store, { signal, onProgress: options.onRenewal });
  }
  await publish(true);
  // What is derived may be missing then.
  signal?.throwIfAborted();
  return summarize(store, states, pace.elapsedMs);
}

async function parseSource(corpus: string, source: Source, owners: Map<string, string>): Promise<ParsedFile> {
  if ('error' in source) return inaccessible(source.path, source.error);
  const sidecar = await sidecarOf(corpus, source.path, source.sha256);
  const parsed = withUniqueIds(await parseFile(source.bytes, source.path, hintsOf(sidecar)), owners);
  return { ...parsed, file: { ...parsed.file, retrieved: retrievalOf(source, sidecar) } };
}

function stateOf(file: SourceFile, old: SourceFile | undefined): IngestedFile['state'] {
  if (file.state === 'unreadable') return 'unreadable';
  if (old === undefined) return 'added';
  const { sha256, state, retrieved } = old;
  const isSame = sha256 === file.sha256 && state === file.state;
  return isSame && (retrieved === null || isDeepStrictEqual(retrieved, file.retrieved))
    ? 'unchanged'
    : 'updated';
}

function heldOf(store: Store, path: string): HeldEncodings {
  return new HeldEncodings(
    store,
    store.documents().filter(({ file }) => file === path),
  );
}
