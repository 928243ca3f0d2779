import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ingest } from '../src/ingest.js';
import type { IngestProgress } from '../src/ingest-report.js';
import { createMemoryStore } from '../src/store/memory.js';
import { createFakeEmbedder } from './embed/fake-embedder.js';

const PLAN = (place: string, topic: string) =>
  `${place}教育发展规划\n${place}人民政府\n2023年5月6日\n一、主要任务\n（一）${topic}\n1.推进${topic}。到2025年全部完成。\n2.加强${topic}的保障。\n`;

let corpus: string;
const embedder = createFakeEmbedder();
beforeEach(async () => {
  corpus = await mkdtemp(join(tmpdir(), 'tiaowen-corpus-'));
});
afterEach(() => rm(corpus, { recursive: true }));

const put = (name: string, content: string | Uint8Array) => writeFile(join(corpus, name), content);
const states = (report: Awaited<ReturnType<typeof ingest>>) =>
  Object.fromEntries(report.files.map(({ path, state }) => [path, state]));

describe('ingest', () => {
  it('adds, skips what is unchanged, updates and removes', async () => {
    const store = createMemoryStore();
    await put('a.txt', PLAN('甲县', '教师交流'));
    await put('b.txt', PLAN('乙县', '课后服务'));
    expect(states(await ingest({ corpus, store, embedder }))).toEqual({ 'a.txt': 'added', 'b.txt': 'added' });
    const { generation } = store.status();

    expect(states(await ingest({ corpus, store, embedder }))).toEqual({
      'a.txt': 'unchanged',
      'b.txt': 'unchanged',
    });
    expect(store.status().generation).toBe(generation);

    await put('a.txt', PLAN('甲县', '教师培训'));
    await rm(join(corpus, 'b.txt'));
    expect(states(await ingest({ corpus, store, embedder }))).toEqual({
      'a.txt': 'updated',
      'b.txt': 'removed',
    });
    expect(store.documents().map(({ file }) => file)).toEqual(['a.txt']);
    expect(store.document(store.documents()[0]!.id)!.text).toContain('教师培训');
  });

  it('tries a file again that an earlier version could not read, and takes up a sidecar that was written later', async () => {
    const store = createMemoryStore();
    const text = PLAN('甲县', '教师交流');
    await put('a.txt', text);
    await ingest({ corpus, store, embedder });
    const { path, sha256, bytes, retrieved } = store.files()[0]!;
    const failed = (code: string, message: string) =>
      store.putFile(
        {
          file: {
            ...{ path, sha256, bytes, retrieved, encoding: null, url: null, noise: [] },
            mediaType: 'application/octet-stream',
            state: 'unreadable',
            diagnostics: [{ code, severity: 'error', message, span: null }],
          },
          original: null,
          source: '',
          places: [],
        },
        [],
        embedder.identity,
      );
    failed('parser-failed', '旧版的错误');
    await store.publish();
    expect(store.documents()).toEqual([]);
    expect(states(await ingest({ corpus, store, embedder }))).toEqual({ 'a.txt': 'updated' });
    expect(store.documents()).toHaveLength(1);

    const sidecar = {
      ...{ url: 'https://www.example.gov.cn/1', finalUrl: 'https://www.example.gov.cn/a.html', status: 200 },
      ...{ retrieved: '2024-05-06T07:08:09.000Z', contentType: null, etag: null, lastModified: null, sha256 },
    };
    await put('a.txt.meta.json', JSON.stringify(sidecar));
    expect(states(await ingest({ corpus, store, embedder }))).toEqual({ 'a.txt': 'updated' });
    expect(store.files()[0]).toMatchObject({
      url: sidecar.finalUrl,
      retrieved: { at: sidecar.retrieved, from: sidecar.finalUrl },
    });
    const { generation } = store.status();
    expect(states(await ingest({ corpus, store, embedder }))).toEqual({ 'a.txt': 'unchanged' });
    await rm(join(corpus, 'a.txt.meta.json'));
    expect(states(await ingest({ corpus, store, embedder }))).toEqual({ 'a.txt': 'updated' });
    expect(store.files()[0]).toMatchObject({ url: null, retrieved: { from: null } });
    expect(store.status().generation).toBeGreaterThan(generation);
  });

  it('keeps a file that cannot be read in the list and goes on', async () => {
    const store = createMemoryStore();
    await put('a.txt', PLAN('甲县', '教师交流'));
    await put('broken.txt', new Uint8Array([0xff, 0xfe, 0xfd, 0x80, 0x81]));
    await put('empty.txt', '');
    await put('scan.xyz', 'whatever');
    const report = await ingest({ corpus, store, embedder });
    expect(states(report)).toEqual({
      'a.txt': 'added',
      'broken.txt': 'unreadable',
      'empty.txt': 'unreadable',
      'scan.xyz': 'unreadable',
    });
    for (const { state, diagnostics } of report.files)
      expect(diagnostics.length > 0).toBe(state === 'unreadable');
    expect(store.status()).toMatchObject({ files: 4, unreadable: 3, documents: 1 });
    // Bytes that could not be read are not tried again, but stay reported.
    expect(states(await ingest({ corpus, store, embedder }))['broken.txt']).toBe('unreadable');
  });

  it('leaves the index alone when the corpus is missing or empty', async () => {
    const store = createMemoryStore();
    await put('a.txt', PLAN('甲县', '教师交流'));
    await ingest({ corpus, store, embedder });
    await rm(join(corpus, 'a.txt'));
    await put('README.md', 'not a source');
    await expect(ingest({ corpus, store, embedder })).rejects.toMatchObject({ code: 'corpus-empty' });
    await expect(ingest({ corpus: join(corpus, 'nowhere'), store, embedder })).rejects.toMatchObject({
      code: 'corpus-missing',
    });
    expect(store.documents()).toHaveLength(1);
  });

  it('takes the same document twice, under ids that differ and do not depend on the order of ingests', async () => {
    const store = createMemoryStore();
    await mkdir(join(corpus, 'copy'));
    await put('a.txt', PLAN('甲县', '教师交流'));
    await put('copy/a.txt', PLAN('甲县', '教师交流'));
    await ingest({ corpus, store, embedder });
    const entries = store.documents();
    expect(entries).toHaveLength(2);
    expect(new Set(entries.map(({ id }) => id)).size).toBe(2);
    const [, second] = entries;
    const document = store.document(second!.id)!;
    for (const clause of document.clauses) expect(clause.id.startsWith(`${second!.id}#`)).toBe(true);
  });

  it('has a clause, a vector and terms for every clause', async () => {
    const store = createMemoryStore();
    await put('a.txt', PLAN('甲县', '教师交流'));
    await ingest({ corpus, store, embedder });
    expect(store.verify()).toEqual([]);
    const [entry] = store.documents();
    expect(entry!.clauses).toBe(2);
    expect(store.lexical('words', ['教师']).size).toBe(2);
    expect(store.lexical('bigrams', ['师交']).size).toBe(2);
    const { sentence } = store.scan((await embedder.embedQuery('推进教师交流')).sentence);
    expect(sentence.every((cosine) => cosine > 0)).toBe(true);
  });

  it('splits what the model cannot take whole', async () => {
    const store = createMemoryStore();
    const long = '推进教师交流轮岗工作并加强保障落实责任'.repeat(120);
    await put('a.txt', PLAN('甲县', '教师交流').replace('到2025年全部完成', long));
    await ingest({ corpus, store, embedder });
    const clause = store.clauseByKey(store.documents()[0]!.firstClause);
    expect(clause.text).toContain(long);
  });

  it('reports progress that ends with everything done, and stops when aborted', async () => {
    const store = createMemoryStore();
    await put('a.txt', PLAN('甲县', '教师交流'));
    await put('b.txt', PLAN('乙县', '课后服务'));
    const seen: IngestProgress[] = [];
    await ingest({ corpus, store, embedder, onProgress: (progress) => seen.push(progress) });
    expect(seen.at(-1)).toMatchObject({ phase: 'publish', filesDone: 2, filesTotal: 2 });
    expect(seen.at(-1)!.passagesDone).toBe(seen.at(-1)!.passagesTotal);

    const aborted = createMemoryStore();
    await expect(ingest({ corpus, store: aborted, embedder, signal: AbortSignal.abort() })).rejects.toThrow();
    expect(aborted.documents()).toEqual([]);
  });

  describe('embeds nothing twice', () => {
    /** An embedder that notes what it was asked. */
    const counting = () => {
      const asked: string[] = [];
      return {
        ...embedder,
        asked,
        embedPassages: (...[texts, given]: Parameters<typeof embedder.embedPassages>) => {
          asked.push(...texts);
          return embedder.embedPassages(texts, given);
        },
      };
    };

    it('of a changed file only what changed, of a moved file nothing', async () => {
      const store = createMemoryStore();
      await put('a.txt', PLAN('甲县', '教师交流'));
      await put('b.txt', PLAN('乙县', '课后服务'));
      await ingest({ corpus, store, embedder });
      const whole = store.documents().map(({ id }) => store.document(id)!.text);

      await put('a.txt', `${PLAN('甲县', '教师交流')}3.新增的一项工作。\n`);
      const changed = counting();
      await ingest({ corpus, store, embedder: changed });
      expect(changed.asked).toEqual(['3.新增的一项工作。']);

      await mkdir(join(corpus, '移来'));
      await rename(join(corpus, 'b.txt'), join(corpus, '移来/b.txt'));
      const moved = counting();
      const report = await ingest({ corpus, store, embedder: moved });
      expect(states(report)).toEqual({ 'a.txt': 'unchanged', 'b.txt': 'removed', '移来/b.txt': 'added' });
      expect(moved.asked).toEqual([]);
      expect(store.documents().map(({ id }) => store.document(id)!.text)).toContain(whole[1]);
      expect(store.verify()).toEqual([]);
    });

    it('a text that stands in many files once', async () => {
      const store = createMemoryStore();
      for (const place of ['甲县', '乙县', '丙县']) await put(`${place}.txt`, PLAN(place, '教师交流'));
      const once = counting();
      await ingest({ corpus, store, embedder: once });
      expect(new Set(once.asked).size).toBe(once.asked.length);
      expect(store.status().passages).toBe(3 * once.asked.length);
    });

    it('what was published before an abort, and each file is there whole or not at all', async () => {
      const store = createMemoryStore();
      const items = Array.from({ length: 400 }, (_, i) => `第${i}项工作由各单位落实。到期验收。`);
      for (let file = 0; file < 24; file++) {
        const text = items.map((item, i) => `${i + 1}.${file}号文件${item}`).join('\n');
        await put(`${file}.txt`, `${PLAN('甲县', `第${file}类`)}（二）其他\n${text}\n`);
      }
      const stop = new AbortController();
      const first = ingest({
        corpus,
        store,
        embedder,
        signal: stop.signal,
        onPublished: () => stop.abort(new Error('enough')),
      });
      await expect(first).rejects.toThrow('enough');
      const held = store.files().map(({ path }) => path);
      expect(held.length).toBeGreaterThan(0);
      expect(held.length).toBeLessThan(24);

      const report = await ingest({ corpus, store, embedder });
      const now = states(report);
      for (const path of held) expect(now[path]).toBe('unchanged');
      const atOnce = createMemoryStore();
      await ingest({ corpus, store: atOnce, embedder });
      const all = (one: typeof store) => one.documents().map((entry) => [entry, store.document(entry.id)]);
      expect(all(store)).toEqual(all(atOnce));
    }, 240_000);
  });
});
