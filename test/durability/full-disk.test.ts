/** A disk that fills up, at many moments of an ingest: a tmpfs of little room. Needs the right to mount; elsewhere it is skipped. */
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isOfDerived } from '../contract/derived-findings.js';
import { EmbeddingJournal, withJournal } from '../../src/embed/embedding-journal.js';
import { ingest } from '../../src/ingest.js';
import { TiaowenError } from '../../src/model/errors.js';
import {
  answersOf,
  COLUMNS,
  embedder,
  GRAPH,
  ingestInto,
  openToRead,
  openToWrite,
  plan,
  SOURCES,
  type Limits,
  writeCorpus,
} from './small-index.js';
import { kibibytesOf, mount, unmount } from './small-disk.js';

const STEPS = 8;
const TOPICS = ['教师轮岗交流', '课后服务收费', '校园食品安全', '集团化办学', '学位供给', '体育美育'];
const MORE = Object.fromEntries(
  Array.from({ length: 40 }, (_, i) => [`增${i}.txt`, plan('山东省青岛市', 2001 + i, TOPICS)]),
);

/** What is derived: a graph, or columns.bin and tokens-N.bin. */
const CASES: readonly Limits[] = [GRAPH, COLUMNS];

describe.each(CASES)('%o', (limits) => {
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
    await ingestInto(made, corpus, limits);
    before = (await lookAt(made)).answers;
    writeCorpus(corpus, MORE);
    await ingestInto(join(root, 'whole'), corpus, limits);
    after = (await lookAt(join(root, 'whole'))).answers;
  });
  afterAll(() => {
    unmount(disk);
    for (const folder of [root, disk]) rmSync(folder, { recursive: true, force: true });
  });

  async function lookAt(index: string): Promise<{ answers: string; codes: string[] }> {
    const store = openToRead(index, limits);
    try {
      return { answers: await answersOf(store), codes: store.verify().map(({ code }) => code) };
    } finally {
      store.close();
    }
  }

  /** The ingest as the program runs it; gives the code of the error that ended it. */
  async function tryIngest(index: string): Promise<string | null> {
    const store = openToWrite(index, limits);
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
        const refused = mount(disk, size);
        if (refused !== null) return skip(`mount: ${refused}`);
        try {
          const index = join(disk, 'index');
          cpSync(made, index, { recursive: true });
          const code = await tryIngest(index);
          const { answers, codes } = await lookAt(index);
          const state = answers === before ? 'old' : answers === after ? 'new' : 'neither';
          outcomes.add(`${code}, ${state}`);
          expect(codes.filter((finding) => !isOfDerived(finding))).toEqual([]);
          expect(mount(disk, most * 4, 'remount')).toBeNull();
          expect(await tryIngest(index)).toBeNull();
          expect(await lookAt(index)).toEqual({ answers: after, codes: [] });
        } finally {
          unmount(disk);
        }
      }
      expect(
        [...outcomes].filter((outcome) => !/^(index-unwritable, (old|new)|null, new)$/.test(outcome)),
      ).toEqual([]);
      expect(outcomes).toContain('index-unwritable, old');
      expect(outcomes).toContain('null, new');
    },
  );
});
