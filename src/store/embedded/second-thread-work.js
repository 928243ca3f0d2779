/** What the thread of second-thread.ts runs. In JavaScript for the reason that read-piece.js gives. */
import { parentPort } from 'node:worker_threads';
import { pieceReader } from './read-piece.js';

/** @typedef {import('../../kernel/shared-scan.js').TakePortions} TakePortions */
/** @typedef {import('../../kernel/interaction.js').InteractionExports} InteractionExports */

const { WebAssembly } =
  /** @type {{ WebAssembly: import('../../kernel/web-assembly.js').WebAssemblyApi }} */ (
    /** @type {unknown} */ (globalThis)
  );

/** @type {((job: number) => void) | null} */
let scan = null;
/** @type {(() => void) | null} */
let interact = null;

parentPort?.on('message', (/** @type {import('./second-thread.js').ThreadMessage} */ message) => {
  switch (message.kind) {
    case 'join': {
      const { module, memory, cosines } = message.share;
      const instance = new WebAssembly.Instance(module, { env: { memory } });
      const { take } = /** @type {{ take: TakePortions }} */ (instance.exports);
      scan = (job) => take(job, cosines);
      break;
    }
    case 'take':
      scan?.(message.job);
      break;
    case 'join-pass': {
      const { module, memory, job, room, scratch } = message.share;
      const instance = new WebAssembly.Instance(module, { env: { memory, read: pieceReader(memory) } });
      const { take } = /** @type {Pick<InteractionExports, 'take'>} */ (instance.exports);
      interact = () => take(job, room, scratch);
      break;
    }
    case 'take-pass':
      interact?.();
  }
});
