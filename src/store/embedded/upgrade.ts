/** Brings an index of an earlier format to this one before it is written: minutes for a million passages, in which Ctrl-C must be heard. */
import type { Database } from 'better-sqlite3';
import type { LongWork } from '../store.js';
import { connectUpgrade, databasePath, lockWriter } from './connect.js';
import { translate } from './guard.js';
import { othersFirst } from './others-first.js';
import { migrateInSteps } from './schema.js';

/**
 * In one transaction: whoever is interrupted, or dies, leaves the index as it was. Does nothing where there is none, or one of this format. Tells
 * rows. Throws TiaowenError index-format for a later one, index-damaged, index-unwritable or index-locked, or the reason of an abort.
 */
export async function upgradeIndex(folder: string, options: LongWork = {}): Promise<void> {
  const lock = lockWriter(folder);
  try {
    const database = connectUpgrade(folder);
    if (database === null) return;
    try {
      await upgrade(database, options);
    } catch (error) {
      throw translate(error, databasePath(folder));
    } finally {
      // Takes back what was not committed.
      database.close();
    }
  } finally {
    lock.close();
  }
}

async function upgrade(database: Database, { signal, onProgress }: LongWork): Promise<void> {
  database.exec('BEGIN IMMEDIATE');
  for (const step of migrateInSteps(database)) {
    onProgress?.(...step);
    await othersFirst(signal);
  }
  database.exec('COMMIT');
}
