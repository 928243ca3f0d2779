import { cp, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { env } from '@huggingface/transformers';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { locateModel } from '../../src/embed/model-source.js';
import { openTransformersEmbedder } from '../../src/embed/transformers-embedder.js';
import { PACKAGE_ROOT } from '../../src/config.js';
import { startMirror } from './model-mirror.js';
import { temporaryFolder } from './temporary-folder.js';

const MODELS = join(PACKAGE_ROOT, 'models');
const NAME = 'tiaowen/policy-encoder-small-zh';
const BUNDLED = join(MODELS, NAME);

/** Every request of the library goes through env.fetch. */
const fetched = vi.fn(env.fetch);
const original = env.fetch;
beforeEach(() => {
  fetched.mockClear();
  env.fetch = fetched;
});
afterEach(() => {
  env.fetch = original;
});

const notify = vi.fn();
beforeEach(() => void notify.mockClear());

describe('a model of this machine', () => {
  it('is found by name, without the network', async () => {
    const embedder = await openTransformersEmbedder({ model: NAME, modelsFolder: MODELS, notify });
    await embedder.embedQuery('集团化办学');
    await embedder.close();
    expect(fetched).not.toHaveBeenCalled();
    expect(notify).not.toHaveBeenCalled();
  });

  it('is never fetched when it is the bundled one and missing', async () => {
    const modelsFolder = await temporaryFolder();
    const { address, requests } = await startMirror(NAME, BUNDLED);
    await expect(
      openTransformersEmbedder({ model: NAME, modelsFolder, mirror: address, notify }),
    ).rejects.toMatchObject({
      code: 'model-missing',
      message: expect.stringContaining(modelsFolder) as string,
    });
    expect(requests).toEqual([]);
  });

  it('is reported when one of its files is missing or altered', async () => {
    const modelsFolder = await temporaryFolder();
    await cp(BUNDLED, join(modelsFolder, NAME), { recursive: true });
    const tokenizer = join(modelsFolder, NAME, 'tokenizer.json');
    await writeFile(tokenizer, '{}');
    const open = (): Promise<unknown> => openTransformersEmbedder({ model: NAME, modelsFolder, notify });
    await expect(open()).rejects.toMatchObject({
      code: 'model-altered',
      message: expect.stringContaining(tokenizer) as string,
    });
    await rm(tokenizer);
    await expect(open()).rejects.toMatchObject({
      code: 'model-missing',
      message: expect.stringContaining(tokenizer) as string,
    });
    expect(fetched).not.toHaveBeenCalled();
  });

  it('is found by the path of its folder, under the same name', async () => {
    expect(await locateModel({ model: BUNDLED, modelsFolder: '/nowhere', notify })).toEqual({
      name: NAME,
      folder: BUNDLED,
    });
    await expect(
      locateModel({ model: '/nowhere/model', modelsFolder: MODELS, notify }),
    ).rejects.toMatchObject({
      code: 'model-missing',
    });
  });

  it('needs a name that is one', async () => {
    for (const model of ['bge', 'Xenova/..', 'a/b/c', '']) {
      await expect(locateModel({ model, modelsFolder: MODELS, notify })).rejects.toMatchObject({
        code: 'model-invalid',
      });
    }
  });

  it('is refused when its weights are no network', async () => {
    const folder = join(await temporaryFolder(), 'broken');
    await cp(BUNDLED, folder, { recursive: true });
    await rm(join(folder, 'SHA256SUMS'));
    await writeFile(join(folder, 'onnx', 'model_quantized.onnx'), 'not a network');
    const embedder = await openTransformersEmbedder({ model: folder, modelsFolder: MODELS, notify });
    await expect(embedder.embedQuery('集团化办学')).rejects.toMatchObject({ code: 'model-invalid' });
    await embedder.close();
  });
});

describe('a model of the hub', () => {
  it('is fetched once from the mirror, into the cache folder, and checked from then on', async () => {
    const cacheFolder = await temporaryFolder();
    const mirror = await startMirror('test/encoder', BUNDLED);
    const options = {
      model: 'test/encoder',
      modelsFolder: MODELS,
      mirror: `${mirror.address}/`,
      cacheFolder,
      notify,
    };

    const first = await openTransformersEmbedder(options);
    const encoding = await first.embedQuery('集团化办学');
    await first.close();
    expect(encoding.sentence).toHaveLength(512);
    expect(first.identity).toMatchObject({ name: 'test/encoder', tokenDimension: null, queryPrefix: '' });
    expect(mirror.requests).toContain('/test/encoder/resolve/main/onnx/model_quantized.onnx');
    expect(notify.mock.calls.flat()).toEqual([
      expect.stringContaining('正在获取'),
      expect.stringContaining('没有已知的配置'),
    ]);
    expect(fetched.mock.calls.every(([url]) => String(url).startsWith(mirror.address))).toBe(true);

    await mirror.close();
    fetched.mockClear();
    const second = await openTransformersEmbedder(options);
    expect(await second.embedQuery('集团化办学')).toEqual(encoding);
    await second.close();
    expect(fetched).not.toHaveBeenCalled();
    expect(env.allowRemoteModels).toBe(false);

    await writeFile(join(cacheFolder, 'test/encoder/config.json'), '{}');
    await expect(openTransformersEmbedder(options)).rejects.toMatchObject({ code: 'model-altered' });
  });

  it('is reported with the address when it is not there, or only in part; a later attempt completes it', async () => {
    const cacheFolder = await temporaryFolder();
    const partial = await startMirror('test/encoder', BUNDLED, ['onnx/model_quantized.onnx']);
    const open = (mirror: string): ReturnType<typeof openTransformersEmbedder> =>
      openTransformersEmbedder({ model: 'test/encoder', modelsFolder: cacheFolder, mirror, notify });
    await expect(open(partial.address)).rejects.toMatchObject({
      code: 'model-missing',
      message: expect.stringContaining(partial.address) as string,
    });
    await partial.close();
    await expect(open(partial.address)).rejects.toMatchObject({ code: 'model-missing' });
    const whole = await startMirror('test/encoder', BUNDLED);
    await (await open(whole.address)).close();
  });

  it('takes its profile from tiaowen.json when the user puts one beside it', async () => {
    const folder = join(await temporaryFolder(), 'encoder');
    await mkdir(folder);
    for (const file of ['config.json', 'tokenizer.json', 'tokenizer_config.json', 'onnx']) {
      await cp(join(BUNDLED, file), join(folder, file), { recursive: true });
    }
    await writeFile(
      join(folder, 'tiaowen.json'),
      JSON.stringify({ tokenDimension: 128, tokenOutput: 'token_embeddings' }),
    );
    const embedder = await openTransformersEmbedder({ model: folder, modelsFolder: MODELS, notify });
    expect((await embedder.embedQuery('集团化')).tokens).toHaveLength(3 * 128);
    await embedder.close();
    await writeFile(join(folder, 'tiaowen.json'), JSON.stringify({ dimension: 768 }));
    const wrong = await openTransformersEmbedder({ model: folder, modelsFolder: MODELS, notify });
    await expect(wrong.embedQuery('集团化')).rejects.toMatchObject({ code: 'model-invalid' });
    await wrong.close();
  });
});
