/** Same corpus, same answers: byte for byte, whatever the order, the steps, the detours and the dates by which it came into the index. */
import { mkdtempSync, rmSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { createMemoryStore } from '../../src/store/memory.js';
import type { Store } from '../../src/store/store.js';
import { ingest } from '../../src/ingest.js';
import {
  answersIn,
  answersOf,
  CHANGES,
  embedder,
  ingestInto,
  openToRead,
  QUERIES,
  SOURCES,
  writeCorpus,
} from './small-index.js';

const ALL = { ...SOURCES, ...CHANGES[0] };
const queries = [...QUERIES, '教师', '每年几月收费', '东阿县 经费', 'xyz'];

let root: string;
let reference: string;
let made = 0;
const fresh = (name: string) => join(root, `${name}-${made++}`);

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'tiaowen-order-'));
  const corpus = fresh('corpus');
  writeCorpus(corpus, ALL, true);
  const index = fresh('index');
  await ingestInto(index, corpus);
  reference = await answersIn(index, queries);
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

test('at once, a second time', async () => {
  const corpus = fresh('corpus');
  writeCorpus(corpus, ALL, true);
  const index = fresh('index');
  await ingestInto(index, corpus);
  expect(await answersIn(index, queries)).toBe(reference);
});

test.each([
  ['one by one', Object.keys(ALL)],
  ['one by one, backwards', Object.keys(ALL).reverse()],
])('%s', async (_, names) => {
  const corpus = fresh('corpus');
  const index = fresh('index');
  for (const name of names) {
    writeCorpus(corpus, { [name]: ALL[name]! });
    await ingestInto(index, corpus);
  }
  writeCorpus(corpus, {}, true);
  await ingestInto(index, corpus);
  expect(await answersIn(index, queries)).toBe(reference);
});

test('by way of other texts and of files that went again', async () => {
  const corpus = fresh('corpus');
  const index = fresh('index');
  writeCorpus(
    corpus,
    { ...SOURCES, ...CHANGES[1], '另.txt': SOURCES['丁市.txt']!.replace('潍坊', '青岛') },
    true,
  );
  await ingestInto(index, corpus);
  writeCorpus(corpus, ALL, true);
  rmSync(join(corpus, '另.txt'));
  await ingestInto(index, corpus);
  expect(await answersIn(index, queries)).toBe(reference);
});

test('a file that was changed and kept its date is still seen to be changed', async () => {
  const corpus = fresh('corpus');
  const index = fresh('index');
  writeCorpus(corpus, SOURCES, true);
  await ingestInto(index, corpus);
  const before = await answersIn(index, queries);
  writeCorpus(corpus, CHANGES[0]!);
  await ingestInto(index, corpus);
  expect(await answersIn(index, queries)).toBe(reference);
  expect(before).not.toBe(reference);
});

test.each(['1971-01-01T00:00:00Z', '2099-12-31T23:59:59Z'])(
  'files dated %s: the same but for that date',
  async (date) => {
    const corpus = fresh('corpus');
    const index = fresh('index');
    writeCorpus(corpus, ALL, true);
    for (const name of [...Object.keys(ALL), '乙县.pdf'])
      utimesSync(join(corpus, name), new Date(date), new Date(date));
    await ingestInto(index, corpus);
    const dated = new Date(date).toISOString();
    const found = await answersIn(index, queries);
    expect(found).toContain(dated);
    expect(found.replaceAll(dated, new Date('2024-03-02T01:00:00Z').toISOString())).toBe(reference);
  },
);

test.each(['1980-01-01T00:00:00Z', '2150-06-01T00:00:00Z'])(
  'a clock that says %s in the middle of it: the same',
  async (date) => {
    const corpus = fresh('corpus');
    const index = fresh('index');
    writeCorpus(corpus, SOURCES, true);
    await ingestInto(index, corpus);
    vi.useFakeTimers({ toFake: ['Date'], now: new Date(date) });
    try {
      writeCorpus(corpus, CHANGES[0]!);
      await ingestInto(index, corpus);
      expect(await answersIn(index, queries)).toBe(reference);
    } finally {
      vi.useRealTimers();
    }
    expect(await answersIn(index, queries)).toBe(reference);
  },
);

const short = (place: string, topic: string) =>
  `${place}教育发展规划\n${place}人民政府\n2021年5月6日\n一、主要任务\n（一）${topic}\n1.推进${topic}。到2025年全部完成。\n`;
const FIRST = short('山东省聊城市东阿县', '教师轮岗交流');
const SECOND = short('山东省潍坊市', '课后服务收费');
/** The same documents in several files: byte for byte, with other bytes, two in one file, one twice in one file. */
const COPIES: Readonly<Record<string, string>> = {
  'b.txt': FIRST,
  'a.txt': FIRST,
  'c.txt': FIRST,
  'd.txt': `${FIRST}\n\n`,
  'e.txt': FIRST + SECOND,
  'f.txt': SECOND,
  'g.txt': SECOND + SECOND,
  'h.txt': short('天津市武清区', '校车安全'),
};
const NAMES = Object.keys(COPIES);

const idsIn = (store: Store): string[][] => store.documents().map(({ id, file }) => [file, id]);

test('copies: the first by path has the plain id, the others what hangs on their own path', async () => {
  const corpus = fresh('corpus');
  writeCorpus(corpus, COPIES);
  const index = fresh('index');
  await ingestInto(index, corpus);
  const store = openToRead(index);
  const ids = idsIn(store);
  store.close();
  expect(new Set(ids.map(([, id]) => id)).size).toBe(ids.length);
  expect(ids.length).toBe(NAMES.length + 2);
  const idOf = (name: string) => ids.find(([file]) => file === name)![1]!;
  expect(idOf('a.txt')).not.toContain('~');
  for (const name of ['b.txt', 'c.txt', 'd.txt'])
    expect(idOf(name)).toMatch(new RegExp(`^${idOf('a.txt')}~[0-9a-f]{12}$`));
});

/** Some files come, go, or hold for a while what another one holds; all at once, or one handed over alone. */
const step = fc.record({
  present: fc.subarray(NAMES, { minLength: 1 }),
  exchanged: fc.array(fc.tuple(fc.constantFrom(...NAMES), fc.constantFrom(...NAMES)), { maxLength: 2 }),
  alone: fc.option(fc.constantFrom(...NAMES)),
});

test('copies, by any way to the same corpus: the same index', { timeout: 240_000 }, async () => {
  const final = fresh('corpus');
  writeCorpus(final, COPIES);
  const plain = createMemoryStore();
  await ingest({ corpus: final, store: plain, embedder });
  const asked = queries.slice(0, 2);
  const expected = await answersOf(plain, asked);
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 3 }), async (steps) => {
      const corpus = fresh('corpus');
      const store = createMemoryStore();
      for (const { present, exchanged, alone } of steps) {
        rmSync(corpus, { recursive: true, force: true });
        const files = Object.fromEntries(present.map((name) => [name, COPIES[name]!]));
        for (const [name, other] of exchanged) files[name] = COPIES[other]!;
        writeCorpus(corpus, files);
        const only = alone === null ? {} : { only: new Set([alone]) };
        await ingest({ corpus, store, embedder, ...only });
        expect(store.verify()).toEqual([]);
      }
      rmSync(corpus, { recursive: true, force: true });
      writeCorpus(corpus, COPIES);
      await ingest({ corpus, store, embedder });
      expect(idsIn(store)).toEqual(idsIn(plain));
      expect(await answersOf(store, asked)).toBe(expected);
      const { generation } = store.status();
      await ingest({ corpus, store, embedder });
      expect(store.status().generation).toBe(generation);
    }),
    { numRuns: 25 },
  );
});

test('copies handed over one by one, backwards: the same index on disk', async () => {
  const index = fresh('index');
  const corpus = fresh('corpus');
  for (const name of ['g.txt', 'e.txt', 'c.txt', 'a.txt']) {
    writeCorpus(corpus, { [name]: COPIES[name]! });
    await ingestInto(index, corpus);
  }
  const at = fresh('index');
  await ingestInto(at, corpus);
  expect(await answersIn(index, QUERIES)).toBe(await answersIn(at, QUERIES));
  const store = openToRead(index);
  expect(store.verify()).toEqual([]);
  store.close();
});
