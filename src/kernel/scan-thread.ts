/** A thread that takes part in the scans of one memory, in the same kernel. */
import { Worker } from 'node:worker_threads';
import type { ScanHelp } from './shared-scan.js';
import type { WasmMemory } from './web-assembly.js';

/** All that it runs is the kernel, so that it needs no file beside the program, and no loader when that runs from its sources. */
const THREAD = `const { parentPort, workerData } = require('node:worker_threads');
const { module, memory, cosines } = workerData;
const { take } = new WebAssembly.Instance(module, { env: { memory } }).exports;
parentPort.on('message', (job) => take(job, cosines));`;

/** Megabytes: it allocates next to nothing. */
const LIMITS = { maxOldGenerationSizeMb: 16, maxYoungGenerationSizeMb: 1 };

export class ScanThread implements ScanHelp {
  readonly #worker: Worker;

  /** `cosines`: where its own room for them lies. It is there some 50 ms later. Throws when the system gives no thread. */
  constructor(module: object, memory: WasmMemory, cosines: number) {
    this.#worker = new Worker(THREAD, {
      eval: true,
      execArgv: [],
      workerData: { module, memory, cosines },
      resourceLimits: LIMITS,
    });
    // One that dies is missed by nobody but the clock.
    this.#worker.on('error', () => undefined);
    this.#worker.unref();
  }

  take(job: number): void {
    this.#worker.postMessage(job);
  }

  /** Ends it. */
  async close(): Promise<void> {
    await this.#worker.terminate();
  }
}
