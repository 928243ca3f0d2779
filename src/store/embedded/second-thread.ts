/** A thread beside this one: it takes part in scans of vectors, and in late interaction. */
import { Worker } from 'node:worker_threads';
import type { ScanHelp, ScanPartner, ScanShare } from '../../kernel/shared-scan.js';
import type { PassHelp, PassPartner, PassShare } from './token-pass.js';

/** What it is told: what a scan needs, and to take portions of a job; what late interaction needs, and to take portions of that. */
export type ThreadMessage =
  | { readonly kind: 'join'; readonly share: ScanShare }
  | { readonly kind: 'take'; readonly job: number }
  | { readonly kind: 'join-pass'; readonly share: PassShare }
  | { readonly kind: 'take-pass' };

const ENTRY = new URL('./second-thread-work.js', import.meta.url);
/** Megabytes: it allocates next to nothing. */
const LIMITS = { maxOldGenerationSizeMb: 16, maxYoungGenerationSizeMb: 1 };

export class SecondThread implements ScanPartner, PassPartner {
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

  joinPass(share: PassShare): PassHelp {
    this.#tell({ kind: 'join-pass', share });
    return {
      take: () => {
        this.#tell({ kind: 'take-pass' });
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
