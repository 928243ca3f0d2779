/**
 * Embeds passages on threads of their own, a network with one thread each: the event loop stays free, and one text per pass on each
 * of two networks does more than two threads that share the small matrices of one text (docs/benchmarks.md). Same vectors, bit for bit.
 */
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { ERRORS, TiaowenError, type ErrorCode } from '../model/errors.js';
import type { EmbedOptions, Embedder, Encoding } from './embedder.js';
import type { Done, Work } from './embedding-worker.js';
import {
  openTransformersEmbedder,
  type LoadedModel,
  type TransformersEmbedderOptions,
} from './transformers-embedder.js';

/** Texts in one message: about 100 ms of work, so that an abort is quick and the threads end together. */
const TEXTS_PER_MESSAGE = 8;
/** Messages that wait at a thread, so that it never waits for us. */
const MESSAGES_AHEAD = 2;

/** Queries run in this process, without the way to a thread and back; the threads start at the first passages. */
export async function openWorkerEmbedder(
  options: TransformersEmbedderOptions & { readonly workers?: number | undefined },
): Promise<Embedder> {
  const inner = await openTransformersEmbedder(options);
  const count = options.workers ?? availableParallelism();
  let crew: Crew | null = null;
  return {
    identity: inner.identity,
    maxTokens: inner.maxTokens,
    countTokens: (text) => inner.countTokens(text),
    embedQuery: (text) => inner.embedQuery(text),
    embedPassages(texts, given) {
      crew ??= new Crew(count, inner.loaded);
      return crew.embed(texts, given ?? {});
    },
    async close() {
      await Promise.all([inner.close(), crew?.close()]);
    },
  };
}

interface Job {
  readonly texts: readonly string[];
  readonly onEncoded: (encodings: readonly Encoding[]) => void;
  readonly onError: (error: Error) => void;
}

/** The threads, and what waits for them. */
class Crew {
  readonly #workers: { readonly thread: Worker; readonly jobs: Map<number, Job> }[];
  #waiting: Job[] = [];
  #next = 0;
  #closed = false;

  constructor(count: number, model: LoadedModel) {
    this.#workers = Array.from({ length: count }, () => {
      const thread = startThread(model);
      const jobs = new Map<number, Job>();
      thread.on('message', (done: Done) => {
        const job = jobs.get(done.id);
        jobs.delete(done.id);
        if ('encodings' in done) job?.onEncoded(done.encodings);
        else job?.onError(revived(done));
        this.#hand();
      });
      thread.on('error', (error) => {
        this.#giveUp(error instanceof Error ? error : new Error(String(error)));
      });
      // The threads do not keep the process alive; what awaits them does.
      thread.unref();
      return { thread, jobs };
    });
  }

  async embed(
    texts: readonly string[],
    { onProgress, onEncoded, signal }: EmbedOptions,
  ): Promise<Encoding[]> {
    signal?.throwIfAborted();
    const encodings = new Array<Encoding>(texts.length);
    if (texts.length === 0) return encodings;
    let done = 0;
    const alive = setInterval(() => undefined, 1 << 30);
    try {
      await new Promise<void>((resolve, reject) => {
        const mine: Job[] = [];
        const stop = (error: Error) => {
          this.#waiting = this.#waiting.filter((job) => !mine.includes(job));
          reject(error);
        };
        for (let from = 0; from < texts.length; from += TEXTS_PER_MESSAGE) {
          mine.push({
            texts: texts.slice(from, from + TEXTS_PER_MESSAGE),
            onEncoded: (batch) => {
              batch.forEach((encoding, i) => {
                encodings[from + i] = encoding;
                onEncoded?.(from + i, encoding);
              });
              done += batch.length;
              if (signal?.aborted) return;
              onProgress?.(done);
              if (done === texts.length) resolve();
            },
            onError: stop,
          });
        }
        signal?.addEventListener('abort', () => stop(signal.reason as Error), { once: true });
        this.#waiting.push(...mine);
        this.#hand();
      });
    } finally {
      clearInterval(alive);
    }
    return encodings;
  }

  async close(): Promise<void> {
    this.#giveUp(new Error('the embedder is closed'));
    await Promise.all(this.#workers.map(({ thread }) => thread.terminate()));
  }

  #hand(): void {
    if (this.#closed) {
      this.#giveUp(new Error('the embedder is closed'));
      return;
    }
    for (let ahead = 1; ahead <= MESSAGES_AHEAD; ahead++) {
      for (const { thread, jobs } of this.#workers) {
        if (jobs.size >= ahead) continue;
        const job = this.#waiting.shift();
        if (job === undefined) return;
        const id = this.#next++;
        jobs.set(id, job);
        thread.postMessage({ id, texts: job.texts } satisfies Work);
      }
    }
  }

  /** A thread that died took its texts with it: all that waits fails. */
  #giveUp(error: Error): void {
    this.#closed = true;
    const jobs = [...this.#workers.flatMap((worker) => [...worker.jobs.values()]), ...this.#waiting];
    this.#waiting = [];
    for (const { jobs: own } of this.#workers) own.clear();
    for (const job of jobs) job.onError(error);
  }
}

function startThread(model: LoadedModel): Worker {
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  const entry = new URL(`./embedding-worker.${extension}`, import.meta.url);
  if (extension === 'js') return new Worker(entry, { workerData: model });
  // From the sources, as tests and scripts run: a thread does not inherit the loader of its process (tsx, Node 20).
  const start = `import('tsx/esm/api').then(({ register }) => { register(); return import(${JSON.stringify(entry.href)}); })`;
  return new Worker(start, { eval: true, workerData: model });
}

function revived({ error, code }: Extract<Done, { error: Error }>): Error {
  return code !== null && code in ERRORS ? new TiaowenError(code as ErrorCode, error.message) : error;
}
