/** Files that were picked or dropped: sent one after another, each with what became of it. */
import { reactive } from 'vue';
import type { Uploaded, UploadLimits } from '../../knowledge-base.js';
import { get, Problem, upload } from '../api.js';
import { HEAD, refusalOf } from '../text/refusal.js';

export interface Sending {
  readonly key: number;
  readonly name: string;
  state: 'waiting' | 'sending' | 'reading' | 'done' | 'failed';
  /** Share of the bytes that were sent, 0–1. */
  sent: number;
  result: Uploaded | null;
  problem: Problem | null;
}

/** `taken`: called after each file that is in the index now. */
export function useUploads(taken: (uploaded: Uploaded) => void) {
  const sendings = reactive<Sending[]>([]);
  let next = 0;
  let last: Promise<void> = Promise.resolve();

  /** Asked once, before the first file; a server that does not answer says no with the file itself. */
  let limits: Promise<UploadLimits | null> | null = null;

  /** Throws Problem for a file that need not be sent. */
  async function check(file: File): Promise<void> {
    limits ??= get<UploadLimits>('/api/upload').catch(() => null);
    const [known, head] = await Promise.all([limits, file.slice(0, HEAD).arrayBuffer()]);
    const refusal = refusalOf(file, new Uint8Array(head), known?.maxBytes ?? null);
    if (refusal !== null) throw new Problem('upload-refused', '文件没有上传', refusal);
  }

  async function send(sending: Sending, file: File): Promise<void> {
    try {
      await check(file);
      sending.state = 'sending';
      sending.result = await upload(file, (share) => {
        sending.sent = share;
        if (share === 1) sending.state = 'reading';
      });
      sending.state = 'done';
      taken(sending.result);
    } catch (error) {
      sending.problem = error instanceof Problem ? error : new Problem('page', '页面出错', String(error));
      sending.state = 'failed';
    }
  }

  function add(files: Iterable<File>): void {
    for (const file of files) {
      const key = next++;
      sendings.push({ key, name: file.name, state: 'waiting', sent: 0, result: null, problem: null });
      // As it stands in the list, or nothing that happens to it would show.
      const sending = sendings.at(-1)!;
      last = last.then(() => send(sending, file));
    }
  }

  /** Those that are done with leave the list. */
  function clear(): void {
    const open = sendings.filter(({ state }) => state !== 'done' && state !== 'failed');
    sendings.splice(0, sendings.length, ...open);
  }

  return { sendings, add, clear };
}
