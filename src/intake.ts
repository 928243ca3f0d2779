/** Takes files in while the knowledge base is served: one at a time, each first into the corpus folder, then into the index. */
import { addUpload, type Kept } from './add-upload.js';
import type { IngestReport } from './ingest-report.js';
import { TiaowenError } from './model/errors.js';

export interface Intake {
  /**
   * Throws TiaowenError file-unreadable, overloaded (too many wait), index-locked (another process writes), corpus-missing, corpus-unwritable,
   * and those of an ingest; after the last the file is in the corpus folder and the next ingest takes it in.
   */
  add(name: string, bytes: Uint8Array): Promise<Kept>;
  /** Interrupts what runs: what was saved is taken in by the next ingest. */
  close(): Promise<void>;
}

/** Each that waits holds its bytes in memory. */
const MOST_WAITING = 8;

/**
 * `ingest` takes the writer's lock, calls `save` under it and ingests the paths that it gives: so nothing is saved that then has to wait for
 * another process.
 */
export function createIntake(
  corpus: string,
  ingest: (save: () => Promise<string>, signal: AbortSignal) => Promise<IngestReport>,
): Intake {
  const stop = new AbortController();
  let waiting = 0;
  let last: Promise<unknown> = Promise.resolve();

  async function take(name: string, bytes: Uint8Array): Promise<Kept> {
    stop.signal.throwIfAborted();
    let kept: Kept | null = null;
    await ingest(async () => (kept = await addUpload(corpus, name, bytes)).path, stop.signal);
    if (kept === null) throw new RangeError('the ingest did not save');
    return kept;
  }

  return {
    async add(name, bytes) {
      if (waiting >= MOST_WAITING) {
        throw new TiaowenError('overloaded', `已有 ${waiting} 份文件在等待收录。请稍后重试。`, {
          retryAfter: 5,
        });
      }
      waiting++;
      const mine = last.then(() => take(name, bytes)).finally(() => waiting--);
      last = mine.catch(() => undefined);
      return mine;
    },
    async close() {
      stop.abort(new TiaowenError('overloaded', '服务正在停止，文件没有收录。请重新启动后重试。'));
      await last;
    },
  };
}
