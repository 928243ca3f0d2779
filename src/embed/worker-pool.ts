/** Threads that do the same work on many items, a few items a message; results keep the order of the items. */
import { Worker } from 'node:worker_threads';
import { ERRORS, TiaowenError, type ErrorCode } from '../model/errors.js';
import type { Done, Work } from './serve-work.js';

/** Messages that wait at a thread, so that it never waits for us. */
const MESSAGES_AHEAD = 2;

export interface PoolOptions {
  /** Name of the thread's entry beside this file, without its extension: it calls serveWork(). */
  readonly entry: string;
  /** What each thread gets at its start. */
  readonly workerData: unknown;
  /** How many threads. */
  readonly threads: number;
  /** Items in one message. */
  readonly itemsPerMessage: number;
  /** What is said of work that is given or under way when the pool is closed. */
  readonly closed: string;
}

export interface RunOptions<Result> {
  /** Gets each result as soon as it is there, by its place in the items, in any order. */
  readonly onResult?: ((index: number, result: Result) => void) | undefined;
  /** Gets the number of items done so far. */
  readonly onProgress?: ((done: number) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

interface Job<Item, Result> {
  readonly items: readonly Item[];
  readonly onResults: (results: readonly Result[]) => void;
  readonly onError: (error: Error) => void;
}

interface Hand<Item, Result> {
  readonly thread: Worker;
  readonly jobs: Map<number, Job<Item, Result>>;
  /** Messages that it has not answered yet, also those whose job nobody waits for any more. */
  unanswered: number;
}

/** `Item` and `Result` must be what a message between threads can carry. */
export class WorkerPool<Item, Result> {
  readonly #options: PoolOptions;
  readonly #workers: Hand<Item, Result>[];
  #waiting: Job<Item, Result>[] = [];
  #next = 0;
  #closed = false;
  #closing: Promise<void> | null = null;

  constructor(options: PoolOptions) {
    this.#options = options;
    this.#workers = Array.from({ length: options.threads }, () => {
      const thread = startThread(options);
      const jobs = new Map<number, Job<Item, Result>>();
      const hand: Hand<Item, Result> = { thread, jobs, unanswered: 0 };
      thread.on('message', (done: Done<Result>) => {
        hand.unanswered--;
        const job = jobs.get(done.id);
        jobs.delete(done.id);
        if ('results' in done) job?.onResults(done.results);
        else job?.onError(revived(done));
        this.#hand();
      });
      thread.on('error', (error) => {
        this.#giveUp(error instanceof Error ? error : new Error(String(error)));
      });
      thread.on('exit', () => (hand.unanswered = 0));
      // The threads do not keep the process alive; what awaits them does.
      thread.unref();
      return hand;
    });
  }

  /** In the order of `items`. Throws what a thread threw (a TiaowenError as such), or the reason of an abort. */
  async run(
    items: readonly Item[],
    { onResult, onProgress, signal }: RunOptions<Result> = {},
  ): Promise<Result[]> {
    signal?.throwIfAborted();
    const results = new Array<Result>(items.length);
    if (items.length === 0) return results;
    const { itemsPerMessage } = this.#options;
    let done = 0;
    const alive = setInterval(() => undefined, 1 << 30);
    try {
      await new Promise<void>((resolve, reject) => {
        const mine: Job<Item, Result>[] = [];
        const stop = (error: Error) => {
          this.#waiting = this.#waiting.filter((job) => !mine.includes(job));
          reject(error);
        };
        for (let from = 0; from < items.length; from += itemsPerMessage) {
          mine.push({
            items: items.slice(from, from + itemsPerMessage),
            onResults: (batch) => {
              batch.forEach((result, i) => {
                results[from + i] = result;
                onResult?.(from + i, result);
              });
              done += batch.length;
              if (signal?.aborted) return;
              onProgress?.(done);
              if (done === items.length) resolve();
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
    return results;
  }

  /** Ends the threads when they have answered what they were given: a fraction of a second. */
  close(): Promise<void> {
    return (this.#closing ??= this.#end());
  }

  async #end(): Promise<void> {
    this.#giveUp(new Error(this.#options.closed));
    await Promise.all(
      this.#workers.map(async (hand) => {
        await answered(hand);
        await hand.thread.terminate();
      }),
    );
  }

  #hand(): void {
    if (this.#closed) {
      this.#giveUp(new Error(this.#options.closed));
      return;
    }
    for (let ahead = 1; ahead <= MESSAGES_AHEAD; ahead++) {
      for (const hand of this.#workers) {
        const { thread, jobs } = hand;
        if (jobs.size >= ahead) continue;
        const job = this.#waiting.shift();
        if (job === undefined) return;
        const id = this.#next++;
        jobs.set(id, job);
        hand.unanswered++;
        thread.postMessage({ id, items: job.items } satisfies Work<Item>);
      }
    }
  }

  /** A thread that died took its items with it: all that waits fails. */
  #giveUp(error: Error): void {
    this.#closed = true;
    const jobs = [...this.#workers.flatMap((worker) => [...worker.jobs.values()]), ...this.#waiting];
    this.#waiting = [];
    for (const { jobs: own } of this.#workers) own.clear();
    for (const job of jobs) job.onError(error);
  }
}

/** A thread that is ended while onnxruntime works takes the whole process with it (an uncaught Napi::Error, then SIGABRT). */
async function answered({
  thread,
  unanswered,
}: Pick<Hand<never, never>, 'thread' | 'unanswered'>): Promise<void> {
  if (unanswered === 0) return;
  // Else the process might end before the thread does.
  thread.ref();
  await new Promise<void>((resolve) => {
    let left = unanswered;
    thread.on('message', () => --left === 0 && resolve());
    // One that died answers nothing any more.
    thread.on('exit', resolve);
  });
}

function startThread({ entry: name, workerData }: PoolOptions): Worker {
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  const entry = new URL(`./${name}.${extension}`, import.meta.url);
  if (extension === 'js') return new Worker(entry, { workerData });
  // From the sources, as tests and scripts run: a thread does not inherit the loader of its process (tsx, Node 20).
  const start = `import('tsx/esm/api').then(({ register }) => { register(); return import(${JSON.stringify(entry.href)}); })`;
  return new Worker(start, { eval: true, workerData });
}

function revived<Result>({ error, code }: Extract<Done<Result>, { error: Error }>): Error {
  return code !== null && code in ERRORS ? new TiaowenError(code as ErrorCode, error.message) : error;
}
