/**
 * The built program repairs a damaged index and is killed or interrupted at random moments of it: whatever is left, what it says next leads back to
 * the whole index.
 */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeRandom } from '../contract/make-document.js';
import { databasePath } from '../../src/store/embedded/connect.js';
import { openEmbeddedStore } from '../../src/store/embedded/embedded-store.js';
import { ended, start, tiaowen } from '../cli/tiaowen-process.js';
import { plan } from './small-index.js';

/** TIAOWEN_TEST_KILLS: how many of each; more of them look harder. */
const STOPS = Number(process.env['TIAOWEN_TEST_KILLS'] ?? 2);
const FILES = 40;
const TOPICS = ['教师轮岗交流', '课后服务收费', '校园食品安全', '集团化办学'];

let root: string;
let corpus: string;
let whole: string;
let contents: string;

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'tiaowen-repairs-'));
  corpus = join(root, 'corpus');
  mkdirSync(corpus);
  for (let i = 0; i < FILES; i++)
    writeFileSync(join(corpus, `${i}.txt`), plan('山东省潍坊市', 1800 + i, TOPICS));
  whole = join(root, 'whole');
  expect((await tiaowen(['ingest'], envOf(whole))).code).toBe(0);
  contents = contentsOfAll(whole);
}, 120_000);
afterAll(() => rmSync(root, { recursive: true, force: true }));

const envOf = (index: string) => ({ TIAOWEN_CORPUS: corpus, TIAOWEN_INDEX: index });

/** Without the keys of rows: those of files that were read again are new ones. */
function contentsOfAll(index: string): string {
  const database = new Database(databasePath(index), { readonly: true });
  const rows = database
    .prepare(
      `SELECT documents.id, documents.file, clauses.id AS clause, clauses.text, clauses.label, clauses.locator
         FROM documents JOIN clauses ON clauses.document = documents.key ORDER BY clauses.id`,
    )
    .all();
  database.close();
  return JSON.stringify(rows);
}

/** In place: rows of some documents. Set aside: a page of the database. */
const DAMAGES: Readonly<Record<string, (index: string) => void>> = {
  'rows, repaired in place': (index) => {
    const database = new Database(databasePath(index));
    database.exec(`UPDATE clauses SET label = label || '一' WHERE document % 3 = 0`);
    database.close();
  },
  'the database, set aside': (index) => {
    const path = databasePath(index);
    const bytes = readFileSync(path);
    bytes.fill(0xa5, 8192, 5 * 8192);
    writeFileSync(path, bytes);
  },
};

test.each(Object.keys(DAMAGES))('%s', { timeout: 60_000 + STOPS * 30_000 }, async (name) => {
  const damaged = join(root, 'damaged');
  cpSync(whole, damaged, { recursive: true });
  DAMAGES[name]!(damaged);
  const copyOfDamaged = (copy: string) => {
    cpSync(damaged, join(root, copy), { recursive: true });
    return join(root, copy);
  };
  const undisturbed = copyOfDamaged('undisturbed');
  const began = performance.now();
  expect((await tiaowen(['check', '--repair'], envOf(undisturbed))).code).toBe(0);
  const lasts = performance.now() - began;
  expect(contentsOfAll(undisturbed)).toBe(contents);

  const random = makeRandom(Date.now());
  for (let stop = 0; stop < STOPS; stop++) {
    const index = copyOfDamaged(`stopped-${stop}`);
    const child = start(['check', '--repair'], envOf(index));
    const done = ended(child);
    await Promise.race([new Promise((resolve) => setTimeout(resolve, random() * lasts)), done]);
    child.kill(stop % 2 === 0 ? 'SIGKILL' : 'SIGINT');
    expect([0, null]).toContain((await done).code);
    const { code, err } = await tiaowen(['check', '--repair'], envOf(index));
    // It was killed between the old database and the first of the new one: there is nothing to repair.
    if (code !== 0) {
      expect([code, err]).toEqual([2, expect.stringMatching(/^错误（index-missing）.*tiaowen ingest/m)]);
      expect((await tiaowen(['ingest'], envOf(index))).code).toBe(0);
    }
    expect(contentsOfAll(index)).toBe(contents);
    const store = openEmbeddedStore(index, { mode: 'read' });
    expect(store.verify()).toEqual([]);
    store.close();
    rmSync(index, { recursive: true });
  }
  for (const folder of [damaged, undisturbed]) rmSync(folder, { recursive: true });
});
