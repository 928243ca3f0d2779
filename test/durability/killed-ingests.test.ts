/** Real processes, real SIGKILLs; `npm run kill -- COUNT` looks harder. */
import { expect, test } from 'vitest';
import { killIngests } from './kill-ingests.js';

const KILLS = 12;

test(`${KILLS} ingests killed at random moments leave the old index or the new one, whole`, async () => {
  const { kills, old, newWithoutGraph, new: done } = await killIngests(KILLS, Date.now());
  expect(old + newWithoutGraph + done).toBe(kills);
}, 300_000);
