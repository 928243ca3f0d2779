/** An ingest killed at any moment: the index is whole, a reader goes on, and nothing that was embedded is embedded again. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { isOfDerived } from '../contract/derived-findings.js';
import { ingest } from '../../src/ingest.js';
import { createMemoryStore } from '../../src/store/memory.js';
import { createFakeEmbedder } from '../embed/fake-embedder.js';
import { failure, makeFolders, read, write } from '../store/index-folder.js';
import { makeRandom } from '../contract/make-document.js';

/** TIAOWEN_TEST_KILLS: how many; more of them look harder. */
const KILLS = Number(process.env['TIAOWEN_TEST_KILLS'] ?? 4);
const FILES = 12;

const folders = makeFolders();
let corpus: string;
beforeEach(() => {
  corpus = mkdtempSync(join(tmpdir(), 'tiaowen-corpus-'));
  for (let file = 0; file < FILES; file++) {
    const items = Array.from({ length: 40 }, (_, i) => `${i + 1}.第${file}类第${i}项工作由各单位落实。`);
    writeFileSync(
      join(corpus, `${file}.txt`),
      `第${file}类教育发展规划\n甲县人民政府\n2023年5月6日\n一、主要任务\n（一）任务\n${items.join('\n')}\n`,
    );
  }
});
afterEach(() => {
  folders.clean();
  rmSync(corpus, { recursive: true });
});

const script = join(import.meta.dirname, 'ingest-forever.ts');
const start = (index: string, log: string) =>
  spawn(process.execPath, ['--import', 'tsx', script, corpus, index, log], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });

test(`${KILLS} kills of an ingest, then it is finished`, { timeout: 60_000 + KILLS * 10_000 }, async () => {
  const index = folders.make();
  const log = join(folders.make(), 'log');
  writeFileSync(log, '');
  const random = makeRandom(Date.now());
  for (let kill = 0; kill < KILLS; kill++) {
    const child = start(index, log);
    const ended = once(child, 'exit');
    await Promise.race([once(child.stdout, 'data'), ended]);
    await new Promise((resolve) => setTimeout(resolve, random() * 300));
    child.kill('SIGKILL');
    await ended;
    const store = write(index);
    expect([0, FILES]).toContain(store.documents().length);
    expect(store.verify().filter(({ code }) => !isOfDerived(code))).toEqual([]);
    store.close();
  }
  const last = start(index, log);
  const [code] = (await once(last, 'exit')) as [number];
  expect(code).toBe(0);

  const texts = readFileSync(log, 'utf8').split('\n').slice(0, -1);
  expect(new Set(texts).size).toBe(texts.length);
  const reference = createMemoryStore();
  await ingest({ corpus, store: reference, embedder: createFakeEmbedder(16, 8) });
  const store = read(index);
  expect(store.verify()).toEqual([]);
  expect(store.documents()).toEqual(reference.documents());
  for (const { id, key } of store.documents()) {
    expect(store.document(id)).toEqual(reference.document(id));
    expect(store.encoded(key)).toEqual(reference.encoded(key));
  }
  store.close();
});

test('a reader stays on its generation while another process ingests, then sees the new one; a second writer is refused', async () => {
  const index = folders.make();
  const first = write(index);
  await ingest({ corpus, store: first, embedder: createFakeEmbedder(16, 8) });
  first.close();
  const reader = read(index);
  writeFileSync(
    join(corpus, '新.txt'),
    '新的工作规划\n乙县人民政府\n2024年1月2日\n一、任务\n1.新增一项工作。\n',
  );
  const child = start(index, join(folders.make(), 'log'));
  const ended = once(child, 'exit');
  await once(child.stdout, 'data');
  expect(failure(() => write(index)).code).toBe('index-locked');
  reader.refresh();
  expect(reader.documents().length).toBeGreaterThanOrEqual(FILES);
  expect((await ended)[0]).toBe(0);
  expect(reader.refresh()).toBe(true);
  expect(reader.documents()).toHaveLength(FILES + 1);
  reader.close();
}, 60_000);

test('the order in which files came does not show in any answer', async () => {
  const embedder = createFakeEmbedder(16, 8);
  const query = (await embedder.embedQuery('第3类第7项工作')).sentence;
  const answers = async (folder: string) => {
    const store = read(folder);
    const answer = {
      documents: store.documents(),
      found: store.nearest(query, 50),
      scan: store.scan(query),
      words: [...store.lexical('words', ['落实', '工作'])],
      bigrams: [...store.lexical('bigrams', ['落实', '项工'])],
    };
    store.close();
    return answer;
  };
  const together = folders.make();
  const whole = write(together);
  await ingest({ corpus, store: whole, embedder });
  whole.close();

  const apart = folders.make();
  const held = Array.from(
    { length: FILES },
    (_, i) => [`${i}.txt`, readFileSync(join(corpus, `${i}.txt`))] as const,
  );
  for (const [name] of held) rmSync(join(corpus, name));
  for (const [name, bytes] of [...held].reverse()) {
    writeFileSync(join(corpus, name), bytes);
    const store = write(apart);
    await ingest({ corpus, store, embedder });
    store.close();
  }
  expect(await answers(apart)).toEqual(await answers(together));
}, 60_000);
