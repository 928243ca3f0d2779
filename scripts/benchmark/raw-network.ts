/**
 * What onnxruntime alone does with the same texts, one text a pass on as many threads of one session each: the ceiling of an ingest.
 * Tokenised before the clock starts; nothing is pooled, kept or sent.
 */
import { Worker } from 'node:worker_threads';

export interface RawThreadData {
  /** Path of the ONNX file. */
  readonly weights: string;
}

/** Shared memory: token ids of all texts, where each begins and the last ends, and the number of the next text to take. */
export interface RawTexts {
  readonly ids: SharedArrayBuffer;
  readonly offsets: SharedArrayBuffer;
  readonly next: SharedArrayBuffer;
}

export class RawNetwork {
  readonly #threads: readonly Worker[];

  private constructor(threads: readonly Worker[]) {
    this.#threads = threads;
  }

  /** When the sessions are loaded. */
  static async open(weights: string, threads: number): Promise<RawNetwork> {
    const entry = new URL('./raw-network-thread.ts', import.meta.url).href;
    // A thread does not inherit the loader of its process.
    const start = `import('tsx/esm/api').then(({ register }) => { register(); return import(${JSON.stringify(entry)}); })`;
    const workers = Array.from(
      { length: threads },
      () => new Worker(start, { eval: true, workerData: { weights } satisfies RawThreadData }),
    );
    await Promise.all(workers.map(answer));
    return new RawNetwork(workers);
  }

  /** Milliseconds that all texts take, given as token ids with the special ones. */
  async run(texts: readonly (readonly number[])[]): Promise<number> {
    const shared = share(texts);
    const from = performance.now();
    const passes = await Promise.all(
      this.#threads.map((thread) => {
        thread.postMessage(shared);
        return answer(thread);
      }),
    );
    const took = performance.now() - from;
    const done = passes.reduce((total, own) => total + own, 0);
    if (done !== texts.length) throw new Error(`${done} of ${texts.length} texts were run`);
    return took;
  }

  async close(): Promise<void> {
    await Promise.all(this.#threads.map((thread) => thread.terminate()));
  }
}

function answer(thread: Worker): Promise<number> {
  return new Promise((resolve, reject) => {
    thread.once('message', resolve);
    thread.once('error', reject);
  });
}

function share(texts: readonly (readonly number[])[]): RawTexts {
  const total = texts.reduce((count, own) => count + own.length, 0);
  const shared = {
    ids: new SharedArrayBuffer(total * BigInt64Array.BYTES_PER_ELEMENT),
    offsets: new SharedArrayBuffer((texts.length + 1) * Int32Array.BYTES_PER_ELEMENT),
    next: new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT),
  };
  const ids = new BigInt64Array(shared.ids);
  const offsets = new Int32Array(shared.offsets);
  let at = 0;
  texts.forEach((own, i) => {
    offsets[i] = at;
    for (const id of own) ids[at++] = BigInt(id);
  });
  offsets[texts.length] = at;
  return shared;
}
