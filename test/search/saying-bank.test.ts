import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { embedSayings, openSayingBank } from '../../src/search/saying-bank.js';
import { createFakeEmbedder } from '../embed/fake-embedder.js';
import { temporaryFolder } from '../embed/temporary-folder.js';

const SAYINGS = [
  { text: '三点半谁去接娃放学', topic: '课后服务', meaning: '课后服务' },
  { text: '楼上漏水没人来修', topic: '物业维修', meaning: '物业维修' },
];
const embedder = createFakeEmbedder(256);
const ask = async (question: string) => (await embedder.embedQuery(question)).sentence;

it('gives the nearest saying with its topic and cosine, and none that is far', async () => {
  const path = join(await temporaryFolder(), 'sayings.vectors');
  await embedSayings(SAYINGS, embedder, path);
  const bank = (await openSayingBank(SAYINGS, embedder, path))!;
  const [near, ...others] = bank.nearest(await ask('三点半谁去接娃'));
  expect(others).toEqual([]);
  expect(near).toMatchObject(SAYINGS[0]!);
  expect(near!.cosine).toBeGreaterThan(0.6);
  expect(near!.cosine).toBeLessThan(1);
  expect(bank.nearest(await ask('楼上漏水没人来修'))[0]!.cosine).toBeCloseTo(1, 2);
  expect(bank.nearest(await ask('推进教师轮岗'))).toEqual([]);
});

it('gives one saying a topic, the nearest first, of four topics at most', async () => {
  const text = (tail: string) => `三点半谁去接娃放学呢${tail}`;
  const alike = [
    { text: text('急死人了真是'), topic: '戊', meaning: '戊' },
    { text: text('急死人了'), topic: '丁', meaning: '丁' },
    { text: text('啊'), topic: '甲', meaning: '甲' },
    { text: text('啊啊'), topic: '甲', meaning: '甲' },
    { text: text('愁啊'), topic: '乙', meaning: '乙' },
    { text: text('愁人啊'), topic: '丙', meaning: '丙' },
  ];
  const path = join(await temporaryFolder(), 'sayings.vectors');
  const bank = (await openSayingBank(alike, embedder, path))!;
  const near = bank.nearest(await ask(text('啊')));
  expect(near.map(({ topic }) => topic)).toEqual(['甲', '乙', '丙', '丁']);
  const cosines = near.map(({ cosine }) => cosine);
  expect(cosines).toEqual(cosines.toSorted((a, b) => b - a));
});

it('embeds what was added since, and forgets what was removed', async () => {
  const path = join(await temporaryFolder(), 'sayings.vectors');
  await embedSayings(SAYINGS, embedder, path);
  const added = { text: '校车老旧坐着心慌', topic: '校车安全', meaning: '校车安全' };
  const bank = (await openSayingBank([SAYINGS[0]!, added], embedder, path))!;
  expect(bank.nearest(await ask(added.text))).toMatchObject([added]);
  expect(bank.nearest(await ask('楼上漏水没人来修'))).toEqual([]);
});

it('a few sayings need no file; many of another model are not used rather than compared with foreign vectors', async () => {
  const path = join(await temporaryFolder(), 'sayings.vectors');
  expect(await openSayingBank([], embedder, path)).toBeNull();
  expect((await openSayingBank(SAYINGS, embedder, path))!.nearest(await ask(SAYINGS[1]!.text))).toHaveLength(
    1,
  );
  const many = Array.from({ length: 300 }, (_, i) => ({
    text: `第${i}种说法`,
    topic: '主题',
    meaning: '主题',
  }));
  await embedSayings(many, embedder, path);
  const other = { ...embedder, queryModel: 'another' };
  expect(await openSayingBank(many, embedder, path)).not.toBeNull();
  expect(await openSayingBank(many, other, path)).toBeNull();
  rmSync(path);
  expect(await openSayingBank(many, embedder, path)).toBeNull();
});
