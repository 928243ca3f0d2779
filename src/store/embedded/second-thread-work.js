/** What the thread of second-thread.ts runs. In JavaScript for the reason that read-ahead.js gives. */
import { parentPort } from 'node:worker_threads';
import { readAhead } from './read-ahead.js';

/** @typedef {import('../../kernel/shared-scan.js').TakePortions} TakePortions */

const { WebAssembly } =
  /** @type {{ WebAssembly: import('../../kernel/web-assembly.js').WebAssemblyApi }} */ (
    /** @type {unknown} */ (globalThis)
  );

/** @type {((job: number) => void) | null} */
let take = null;
/** @type {import('./token-ahead.js').AheadMemory | null} */
let ahead = null;

parentPort?.on('message', (/** @type {import('./second-thread.js').ThreadMessage} */ message) => {
  switch (message.kind) {
    case 'join': {
      const { module, memory, cosines } = message.share;
      const instance = new WebAssembly.Instance(module, { env: { memory } });
      const kernel = /** @type {{ take: TakePortions }} */ (instance.exports);
      take = (job) => kernel.take(job, cosines);
      break;
    }
    case 'take':
      take?.(message.job);
      break;
    case 'reader':
      ahead = message.memory;
      break;
    case 'read':
      if (ahead !== null) readAhead(ahead);
  }
});
