/**
 * The built program brings an index of an earlier format to this one, and is killed or interrupted at many moments of it: afterwards the index is the
 * old one or the new one, whole; what reads it names the way; and the next ingest ends where the first would have.
 */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isOfDerived } from '../contract/derived-findings.js';
import { makeRandom } from '../contract/make-document.js';
import { TERMS_VERSION } from '../../src/analysis/analyze.js';
import { databasePath } from '../../src/store/embedded/connect.js';
import { openEmbeddedStore } from '../../src/store/embedded/embedded-store.js';
import { FORMAT_VERSION } from '../../src/store/store.js';
import { ended, start, tiaowen } from '../cli/tiaowen-process.js';
import { failure } from '../store/index-folder.js';
import { ageToFormat2, columnsOf, contentsOf } from './age-index.js';
import { plan } from './small-index.js';

/** TIAOWEN_TEST_KILLS: how many of each; more of them look harder. */
const STOPS = Number(process.env['TIAOWEN_TEST_KILLS'] ?? 3);
/** Many, and of few texts: what takes long of them is to bring them to this format, not to embed them. */
const FILES = 150;
const TOPICS = ['教师轮岗交流', '课后服务收费', '校园食品安全', '集团化办学', '学位供给', '体育美育'];

/** What the program says at the beginning of each phase that a stop may fall in. */
const PHASES = ['升级索引格式', '更新检索词'];

let root: string;
let corpus: string;
let old: string;
let before: string;
let after: string;
/** Milliseconds from each phase on to the end of an ingest that nobody disturbs. */
let lasts: number[];

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'tiaowen-upgrades-'));
  corpus = join(root, 'corpus');
  mkdirSync(corpus);
  for (let i = 0; i < FILES; i++)
    writeFileSync(join(corpus, `${i}.txt`), plan('山东省潍坊市', 1700 + i, TOPICS));
  old = join(root, 'old');
  expect((await tiaowen(['ingest'], envOf(old))).code).toBe(0);
  after = contentsOf(old);
  ageToFormat2(old);
  before = contentsOf(old);
  const undisturbed = copyOfOld('undisturbed');
  const child = start(['ingest'], envOf(undisturbed));
  const began = PHASES.map(() => 0);
  for (const [i, phase] of PHASES.entries())
    void heard(child, phase).then(() => {
      began[i] = performance.now();
    });
  expect((await ended(child)).code).toBe(0);
  lasts = began.map((moment) => performance.now() - moment);
  expect(contentsOf(undisturbed)).toBe(after);
}, 120_000);
afterAll(() => rmSync(root, { recursive: true, force: true }));

const envOf = (index: string) => ({ TIAOWEN_CORPUS: corpus, TIAOWEN_INDEX: index });

function copyOfOld(name: string): string {
  const copy = join(root, name);
  cpSync(old, copy, { recursive: true });
  return copy;
}

/** Once the process has said so. */
function heard(child: ReturnType<typeof start>, words: string): Promise<void> {
  return new Promise((resolve) => {
    child.stderr?.on('data', (text: Buffer | string) => {
      if (text.toString().includes(words)) resolve();
    });
  });
}

test('an aged index is as one of that format was', () => {
  const real = join(root, 'real');
  mkdirSync(real);
  const packed = readFileSync(join(import.meta.dirname, '../store/format-2/tiaowen.sqlite.gz'));
  writeFileSync(databasePath(real), gunzipSync(packed));
  expect(columnsOf(old)).toEqual(columnsOf(real));
  expect(before).not.toBe(after);
});

type Left = 'old' | 'new without its terms' | 'new';

/** What is left of an index after a stop. Throws where it is neither the old one nor a new one, whole. */
async function leftOf(index: string): Promise<Left> {
  const versions = new Database(databasePath(index));
  const format = versions.pragma('user_version', { simple: true });
  versions.close();
  if (format === 2) {
    expect(contentsOf(index)).toBe(before);
    const { code, message } = failure(() => openEmbeddedStore(index, { mode: 'read' }));
    expect([code, message]).toEqual(['index-format', expect.stringContaining('tiaowen ingest')]);
    return 'old';
  }
  expect(format).toBe(FORMAT_VERSION);
  const store = openEmbeddedStore(index, { mode: 'read' });
  const findings = store.verify().filter(({ code }) => !isOfDerived(code));
  const terms = store.termsVersion();
  store.close();
  expect(findings).toEqual([]);
  if (terms === TERMS_VERSION) {
    expect(contentsOf(index)).toBe(after);
    return 'new';
  }
  const { code, err } = await tiaowen(['search', '教师轮岗'], envOf(index));
  expect([code, err]).toEqual([2, expect.stringMatching(/^错误（index-format）.*tiaowen ingest/)]);
  return 'new without its terms';
}

test.each(['SIGKILL', 'SIGINT'] as const)(
  `${STOPS} upgrades end with %s at random moments`,
  { timeout: 30_000 + STOPS * 20_000 },
  async (signal) => {
    const random = makeRandom(Date.now());
    const left: Left[] = [];
    for (let stop = 0; stop < STOPS; stop++) {
      const index = copyOfOld(`${signal}-${stop}`);
      const child = start(['ingest'], envOf(index));
      const done = ended(child);
      const phase = stop % PHASES.length;
      await Promise.race([heard(child, PHASES[phase]!), done]);
      const moment = random() * lasts[phase]!;
      await Promise.race([new Promise((resolve) => setTimeout(resolve, moment)), done]);
      child.kill(signal);
      const { code, err } = await done;
      const outcome = await leftOf(index);
      left.push(outcome);
      // Null: the signal ended it, as it does when all is done and nobody listens any more.
      if (signal === 'SIGINT' && code !== 0 && !(code === null && outcome === 'new'))
        expect([code, err]).toEqual([130, expect.stringContaining('已中断')]);
      expect((await tiaowen(['ingest'], envOf(index))).code).toBe(0);
      expect(await leftOf(index)).toBe('new');
      rmSync(index, { recursive: true });
    }
    expect(left).toHaveLength(STOPS);
  },
);

test(
  'Ctrl-C in the middle of the rows is heard there, and leaves the old index',
  { timeout: 120_000 },
  async () => {
    // On a busy machine this process may be late with its signal: then all rows are done.
    for (let tries = 0; tries < 5; tries++) {
      const index = copyOfOld(`heard-${tries}`);
      const child = start(['ingest'], envOf(index));
      const done = ended(child);
      await Promise.race([heard(child, PHASES[0]!), done]);
      child.kill('SIGINT');
      const { code, err } = await done;
      const left = await leftOf(index);
      if (left !== 'old') continue;
      expect([code, err]).toEqual([130, expect.stringContaining('已中断')]);
      expect(err).not.toContain(PHASES[1]!);
      return;
    }
    expect.unreachable('five times it was heard too late');
  },
);
