/** Same corpus, same answers: byte for byte, whatever the order, the steps, the detours and the dates by which it came into the index. */
import { mkdtempSync, rmSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { answersIn, CHANGES, ingestInto, QUERIES, SOURCES, writeCorpus } from './small-index.js';

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
