/** A measurement in a process of its own, so that its memory is its own. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** Runs a script of this folder and reads what it prints as JSON. Throws with what it said when it fails. */
export async function measureApart<T>(script: string, ...args: readonly string[]): Promise<T> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--expose-gc', '--import', 'tsx', join(import.meta.dirname, script), ...args],
    { maxBuffer: 1 << 26 },
  );
  return JSON.parse(stdout) as T;
}
