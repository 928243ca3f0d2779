/** tsx grow-old.ts [early]: keeps 40 MB alive, lets garbage grow old beside them, and prints the most that the old space held, in bytes. */
import { getHeapSpaceStatistics } from 'node:v8';
import { collectEarly } from '../../src/cli/collect-early.js';

if (process.argv[2] === 'early') collectEarly();
const make = () => Array.from({ length: 1000 }, (_, i) => ({ i: i + 0.5 }));
const alive = Array.from({ length: 1000 }, make);
/** Dropped once they are old. */
const young: unknown[] = [];
let most = 0;
for (let turn = 0; turn < 6000; turn++) {
  young.push(make());
  if (young.length > 500) young.shift();
  if (turn % 50 !== 0) continue;
  const old = getHeapSpaceStatistics().find(({ space_name: name }) => name === 'old_space')!;
  most = Math.max(most, old.space_used_size);
}
process.stdout.write(`${alive.length > 0 ? most : 0}\n`);
