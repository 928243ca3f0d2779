/** A thread beside this one: it takes part in scans, and reads token vectors before they are asked for. */
import { Worker } from 'node:worker_threads';
import type { ScanHelp, ScanPartner, ScanShare } from '../../kernel/shared-scan.js';
import type { AheadHelp, AheadMemory } from './token-ahead.js';

/** What it is told: what a scan needs, and to take portions of a job; what reading ahead needs, and to read what stands there. */
export type ThreadMessage =
  | { readonly kind: 'join'; readonly share: ScanShare }
  | { readonly kind: 'take'; readonly job: number }
  | { readonly kind: 'reader'; readonly memory: AheadMemory }
  | { readonly kind: 'read' };

const ENTRY = new URL('./second-thread-work.js', import.meta.url);
/** Megabytes: it allocates next to nothing. */
const LIMITS = { maxOldGenerationSizeMb: 16, maxYoungGenerationSizeMb: 1 };

export class SecondThread implements ScanPartner {
  readonly #worker: Worker;

  /** It is there some 50 ms later. Throws when the system gives no thread. */
  constructor() {
    // Without the loaders of this process: it imports nothing that needs one.
    this.#worker = new Worker(ENTRY, { execArgv: [], resourceLimits: LIMITS });
    // One that dies is missed by nobody but the clock.
    this.#worker.on('error', () => undefined);
    this.#worker.unref();
  }

  join(share: ScanShare): ScanHelp {
    this.#tell({ kind: 'join', share });
    return {
      take: (job) => {
        this.#tell({ kind: 'take', job });
      },
    };
  }

  reader(memory: AheadMemory): AheadHelp {
    this.#tell({ kind: 'reader', memory });
    return {
      begin: () => {
        this.#tell({ kind: 'read' });
      },
    };
  }

  /** Ends it. */
  async close(): Promise<void> {
    await this.#worker.terminate();
  }

  #tell(message: ThreadMessage): void {
    this.#worker.postMessage(message);
  }
}

/** Other threads, one for each further core, three at most; fewer, or none, when the system gives no more. */
export function startThreads(cores: number): SecondThread[] {
  const threads: SecondThread[] = [];
  try {
    while (threads.length < Math.min(cores - 1, MOST)) threads.push(new SecondThread());
  } catch {
    // With fewer it takes longer, and that is all.
  }
  return threads;
}

const MOST = 3;
