/** A thread beside this one: it takes part in scans, and reads token vectors before they are asked for. */
import { Worker } from 'node:worker_threads';
import type { ScanHelp, ScanPartner, ScanShare } from '../../kernel/shared-scan.js';
import type { AheadHelp, AheadMemory } from './token-ahead.js';

/**
 * In plain JavaScript, so that it needs no file beside the program, and no loader when that runs from its sources. token-ahead.ts has what the
 * numbers mean.
 */
const THREAD = `const { parentPort } = require('node:worker_threads');
const { readSync } = require('node:fs');
let share, ahead;
parentPort.on('message', (message) => {
  if (message.module !== undefined) {
    const { take } = new WebAssembly.Instance(message.module, { env: { memory: message.memory } }).exports;
    share = { take, cosines: message.cosines };
  } else if (message.states !== undefined) ahead = message;
  else if (message.job !== undefined) share.take(message.job, share.cosines);
  else readAhead(ahead);
});
function readAhead({ head, states, ends, positions, lengths, slots, slotBytes }) {
  const count = slots.length / slotBytes;
  const job = Atomics.load(head, 3);
  for (let block = 0; block < Atomics.load(head, 0) && Atomics.load(head, 3) === job; block++) {
    if (block % 3 === 0) continue;
    const turn = block - Math.floor(block / 3) - 1;
    const last = turn - count;
    const lastBlock = 3 * Math.floor(last / 2) + 1 + (last % 2);
    for (let passed; last >= 0 && Atomics.load(states, block) === 0 && (passed = Atomics.load(head, 1)) <= lastBlock;)
      if (Atomics.wait(head, 1, passed, 1000) === 'timed-out') return;
    if (Atomics.compareExchange(states, block, 0, 1) !== 0) continue;
    let at = (turn % count) * slotBytes;
    // What was waited for was of the job before: the slot may not be free.
    let state = Atomics.load(head, 3) === job ? 2 : 3;
    try {
      for (let i = ends[block - 1]; state === 2 && i < ends[block]; at += lengths[i++])
        if (readSync(head[2], slots, at, lengths[i], positions[i]) !== lengths[i]) state = 3;
    } catch {
      state = 3;
    }
    Atomics.store(states, block, state);
    Atomics.notify(states, block);
  }
}`;

/** Megabytes: it allocates next to nothing. */
const LIMITS = { maxOldGenerationSizeMb: 16, maxYoungGenerationSizeMb: 1 };

export class SecondThread implements ScanPartner {
  readonly #worker: Worker;

  /** It is there some 50 ms later. Throws when the system gives no thread. */
  constructor() {
    this.#worker = new Worker(THREAD, { eval: true, execArgv: [], resourceLimits: LIMITS });
    // One that dies is missed by nobody but the clock.
    this.#worker.on('error', () => undefined);
    this.#worker.unref();
  }

  join(share: ScanShare): ScanHelp {
    this.#worker.postMessage(share);
    return {
      take: (job) => {
        this.#worker.postMessage({ job });
      },
    };
  }

  reader(memory: AheadMemory): AheadHelp {
    this.#worker.postMessage(memory);
    return {
      begin: () => {
        this.#worker.postMessage({});
      },
    };
  }

  /** Ends it. */
  async close(): Promise<void> {
    await this.#worker.terminate();
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
