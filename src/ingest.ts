/** Files → parse → terms, passages and vectors → store, with progress and a report. */
import { listSources } from './corpus-folder.js';
import type { Embedder } from './embed/embedder.js';
import { Departed } from './ingest/departed.js';
import { HeldEncodings } from './ingest/held-encodings.js';
import { Pace } from './ingest/pace.js';
import { inaccessible, passagesThatFit, readSource } from './ingest/read-source.js';
import { encodeRound, type Pending } from './ingest/round.js';
import { withUniqueIds } from './ingest/unique-ids.js';
import { summarize, type IngestedFile, type IngestProgress, type IngestReport } from './ingest-report.js';
import { parseFile } from './parse/parse-file.js';
import { readHints } from './sidecar.js';
import type { Store } from './store/store.js';

export interface IngestOptions {
  readonly corpus: string;
  readonly store: Store;
  readonly embedder: Embedder;
  readonly onProgress?: (progress: IngestProgress) => void;
  /** Called after each publication: what was kept for the case of a kill is in the index now. */
  readonly onPublished?: () => void;
  readonly signal?: AbortSignal;
}

/** About so many passages, of one or several files, are embedded and put at a time: their vectors wait in memory. */
const PASSAGES_PER_ROUND = 2048;
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
  const { corpus, store, embedder, signal } = options;
  const paths = await listSources(corpus);
  const known = new Map(store.files().map((file) => [file.path, file]));
  const states = new Map<string, IngestedFile['state']>();
  const changed: { readonly path: string; readonly sha256: string }[] = [];
  let bytes = 0;
  for (const path of paths) {
    signal?.throwIfAborted();
    const source = await readSource(corpus, path);
    const old = known.get(path);
    if ('bytes' in source && old?.sha256 === source.sha256) {
      states.set(path, old.state === 'unreadable' ? 'unreadable' : 'unchanged');
      continue;
    }
    if ('bytes' in source) bytes += source.bytes.length;
    changed.push({ path, sha256: 'bytes' in source ? source.sha256 : '' });
  }

  const gone = new Departed(store, new Set(paths));
  for (const path of gone.paths) states.set(path, 'removed');
  const owners = new Map(
    store
      .documents()
      .filter(({ file }) => !gone.paths.has(file))
      .map(({ id, file }) => [id, file]),
  );
  const pace = new Pace(paths.length, bytes, (progress) => options.onProgress?.(progress));
  for (let i = changed.length; i < paths.length; i++) pace.skipped();

  const publish = async (last: boolean) => {
    pace.publishing();
    await store.publish({ derive: last });
    options.onPublished?.();
  };
  let rounds = 0;
  const finish = async (round: readonly Pending[]) => {
    for (const { pending, documents } of await encodeRound(round, embedder, pace, signal)) {
      const { file } = pending.parsed;
      gone.makeRoomFor(
        file.sha256,
        documents.map(({ document }) => document.id),
      );
      store.putFile(file, documents, embedder.identity);
      pace.stored(file.path);
    }
    if (++rounds % ROUNDS_PER_PUBLICATION === 0) await publish(false);
  };

  let round: Pending[] = [];
  let waiting = 0;
  let finishing: Promise<void> = Promise.resolve();
  const flush = async () => {
    await finishing;
    finishing = finish(round);
    // Awaited before the next round and at the end; until then a failure must not count as unhandled.
    finishing.catch(() => undefined);
    round = [];
    waiting = 0;
  };
  try {
    for (const { path } of changed) {
      signal?.throwIfAborted();
      const source = await readSource(corpus, path);
      const parsed =
        'bytes' in source
          ? withUniqueIds(
              await parseFile(source.bytes, path, await readHints(corpus, path, source.sha256)),
              owners,
            )
          : inaccessible(path, source.error);
      const { file, documents } = parsed;
      states.set(path, file.state === 'unreadable' ? 'unreadable' : known.has(path) ? 'updated' : 'added');
      const passages = documents.map((document) => passagesThatFit(document, embedder));
      const before = known.has(path) ? path : gone.sameBytes(file.sha256);
      round.push({ parsed, passages, held: before === null ? null : heldOf(store, before) });
      const count = passages.reduce((sum, own) => sum + own.length, 0);
      waiting += count;
      const clauses = documents.reduce((sum, document) => sum + document.clauses.length, 0);
      pace.read(path, { bytes: file.bytes, clauses, passages: count });
      if (waiting >= PASSAGES_PER_ROUND) await flush();
    }
    if (round.length > 0) await flush();
  } finally {
    await finishing;
  }
  gone.removeRest();
  await publish(true);
  return summarize(store, states, pace.elapsedMs);
}

function heldOf(store: Store, path: string): HeldEncodings {
  return new HeldEncodings(
    store,
    store.documents().filter(({ file }) => file === path),
  );
}
