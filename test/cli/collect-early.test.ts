import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const SCRIPT = join(import.meta.dirname, 'grow-old.ts');

async function mostHeld(...args: readonly string[]): Promise<number> {
  const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', SCRIPT, ...args]);
  return Number(stdout);
}

it('keeps the heap of a process that serves near what is alive', async () => {
  const [early, late] = await Promise.all([mostHeld('early'), mostHeld()]);
  expect(early).toBeGreaterThan(20e6);
  expect(early).toBeLessThan(0.7 * late);
}, 60_000);
