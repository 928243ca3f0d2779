import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { embedSayings, openSayingBank } from '../../src/search/saying-bank.js';
import { createFakeEmbedder } from '../embed/fake-embedder.js';
import { temporaryFolder } from '../embed/temporary-folder.js';

const SAYINGS = [
  { text: '三点半谁去接娃放学', topic: '课后服务' },
  { text: '楼上漏水没人来修', topic: '物业维修' },
];
const embedder = createFakeEmbedder(256);
const ask = async (question: string) => (await embedder.embedQuery(question)).sentence;

it('gives the nearest saying with its topic and cosine, and none that is far', async () => {
  const path = join(await temporaryFolder(), 'sayings.vectors');
  await embedSayings(SAYINGS, embedder, path);
  const bank = (await openSayingBank(SAYINGS, embedder, path))!;
  const near = bank.nearest(await ask('三点半谁去接娃'))!;
  expect(near).toMatchObject(SAYINGS[0]!);
  expect(near.cosine).toBeGreaterThan(0.6);
  expect(near.cosine).toBeLessThan(1);
  expect(bank.nearest(await ask('楼上漏水没人来修'))!.cosine).toBeCloseTo(1, 2);
  expect(bank.nearest(await ask('推进教师轮岗'))).toBeNull();
});

it('embeds what was added since, and forgets what was removed', async () => {
  const path = join(await temporaryFolder(), 'sayings.vectors');
  await embedSayings(SAYINGS, embedder, path);
  const added = { text: '校车老旧坐着心慌', topic: '校车安全' };
  const bank = (await openSayingBank([SAYINGS[0]!, added], embedder, path))!;
  expect(bank.nearest(await ask(added.text))).toMatchObject(added);
  expect(bank.nearest(await ask('楼上漏水没人来修'))).toBeNull();
});

it('a few sayings need no file; many of another model are not used rather than compared with foreign vectors', async () => {
  const path = join(await temporaryFolder(), 'sayings.vectors');
  expect(await openSayingBank([], embedder, path)).toBeNull();
  expect(
    (await openSayingBank(SAYINGS, embedder, path))!.nearest(await ask(SAYINGS[1]!.text)),
  ).not.toBeNull();
  const many = Array.from({ length: 300 }, (_, i) => ({ text: `第${i}种说法`, topic: '主题' }));
  await embedSayings(many, embedder, path);
  const other = { ...embedder, queryModel: 'another' };
  expect(await openSayingBank(many, embedder, path)).not.toBeNull();
  expect(await openSayingBank(many, other, path)).toBeNull();
  rmSync(path);
  expect(await openSayingBank(many, embedder, path)).toBeNull();
});
