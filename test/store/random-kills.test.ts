/** A writer killed at any moment leaves one generation, whole. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { isOfDerived } from '../contract/derived-findings.js';
import { openEmbeddedStore } from '../../src/store/embedded/embedded-store.js';
import { makeRandom } from '../contract/make-document.js';
import { makeFolders } from './index-folder.js';

/** TIAOWEN_TEST_KILLS: how many; more of them look harder. */
const KILLS = Number(process.env['TIAOWEN_TEST_KILLS'] ?? 8);

const folders = makeFolders();
afterEach(() => {
  folders.clean();
});

/** What is derived: a graph, or columns.bin and tokens-N.bin. */
const CASES = [{ exactLimit: 0 }, { roundAbove: 0, tokensAbove: 0 }];

test.each(CASES)(
  `${KILLS} kills at random moments, %o`,
  { timeout: 10_000 + KILLS * 5000 },
  async (limits) => {
    const folder = folders.make();
    const random = makeRandom(Date.now());
    let generation = 0;
    for (let kill = 0; kill < KILLS; kill++) {
      const script = join(import.meta.dirname, 'publish-forever.ts');
      const child = spawn(process.execPath, ['--import', 'tsx', script, folder, JSON.stringify(limits)], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      await once(child.stdout, 'data');
      await new Promise((resolve) => setTimeout(resolve, random() * 400));
      child.kill('SIGKILL');
      await once(child, 'exit');
      const store = openEmbeddedStore(folder, { mode: kill % 2 === 0 ? 'read' : 'write', ...limits });
      const now = store.status().generation;
      expect(now).toBeGreaterThanOrEqual(generation);
      generation = now;
      expect(store.documents()).toHaveLength(now === 0 ? 0 : 5);
      for (const { id, metadata } of store.documents()) {
        expect(metadata.title).toBe(String(now));
        expect(store.document(id)!.clauses.every(({ text }) => text.startsWith(`第${now}代，`))).toBe(true);
      }
      expect(store.lexical('words', [`第${now}代`]).size).toBe(now === 0 ? 0 : 200);
      expect(store.verify().filter(({ code }) => !isOfDerived(code))).toEqual([]);
      store.close();
    }
    expect(generation).toBeGreaterThan(0);
  },
);
