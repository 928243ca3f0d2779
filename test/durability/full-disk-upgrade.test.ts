/** A disk that fills up while an index of an earlier format is brought to this one. Needs the right to mount; elsewhere it is skipped. */
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isOfDerived } from '../contract/derived-findings.js';
import { TiaowenError } from '../../src/model/errors.js';
import { upgradeIndex } from '../../src/store/embedded/upgrade.js';
import { ageToFormat2, contentsOf } from './age-index.js';
import { kibibytesOf, mount, unmount } from './small-disk.js';
import { COLUMNS, ingestInto, openToRead, plan, writeCorpus } from './small-index.js';

const STEPS = 6;
const TOPICS = ['教师轮岗交流', '课后服务收费', '校园食品安全', '集团化办学'];

let root: string;
let disk: string;
let old: string;
let before: string;
let after: string;

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'tiaowen-full-'));
  disk = mkdtempSync(join(tmpdir(), 'tiaowen-disk-'));
  const corpus = join(root, 'corpus');
  const files = Array.from({ length: 40 }, (_, i) => [`${i}.txt`, plan('山东省青岛市', 2001 + i, TOPICS)]);
  writeCorpus(corpus, Object.fromEntries(files) as Record<string, string>);
  old = join(root, 'old');
  await ingestInto(old, corpus, COLUMNS);
  ageToFormat2(old);
  before = contentsOf(old);
  const upgraded = join(root, 'upgraded');
  cpSync(old, upgraded, { recursive: true });
  await upgradeIndex(upgraded);
  after = contentsOf(upgraded);
});
afterAll(() => {
  unmount(disk);
  for (const folder of [root, disk]) rmSync(folder, { recursive: true, force: true });
});

async function codeOf(work: Promise<void>): Promise<string | null> {
  try {
    await work;
    return null;
  } catch (error) {
    if (error instanceof TiaowenError) return error.code;
    throw error;
  }
}

test('whenever the disk is full, the old index is left or the new one is there, and with room it is taken up', async ({
  skip,
}) => {
  const least = kibibytesOf(old) + 8;
  const outcomes = new Set<string>();
  for (let step = 0; step < STEPS; step++) {
    const refused = mount(disk, Math.round(least * (1 + step / STEPS)));
    if (refused !== null) return skip(`mount: ${refused}`);
    try {
      const index = join(disk, 'index');
      cpSync(old, index, { recursive: true });
      const code = await codeOf(upgradeIndex(index));
      expect(mount(disk, least * 4, 'remount')).toBeNull();
      const contents = contentsOf(index);
      outcomes.add(`${code}, ${contents === before ? 'old' : contents === after ? 'new' : 'neither'}`);
      await upgradeIndex(index);
      expect(contentsOf(index)).toBe(after);
      const store = openToRead(index, COLUMNS);
      const findings = store.verify().filter(({ code }) => !isOfDerived(code));
      store.close();
      expect(findings).toEqual([]);
    } finally {
      unmount(disk);
    }
  }
  expect([...outcomes].sort()).toEqual(['index-unwritable, old', 'null, new']);
});
