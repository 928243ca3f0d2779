/**
 * Whose turn it is to write an index. Uploads come one after the other and would leave an ingest no moment in which nobody writes: it takes the
 * turn, waits for the upload at hand, and no other one begins before it is done.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { TiaowenError } from '../../model/errors.js';
import { lockWriter } from './connect.js';
import { guard } from './guard.js';

/** The right to write next, or to go on writing; whoever dies has ended it. */
export interface Turn {
  end(): void;
}

export interface WaitOptions {
  readonly signal?: AbortSignal | undefined;
  /** Called once, when it has to wait for what is being written. */
  readonly onWait?: (() => void) | undefined;
}

/** Milliseconds between two looks at what another process holds. */
const LOOK_MS = 50;

/**
 * Waits until nobody writes the index in this folder, which is made when missing. Throws TiaowenError index-locked at once when it is another's
 * turn, index-unwritable, or the reason of an abort.
 */
export async function takeTurn(folder: string, { signal, onWait }: WaitOptions = {}): Promise<Turn> {
  const turn = await enter(folder, signal);
  try {
    for (let looks = 0; !isFree(() => lockWriter(folder).close()); looks++) {
      if (looks === 0) onWait?.();
      await pause(LOOK_MS, undefined, { signal });
    }
    return { end: () => turn.close() };
  } catch (error) {
    turn.close();
    throw error;
  }
}

/**
 * For those who wait for nobody: runs `open`, which takes the writer's lock, while it is nobody's turn. Throws TiaowenError index-locked when it is
 * somebody's, index-unwritable, and what `open` throws.
 */
export function betweenTurns<T>(folder: string, open: () => T): T {
  const passing = lockTurn(folder, 'SHARED');
  try {
    return open();
  } finally {
    passing.close();
  }
}

/** One who passes between turns keeps it for as long as it takes to open an index; one whose turn it is keeps others from passing too. */
async function enter(folder: string, signal: AbortSignal | undefined): Promise<Database.Database> {
  for (;;) {
    try {
      return lockTurn(folder, 'EXCLUSIVE');
    } catch (error) {
      if (!isLocked(error)) throw error;
    }
    lockTurn(folder, 'SHARED').close();
    await pause(LOOK_MS, undefined, { signal });
  }
}

/** Locks of SQLite, as that of the writer: on an empty database of its own, and gone with the process. */
function lockTurn(folder: string, kind: 'SHARED' | 'EXCLUSIVE'): Database.Database {
  return guard(folder, () => {
    mkdirSync(folder, { recursive: true });
    const lock = new Database(join(folder, 'turn.lock'), { timeout: 0 });
    try {
      if (kind === 'EXCLUSIVE') lock.exec('BEGIN EXCLUSIVE');
      else lock.exec('BEGIN; SELECT 1 FROM sqlite_schema');
      return lock;
    } catch (error) {
      lock.close();
      throw error;
    }
  });
}

function isFree(lock: () => void): boolean {
  try {
    lock();
    return true;
  } catch (error) {
    if (isLocked(error)) return false;
    throw error;
  }
}

function isLocked(error: unknown): boolean {
  return error instanceof TiaowenError && error.code === 'index-locked';
}
