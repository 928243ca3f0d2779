/** A question is answered from one generation of the index, however long a model takes. */
import { TiaowenError } from '../model/errors.js';
import type { IndexReader } from '../store/store.js';

/** An ingest publishes every few seconds at most: who is overtaken so often is asked to wait for its end. */
const ATTEMPTS = 3;

/**
 * Asks again when another question has moved the reader to a new generation meanwhile: the keys of the old one name other clauses there.
 * Throws what `ask` throws, or TiaowenError overloaded.
 */
export async function onOneGeneration<T>(
  reader: Pick<IndexReader, 'status'>,
  refresh: () => void,
  ask: () => Promise<T>,
): Promise<T> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    refresh();
    const { generation } = reader.status();
    // Not returned at once: an error may come from keys that are no longer right.
    const [outcome] = await Promise.allSettled([ask()]);
    if (reader.status().generation !== generation) continue;
    if (outcome.status === 'fulfilled') return outcome.value;
    throw outcome.reason;
  }
  throw new TiaowenError('overloaded', '索引正在更新，问题还没答完就有了新版本。请稍后重试。', {
    retryAfter: 5,
  });
}
