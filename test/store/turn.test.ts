/** Turns of those who write one index: who waits comes before who does not. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { betweenTurns, takeTurn } from '../../src/store/embedded/turn.js';
import { failure, makeFolders, write } from './index-folder.js';

const folders = makeFolders();
afterEach(() => {
  folders.clean();
});

test('it waits for who writes, who comes meanwhile is refused, and then it is its turn', async () => {
  const folder = folders.make();
  const writing = betweenTurns(folder, () => write(folder));
  const told: string[] = [];
  let taken = false;
  const waiting = takeTurn(folder, { onWait: () => told.push('waits') }).then((turn) => {
    taken = true;
    return turn;
  });
  await expect.poll(() => told).toEqual(['waits']);
  const refused = failure(() => betweenTurns(folder, () => write(folder)));
  expect(refused.code).toBe('index-locked');
  expect(taken).toBe(false);
  writing.close();
  // Still, although nobody writes.
  expect(failure(() => betweenTurns(folder, () => write(folder))).code).toBe('index-locked');
  const turn = await waiting;
  write(folder).close();
  expect(told).toEqual(['waits']);
  turn.end();
  betweenTurns(folder, () => write(folder)).close();
});

test('of two who would wait the second is refused', async () => {
  const folder = folders.make();
  const turn = await takeTurn(folder);
  await expect(takeTurn(folder)).rejects.toMatchObject({ code: 'index-locked' });
  turn.end();
  (await takeTurn(folder)).end();
});

test('one that passes between turns does not keep others from passing, and a turn begins after it', async () => {
  const folder = folders.make();
  let waiting: ReturnType<typeof takeTurn> | undefined;
  betweenTurns(folder, () => {
    expect(betweenTurns(folder, () => 'passed')).toBe('passed');
    waiting = takeTurn(folder);
  });
  (await waiting!).end();
});

test('who is interrupted while it waits leaves the turn to others, and so does an opening that fails', async () => {
  const folder = folders.make();
  const writing = write(folder);
  const interruption = new AbortController();
  const waiting = takeTurn(folder, { signal: interruption.signal, onWait: () => interruption.abort() });
  await expect(waiting).rejects.toMatchObject({ name: 'AbortError' });
  writing.close();
  const fails = () => {
    throw new RangeError('no');
  };
  expect(() => betweenTurns(folder, fails)).toThrow('no');
  (await takeTurn(folder)).end();
});

test('a process that is killed ends its turn', async () => {
  const folder = folders.make();
  const script = join(import.meta.dirname, 'take-turn.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', script, folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  expect(failure(() => betweenTurns(folder, () => write(folder))).code).toBe('index-locked');
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(existsSync(join(folder, 'turn.lock'))).toBe(true);
  betweenTurns(folder, () => write(folder)).close();
  (await takeTurn(folder)).end();
});
