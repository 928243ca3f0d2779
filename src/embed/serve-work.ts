/** The thread's side of a worker pool: answers messages of items until it is ended. */
import { parentPort } from 'node:worker_threads';

export interface Work<Item> {
  readonly id: number;
  readonly items: readonly Item[];
}

/** `error`: what was thrown, as it can be cloned; `code` when it was a TiaowenError. */
export type Done<Result> =
  | { readonly id: number; readonly results: readonly Result[] }
  | { readonly id: number; readonly error: Error; readonly code: string | null };

/** `work` gives one result per item, in their order; `memoryOf` names memory that is handed over instead of copied. */
export function serveWork<Item, Result>(
  work: (items: readonly Item[]) => Promise<readonly Result[]>,
  memoryOf: (result: Result) => readonly ArrayBuffer[] = () => [],
): void {
  const port = parentPort;
  if (port === null) throw new Error('only the entry of a worker thread serves work');
  port.on('message', ({ id, items }: Work<Item>) => {
    work(items).then(
      (results) => port.postMessage({ id, results } satisfies Done<Result>, results.flatMap(memoryOf)),
      (thrown: unknown) => {
        const error = thrown instanceof Error ? thrown : new Error(String(thrown));
        const code = 'code' in error && typeof error.code === 'string' ? error.code : null;
        port.postMessage({ id, error: new Error(error.message), code } satisfies Done<Result>);
      },
    );
  });
}
