/** The cross-encoder on its thread: what it says of a pair, whatever stands beside it, and what it says when it can't. */
import { cp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import type { Reranker } from '../../src/embed/reranker.js';
import { openTransformersReranker } from '../../src/embed/transformers-reranker.js';
import { startMirror } from './model-mirror.js';
import { temporaryFolder } from './temporary-folder.js';
import { writeTinyEncoder, writeTinyReranker } from './tiny-models.js';

const CHARACTERS = '推进教师轮岗交流校车食堂安全';
const PASSAGES = ['推进校车安全。', '推进教师轮岗交流。', '食堂。', '开会', '教师'];

const notify = vi.fn();
beforeEach(() => void notify.mockClear());

async function tiny(name: string, maxTokens?: number): Promise<string> {
  const folder = join(await temporaryFolder(), name);
  await writeTinyReranker(folder, {
    characters: CHARACTERS,
    ...(maxTokens !== undefined && { maxTokens }),
  });
  return folder;
}

async function open(model: string, options: { modelsFolder?: string; mirror?: string } = {}) {
  const reranker = await openTransformersReranker({ model, modelsFolder: '/nowhere', notify, ...options });
  onTestFinished(() => reranker.close());
  return reranker;
}

const sigmoid = (logit: number): number => 1 / (1 + Math.exp(-logit));
const WAY_OUT = expect.stringContaining('去掉 --reranker') as string;

describe('openTransformersReranker', () => {
  it('reads query and passage together: each in its segment, one number a pair', async () => {
    const reranker = await open(await tiny('reranker'));
    expect(reranker.identity.name).toBe('reranker');
    expect(reranker.identity.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(reranker.maxTokens).toBe(512);
    expect(reranker.countTokens('教师', '轮岗。')).toBe(2 + 3 + 3);
    const scores = await reranker.rerank('教师轮岗', PASSAGES);
    expect(scores).toEqual([0, 4, 0, 0, 2].map(sigmoid));
    expect(await reranker.rerank('教师轮岗', [])).toEqual([]);
    expect(notify).not.toHaveBeenCalled();

    // The same whatever the company and order, on several questions at once.
    const many = Array.from({ length: 7 }, () => PASSAGES).flat();
    const [first, second, alone] = await Promise.all([
      reranker.rerank('校车安全', many),
      reranker.rerank('教师轮岗', [...many].reverse()),
      reranker.rerank('校车安全', [PASSAGES[0]!]),
    ]);
    expect(first).toEqual(many.map((_, i) => first[i % PASSAGES.length]));
    expect(second.reverse()).toEqual(await reranker.rerank('教师轮岗', many));
    expect(alone[0]).toBe(first[0]);
  }, 60_000);

  it('refuses a pair over the limit with both numbers, and never cuts it', async () => {
    const reranker = await open(await tiny('reranker', 20));
    expect(reranker.maxTokens).toBe(20);
    await expect(reranker.rerank('教师', ['短', '教'.repeat(16)])).rejects.toMatchObject({
      code: 'passage-too-long',
      message: expect.stringMatching(/21.*20/) as string,
    });
    expect(await reranker.rerank('教师', ['教'.repeat(15)])).toEqual([sigmoid(15)]);
  }, 60_000);

  it('takes its limit from tiaowen.json, and refuses what that cannot state', async () => {
    const folder = await tiny('reranker');
    await writeFile(join(folder, 'tiaowen.json'), JSON.stringify({ name: 'test/mine', maxTokens: 64 }));
    const reranker = await open(folder);
    expect(reranker.maxTokens).toBe(64);
    expect(reranker.identity.name).toBe('test/mine');
    await writeFile(join(folder, 'tiaowen.json'), JSON.stringify({ pooling: 'cls' }));
    await expect(open(folder)).rejects.toMatchObject({
      code: 'model-invalid',
      message: expect.stringContaining('pooling') as string,
    });
  }, 60_000);

  it('is fetched once from the mirror and then needs none', async () => {
    const modelsFolder = await temporaryFolder();
    const mirror = await startMirror('test/reranker', await tiny('reranker'));
    const options = { modelsFolder, mirror: mirror.address };
    const first = await open('test/reranker', options);
    const scores = await first.rerank('教师轮岗', PASSAGES);
    expect(mirror.requests).toContain('/test/reranker/resolve/main/onnx/model_quantized.onnx');
    expect(notify.mock.calls.flat()).toEqual([expect.stringContaining('正在获取')]);
    await mirror.close();
    const second = await open('test/reranker', options);
    expect(second.identity).toEqual(first.identity);
    expect(await second.rerank('教师轮岗', PASSAGES)).toEqual(scores);
    await writeFile(join(modelsFolder, 'test/reranker/config.json'), '{}');
    await expect(open('test/reranker', options)).rejects.toMatchObject({
      code: 'model-altered',
      message: WAY_OUT,
    });
  }, 60_000);
});

describe('a reranker that cannot be had', () => {
  it('is named with its place and the way to do without, when it is missing', async () => {
    await expect(open('/nowhere/reranker')).rejects.toMatchObject({
      code: 'model-missing',
      message: expect.stringMatching(
        /^重排模型不可用：模型目录 \/nowhere\/reranker .*TIAOWEN_RERANKER/,
      ) as string,
    });
    const mirror = await startMirror('test/other', '/nowhere');
    await expect(
      open('test/reranker', { modelsFolder: await temporaryFolder(), mirror: mirror.address }),
    ).rejects.toMatchObject({
      code: 'model-missing',
      message: expect.stringContaining(mirror.address) as string,
    });
  });

  const refusing = (reranker: Reranker) => expect(reranker.rerank('教师', ['轮岗'])).rejects;

  it('when it is an embedding model', async () => {
    const folder = join(await temporaryFolder(), 'encoder');
    await writeTinyEncoder(folder, { characters: CHARACTERS });
    await refusing(await open(folder)).toMatchObject({ code: 'model-invalid', message: WAY_OUT });
  }, 60_000);

  it('when its weights are no network', async () => {
    const folder = join(await temporaryFolder(), 'broken');
    await cp(await tiny('reranker'), folder, { recursive: true });
    await writeFile(join(folder, 'onnx/model_quantized.onnx'), 'not a network');
    await refusing(await open(folder)).toMatchObject({
      code: 'model-invalid',
      message: expect.stringContaining('交叉编码重排模型') as string,
    });
  }, 60_000);

  it('when it is closed, before or while it reads', async () => {
    const early = await open(await tiny('reranker'));
    await early.close();
    await refusing(early).toThrow('closed');
    const reranker = await open(await tiny('reranker'));
    const failed = refusing(reranker).toThrow('closed');
    await reranker.close();
    await failed;
  }, 60_000);
});
