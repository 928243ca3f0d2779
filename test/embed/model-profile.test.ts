import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readProfile, weightsFile } from '../../src/embed/model-profile.js';
import { temporaryFolder } from './temporary-folder.js';

async function folderWith(files: Record<string, unknown>): Promise<string> {
  const folder = await temporaryFolder();
  for (const [name, value] of Object.entries(files)) {
    await writeFile(join(folder, name), typeof value === 'string' ? value : JSON.stringify(value));
  }
  return folder;
}

const unwarned = (message: string): void => expect.unreachable(message);

describe('readProfile', () => {
  it('knows the bundled model', async () => {
    const profile = await readProfile(await folderWith({}), 'tiaowen/policy-encoder-small-zh', unwarned);
    expect(profile).toMatchObject({ dimension: 512, tokenDimension: 128, dtype: 'q8', maxTokens: 512 });
    expect(weightsFile(profile.dtype)).toBe('onnx/model_quantized.onnx');
  });

  it('knows that e5 prefixes passages too', async () => {
    const profile = await readProfile(await folderWith({}), 'Xenova/multilingual-e5-small', unwarned);
    expect(profile).toMatchObject({ pooling: 'mean', queryPrefix: 'query: ', passagePrefix: 'passage: ' });
  });

  it('takes an unknown model from its config.json, with a warning that names the profile file', async () => {
    const folder = await folderWith({
      'config.json': { hidden_size: 384, max_position_embeddings: 514, model_type: 'xlm-roberta' },
    });
    const warnings: string[] = [];
    const profile = await readProfile(folder, 'someone/encoder', (message) => warnings.push(message));
    expect(profile).toMatchObject({
      name: 'someone/encoder',
      dimension: 384,
      maxTokens: 512,
      pooling: 'cls',
      queryPrefix: '',
    });
    expect(warnings).toEqual([expect.stringContaining('tiaowen.json')]);
  });

  it('lets tiaowen.json override single fields, without a warning', async () => {
    const folder = await folderWith({
      'config.json': { hidden_size: 384, max_position_embeddings: 512 },
      'tiaowen.json': { pooling: 'mean', queryPrefix: '查询：', dtype: 'fp32' },
    });
    const profile = await readProfile(folder, 'encoder', unwarned);
    expect(profile).toMatchObject({ dimension: 384, pooling: 'mean', queryPrefix: '查询：', dtype: 'fp32' });
  });

  it.each([
    ['JSON that is broken', { 'tiaowen.json': '{' }, 'JSON'],
    ['JSON that is no object', { 'tiaowen.json': '[]' }, 'JSON'],
    ['an unknown field', { 'tiaowen.json': { dimension: 8, prefix: '' } }, 'prefix'],
    ['a wrong value', { 'tiaowen.json': { dimension: 8, pooling: 'max' } }, 'pooling'],
    [
      'token vectors without a length',
      { 'tiaowen.json': { dimension: 8, tokenOutput: 'tokens' } },
      'tokenDimension',
    ],
    ['a config.json without hidden_size', { 'config.json': {} }, 'dimension'],
  ])('refuses %s', async (_, files, named) => {
    await expect(
      readProfile(await folderWith(files), 'someone/encoder', () => undefined),
    ).rejects.toMatchObject({
      code: 'model-invalid',
      message: expect.stringContaining(named) as string,
    });
  });
});
