/** Files that are handed over: into the corpus folder under a safe name, whole, over nothing; then into the index, one at a time. */
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readConfig } from '../src/config.js';
import { ingest } from '../src/ingest.js';
import { createIntake, type Intake } from '../src/intake.js';
import { openIntake } from '../src/open.js';
import { createMemoryStore } from '../src/store/memory.js';
import { openEmbeddedStore } from '../src/store/embedded/embedded-store.js';
import type { Store } from '../src/store/store.js';
import { createFakeEmbedder } from './embed/fake-embedder.js';
import { rawPdf, linesAt } from './extract/pdf/raw-pdf.js';

const PLAN = (place: string) =>
  Buffer.from(
    `${place}教育发展规划\n${place}人民政府\n2023年5月6日\n一、主要任务\n1.推进教师交流。\n2.加强保障。\n`,
  );
const embedder = createFakeEmbedder();

let corpus: string;
let store: Store;
let intake: Intake;
/** Of the ingests that run: how many at the most at one time. */
let most = 0;

beforeEach(async () => {
  corpus = await mkdtemp(join(tmpdir(), 'tiaowen-intake-'));
  store = createMemoryStore();
  most = 0;
  let running = 0;
  intake = createIntake(corpus, async (save, signal) => {
    most = Math.max(most, ++running);
    try {
      return await ingest({ corpus, store, embedder, signal, only: new Set([await save()]) });
    } finally {
      running--;
    }
  });
});
afterEach(async () => {
  await intake.close();
  await rm(corpus, { recursive: true });
});

const held = () => store.documents().map(({ file }) => file);

it('saves the bytes and takes the file in', async () => {
  expect(await intake.add('甲县规划.txt', PLAN('甲县'))).toEqual({ outcome: 'added', path: '甲县规划.txt' });
  expect(await readFile(join(corpus, '甲县规划.txt'))).toEqual(PLAN('甲县'));
  expect(held()).toEqual(['甲县规划.txt']);
  expect(await readdir(corpus)).toEqual(['甲县规划.txt']);
});

it('takes bytes that are there for held, under whatever name they come', async () => {
  await mkdir(join(corpus, '旧'));
  await writeFile(join(corpus, '旧/规划.txt'), PLAN('甲县'));
  // Put there by hand and not ingested yet: it is now.
  expect(await intake.add('另一个.txt', PLAN('甲县'))).toEqual({
    outcome: 'same-bytes',
    path: '旧/规划.txt',
  });
  expect(await readdir(corpus)).toEqual(['旧']);
  expect(held()).toEqual(['旧/规划.txt']);
});

it('never overwrites: another file of the same name gets a number', async () => {
  await writeFile(join(corpus, '规划.txt'), PLAN('甲县'));
  expect((await intake.add('规划.TXT', PLAN('乙县'))).path).toBe('规划-2.txt');
  expect((await intake.add('规划.txt', PLAN('丙县'))).path).toBe('规划-3.txt');
  expect(await readFile(join(corpus, '规划.txt'))).toEqual(PLAN('甲县'));
});

it('leaves the rest of the corpus and of the index alone', async () => {
  await writeFile(join(corpus, 'a.txt'), PLAN('甲县'));
  await ingest({ corpus, store, embedder });
  await writeFile(join(corpus, 'b.txt'), PLAN('乙县'));
  await rm(join(corpus, 'a.txt'));
  await intake.add('c.txt', PLAN('丙县'));
  expect(held()).toEqual(['a.txt', 'c.txt']);
});

describe('names', () => {
  it.each([
    ['../../x/甲.txt', '甲.txt'],
    ['C:\\Users\\我\\甲.txt', '甲.txt'],
    ['..', '上传文件.txt'],
    ['.隐藏.txt', '隐藏.txt'],
    ['~$锁.txt', '锁.txt'],
    ['a:b*c?.txt', 'a-b-c.txt'],
    ['manifest.json', null],
    ['README.txt', '_README.txt'],
    ['con.txt', '_con.txt'],
    ['\u202e甲\u0000乙.txt', '甲-乙.txt'],
    ['没有扩展名', '没有扩展名.txt'],
    [`${'长'.repeat(300)}.txt`, `${'长'.repeat(60)}.txt`],
  ])('%j → %j', async (name, expected) => {
    const adding = intake.add(name, PLAN('甲县'));
    if (expected === null) await expect(adding).rejects.toMatchObject({ code: 'file-unreadable' });
    else expect((await adding).path).toBe(expected);
    expect(await readdir(corpus)).toEqual(expected === null ? [] : [expected]);
  });
});

describe('what cannot be read', () => {
  it.each<[string, Uint8Array, string]>([
    ['空.txt', Buffer.alloc(0), 'file-empty'],
    ['程序.exe', Buffer.from('MZ\0\0'), 'format-unsupported'],
    ['坏.docx', Buffer.from('PK\u0003\u0004 not a zip'), 'archive-broken'],
    ['断.pdf', rawPdf([{ text: linesAt(['第一条　学校应当提供服务。']) }]).subarray(0, 200), 'pdf-damaged'],
    ['乱.txt', Buffer.from([0xff, 0xfe, 0xfd, 0x80, 0x81]), ''],
  ])('%s is refused with its reason, and nothing is kept', async (name, bytes, code) => {
    await expect(intake.add(name, bytes)).rejects.toMatchObject({
      code: 'file-unreadable',
      message: expect.stringContaining(code),
    });
    expect(await readdir(corpus)).toEqual([]);
    expect(store.files()).toEqual([]);
    // And the next is taken.
    expect((await intake.add('好.txt', PLAN('甲县'))).outcome).toBe('added');
  });
});

describe('at one time', () => {
  it('runs one ingest, in the order in which they came', async () => {
    const places = ['甲县', '乙县', '丙县', '丁县', '戊县'];
    const kept = await Promise.all(places.map((place) => intake.add('规划.txt', PLAN(place))));
    expect(most).toBe(1);
    expect(kept.map(({ path }) => path)).toEqual(['规划.txt', ...[2, 3, 4, 5].map((n) => `规划-${n}.txt`)]);
    expect(held()).toHaveLength(5);
  });

  it('lets eight wait', async () => {
    const outcomes = await Promise.allSettled(
      Array.from({ length: 10 }, (_, i) => intake.add('规划.txt', PLAN(`第${i}县`))),
    );
    const codes = outcomes.map((one) =>
      one.status === 'fulfilled' ? 'added' : (one.reason as { code: string }).code,
    );
    expect(codes).toEqual([...Array<string>(8).fill('added'), 'overloaded', 'overloaded']);
    expect((await intake.add('规划.txt', PLAN('后来的县'))).outcome).toBe('added');
  });

  it('ends what waits when it is closed', async () => {
    const waiting = [1, 2, 3].map((i) => intake.add(`${i}.txt`, PLAN(`第${i}县`)));
    const outcomes = Promise.allSettled(waiting);
    await intake.close();
    expect((await outcomes).map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    await expect(intake.add('4.txt', PLAN('丁县'))).rejects.toMatchObject({ code: 'overloaded' });
  });
});

it('saves nothing while another process holds the lock', async () => {
  const index = await mkdtemp(join(tmpdir(), 'tiaowen-intake-index-'));
  const writer = openEmbeddedStore(index, { mode: 'write' });
  const real = openIntake(readConfig({ corpus, index }, {}));
  await expect(real.add('甲.txt', PLAN('甲县'))).rejects.toMatchObject({
    code: 'index-locked',
    retryAfter: 30,
  });
  expect(await readdir(corpus)).toEqual([]);
  writer.close();
  await real.close();
  await rm(index, { recursive: true });
});
