/** The composition root: Config → concrete store and embedder. The only place that names engines. */
import { join } from 'node:path';
import { TERMS_VERSION } from './analysis/analyze.js';
import { toSimplified } from './analysis/simplify.js';
import { PACKAGE_ROOT, type Config } from './config.js';
import { EmbeddingJournal, withJournal } from './embed/embedding-journal.js';
import type { Embedder } from './embed/embedder.js';
import type { Reranker } from './embed/reranker.js';
import { inOneForm } from './embed/one-form.js';
import { listSources } from './corpus-folder.js';
import { ingest } from './ingest.js';
import { checkSources } from './ingest/check-sources.js';
import { isLeftToIngest, repair } from './ingest/repair.js';
import { createIntake, type Intake } from './intake.js';
import type { IndexProgress, IngestReport, Progress } from './ingest-report.js';
import type { KnowledgeBase } from './knowledge-base.js';
import { createKnowledgeBase } from './create-knowledge-base.js';
import { readSayings, type Saying } from './lexicon/sayings.js';
import { readThesaurus, type Thesaurus } from './lexicon/thesaurus.js';
import { openSayingBank, type SayingBank } from './search/saying-bank.js';
import { findDivision, findPlaces } from './parse/jurisdiction/divisions.js';
import { TiaowenError } from './model/errors.js';
import { backupDatabase, setAsideDatabase } from './store/embedded/backup.js';
import { openEmbeddedStore } from './store/embedded/embedded-store.js';
import { sweepIndex } from './store/embedded/sweep.js';
import { betweenTurns, takeTurn } from './store/embedded/turn.js';
import { upgradeIndex } from './store/embedded/upgrade.js';
import { requireModel } from './store/require-model.js';
import type { Finding, IndexStatus, OnProgress } from './store/store.js';

/** Traditional text has the vectors of simplified text. Throws TiaowenError model-missing, model-altered or model-invalid. */
export async function openEmbedder({ model, modelsFolder, mirror }: Config): Promise<Embedder> {
  // Imported when first needed: the library takes a fifth of a second, which a command without a model should not pay.
  const { openWorkerEmbedder } = await import('./embed/worker-embedder.js');
  return inOneForm(
    await openWorkerEmbedder({ model, modelsFolder, mirror: mirror ?? undefined }),
    toSimplified,
  );
}

/** Null when none is configured. Throws TiaowenError model-missing, model-altered or model-invalid. */
export async function openReranker({ reranker, modelsFolder, mirror }: Config): Promise<Reranker | null> {
  if (reranker === null) return null;
  const { openTransformersReranker } = await import('./embed/transformers-reranker.js');
  return openTransformersReranker({ model: reranker, modelsFolder, mirror: mirror ?? undefined });
}

/** Null when the file was deleted or renamed to switch it off. */
export function openThesaurus(): Thesaurus | null {
  return readThesaurus(join(PACKAGE_ROOT, 'lexicon', 'thesaurus.tsv'));
}

/** Where the vectors of the sayings stand: derived, written by `npm run sayings`. */
export const SAYING_VECTORS = join(PACKAGE_ROOT, 'lexicon', 'sayings.vectors');

/** Of the whole bank; none when its files were deleted or renamed. Throws TiaowenError lexicon-invalid. */
export function loadSayings(): readonly Saying[] {
  return readSayings(
    ['sayings.jsonl', 'topic-sayings.jsonl', 'clause-sayings.jsonl', 'plan-sayings.jsonl'].map((file) =>
      join(PACKAGE_ROOT, 'lexicon', file),
    ),
  );
}

/** Throws TiaowenError lexicon-invalid. */
export function openSayings(embedder: Embedder): Promise<SayingBank | null> {
  return openSayingBank(loadSayings(), embedder, SAYING_VECTORS);
}

/** Throws TiaowenError index-missing, index-format or index-damaged; its ready() index-model and those of openEmbedder. */
export function openKnowledgeBase(config: Config): KnowledgeBase {
  const store = openEmbeddedStore(config.index, { mode: 'read' });
  if (store.status().generation === 0) {
    store.close();
    throw new TiaowenError(
      'index-missing',
      `索引 ${config.index} 还没有建成。请等待正在进行的 tiaowen ingest 完成，或重新运行它。`,
    );
  }
  if (store.termsVersion() !== TERMS_VERSION) {
    store.close();
    throw new TiaowenError(
      'index-format',
      `索引 ${config.index} 的检索词由另一版本的程序建立。请运行 tiaowen ingest 更新索引（没有改动的简体文件不必重新计算向量）。`,
    );
  }
  const embedder = async () => {
    const opened = await openEmbedder(config);
    requireModel(config.index, store.status(), opened.identity);
    return opened;
  };
  const reranker = () => openReranker(config);
  const thesaurus = openThesaurus();
  return createKnowledgeBase({
    store,
    embedder,
    reranker,
    findDivision,
    findPlaces,
    thesaurus,
    sayings: openSayings,
  });
}

/**
 * Files that come while the knowledge base is served. Each is ingested alone, by the same path as all others, unless an ingest works or waits:
 * then it is refused, with index-locked. The model is loaded at the first one and kept, with its threads, until closed.
 */
export function openIntake(config: Config): Intake {
  let opened: Promise<Embedder> | null = null;
  const release = async () => {
    const embedder = opened;
    opened = null;
    await embedder?.then(
      (one) => one.close(),
      () => undefined,
    );
  };
  const intake = createIntake(config.corpus, async (save, signal) => {
    const store = betweenTurns(config.index, () => openEmbeddedStore(config.index, { mode: 'write' }));
    try {
      const only = new Set([await save()]);
      try {
        const embedder = await (opened ??= openEmbedder(config));
        requireModel(config.index, store.status(), embedder.identity);
        // Without a journal: that of an ingest that was killed stays as it is for the next one.
        return await ingest({ corpus: config.corpus, store, embedder, signal, only });
      } catch (error) {
        // Threads that failed once stay so, and so does a model that could not be loaded.
        await release();
        throw error;
      }
    } finally {
      store.close();
    }
  });
  return {
    add: (name, bytes) => intake.add(name, bytes),
    async close() {
      await intake.close();
      await release();
    },
  };
}

export interface RunOptions {
  readonly onProgress?: (progress: Progress) => void;
  readonly signal?: AbortSignal;
}

const phaseOf =
  (phase: IndexProgress['phase'], { onProgress }: RunOptions): OnProgress =>
  (done, total) =>
    onProgress?.({ phase, done, total });

/**
 * Brings the index in step with the corpus; see ingest(). The only writer of the index while it runs: it waits for an upload at hand. Throws
 * TiaowenError index-locked when another ingest runs.
 */
export async function runIngest(config: Config, options: RunOptions = {}): Promise<IngestReport> {
  return inTurn(config.index, options, () => ingestAll(config, options));
}

async function inTurn<T>(index: string, options: RunOptions, work: () => Promise<T>): Promise<T> {
  const onWait = () => phaseOf('wait', options)(0, 1);
  const turn = await takeTurn(index, { signal: options.signal, onWait });
  try {
    return await work();
  } finally {
    turn.end();
  }
}

async function ingestAll(config: Config, options: RunOptions): Promise<IngestReport> {
  await upgradeIndex(config.index, { signal: options.signal, onProgress: phaseOf('upgrade', options) });
  const store = openEmbeddedStore(config.index, { mode: 'write' });
  try {
    const embedder = await openEmbedder(config);
    try {
      requireModel(config.index, store.status(), embedder.identity);
      const journal = new EmbeddingJournal(join(config.index, 'unpublished.vectors'), embedder.identity);
      try {
        return await ingest({
          corpus: config.corpus,
          store,
          embedder: withJournal(embedder, journal),
          onPublished: () => journal.clear(),
          onRenewal: phaseOf('renew', options),
          ...options,
        });
      } finally {
        journal.close();
      }
    } finally {
      await embedder.close();
    }
  } finally {
    store.close();
  }
}

export interface CheckReport {
  readonly findings: readonly Finding[];
  readonly status: IndexStatus;
}

/** `found`: what was wrong; `findings`: what still is; `setAside`: where a database went that could not be repaired. */
export interface RepairReport extends CheckReport {
  readonly found: readonly Finding[];
  readonly setAside: string | null;
}

/**
 * Verifies what is stored, and that the source files are those it was made of, if there is a corpus folder. Throws TiaowenError when
 * the index cannot be opened at all.
 */
export async function checkIndex(config: Config, options: RunOptions = {}): Promise<CheckReport> {
  const store = openEmbeddedStore(config.index, { mode: 'read' });
  try {
    // An index outlives its corpus folder: without one there is nothing to compare with.
    const paths = await listSources(config.corpus).catch(() => null);
    const findings = store.verify(phaseOf('verify', options));
    // A list of files that is damaged cannot be compared with anything.
    const comparable = paths !== null && !findings.some(({ code }) => code === 'file-damaged');
    const sources = comparable
      ? await checkSources(store, config.corpus, paths, phaseOf('sources', options))
      : [];
    return { findings: [...findings, ...sources], status: store.status() };
  } finally {
    store.close();
  }
}

/**
 * Makes anew what is derived and reads damaged files again; where that is not enough, the database is set aside (never deleted) and all
 * of the corpus is read again. Gives what was wrong, what still is, and where the old database went. Throws TiaowenError as runIngest().
 */
export async function repairIndex(config: Config, options: RunOptions = {}): Promise<RepairReport> {
  const found = await findingsOf(config, options);
  const setAside = await inTurn(config.index, options, async () => {
    let aside: string | null = null;
    if (!(await repairInPlace(config.index))) {
      // Without a corpus there would be nothing to make another index of.
      await listSources(config.corpus);
      aside = setAsideDatabase(config.index);
    }
    await ingestAll(config, options);
    return aside;
  });
  return { ...(await checkIndex(config, options)), found, setAside };
}

async function findingsOf(config: Config, options: RunOptions): Promise<readonly Finding[]> {
  try {
    return (await checkIndex(config, options)).findings;
  } catch (error) {
    if (!isDamage(error)) throw error;
    return [{ code: 'database-damaged', message: error.message, subject: config.index }];
  }
}

/** Whether the index in a folder is sound again, or will be when its files were read again. Throws TiaowenError index-locked. */
export async function repairInPlace(index: string): Promise<boolean> {
  try {
    sweepIndex(index);
    const store = openEmbeddedStore(index, { mode: 'write' });
    try {
      await repair(store, store.verify());
      return store.verify().every(isLeftToIngest);
    } finally {
      store.close();
    }
  } catch (error) {
    if (!isDamage(error)) throw error;
    return false;
  }
}

function isDamage(error: unknown): error is TiaowenError {
  return error instanceof TiaowenError && error.code === 'index-damaged';
}

/** Copies what is published to one file, while others read and write. Throws TiaowenError index-unwritable. */
export async function backupIndex(config: Config, file: string): Promise<void> {
  await backupDatabase(config.index, file);
}
