/** A disk that fills up, at many moments of an ingest: a tmpfs of little room. Needs the right to mount; elsewhere it is skipped. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { EmbeddingJournal, withJournal } from '../../src/embed/embedding-journal.js';
import { ingest } from '../../src/ingest.js';
import { TiaowenError } from '../../src/model/errors.js';
import {
  answersIn,
  answersOf,
  embedder,
  ingestInto,
  openToRead,
  openToWrite,
  plan,
  SOURCES,
  writeCorpus,
} from './small-index.js';

const STEPS = 8;
const TOPICS = ['教师轮岗交流', '课后服务收费', '校园食品安全', '集团化办学', '学位供给', '体育美育'];
const MORE = Object.fromEntries(
  Array.from({ length: 40 }, (_, i) => [`增${i}.txt`, plan('山东省青岛市', 2001 + i, TOPICS)]),
);

let root: string;
let disk: string;
let corpus: string;
let made: string;
let before: string;
let after: string;

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'tiaowen-full-'));
  disk = mkdtempSync(join(tmpdir(), 'tiaowen-disk-'));
  corpus = join(root, 'corpus');
  made = join(root, 'made');
  writeCorpus(corpus, SOURCES, true);
  await ingestInto(made, corpus);
  before = await answersIn(made);
  writeCorpus(corpus, MORE);
  await ingestInto(join(root, 'whole'), corpus);
  after = await answersIn(join(root, 'whole'));
});
afterAll(() => {
  spawnSync('umount', [disk]);
  for (const folder of [root, disk]) rmSync(folder, { recursive: true, force: true });
});

const kibibytesOf = (folder: string) =>
  readdirSync(folder).reduce((sum, file) => sum + Math.ceil(statSync(join(folder, file)).size / 4096) * 4, 0);

function mount(kibibytes: number, ...options: string[]): string | null {
  const how = ['-t', 'tmpfs', '-o', [...options, `size=${kibibytes}k`].join(','), 'tmpfs', disk];
  const { status, stderr, error } = spawnSync('mount', how, { encoding: 'utf8' });
  return status === 0 ? null : (error?.message ?? stderr.trim());
}

/** The ingest as the program runs it; gives the code of the error that ended it. */
async function tryIngest(index: string): Promise<string | null> {
  const store = openToWrite(index);
  const journal = new EmbeddingJournal(join(index, 'unpublished.vectors'), embedder.identity);
  try {
    await ingest({
      corpus,
      store,
      embedder: withJournal(embedder, journal),
      onPublished: () => journal.clear(),
    });
    return null;
  } catch (error) {
    if (error instanceof TiaowenError) return error.code;
    throw error;
  } finally {
    journal.close();
    store.close();
  }
}

test(
  'whenever the disk is full, the index is the old one or the new one, and with room it is taken up',
  { timeout: 300_000 },
  async ({ skip }) => {
    const least = kibibytesOf(made) + 100;
    const most = kibibytesOf(join(root, 'whole')) * 3;
    const outcomes = new Set<string>();
    for (let step = 0; step < STEPS; step++) {
      const size = Math.round(least + ((most - least) * step) / STEPS);
      const refused = mount(size);
      if (refused !== null) return skip(`mount: ${refused}`);
      try {
        const index = join(disk, 'index');
        cpSync(made, index, { recursive: true });
        const code = await tryIngest(index);
        const store = openToRead(index);
        const answers = await answersOf(store);
        const codes = store.verify().map((finding) => finding.code);
        store.close();
        const state = answers === before ? 'old' : answers === after ? 'new' : 'neither';
        outcomes.add(`${code}, ${state}`);
        expect(codes.filter((finding) => finding !== 'graph-out-of-step')).toEqual([]);
        expect(mount(most * 4, 'remount')).toBeNull();
        expect(await tryIngest(index)).toBeNull();
        expect(await answersIn(index)).toBe(after);
      } finally {
        spawnSync('umount', [disk]);
      }
    }
    expect(
      [...outcomes].filter((outcome) => !/^(index-unwritable, (old|new)|null, new)$/.test(outcome)),
    ).toEqual([]);
    expect(outcomes).toContain('index-unwritable, old');
    expect(outcomes).toContain('null, new');
  },
);
