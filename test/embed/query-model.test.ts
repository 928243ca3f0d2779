/** A network of its own for queries: it writes what is asked, the other one what is searched. */
import { copyFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openTransformersEmbedder } from '../../src/embed/transformers-embedder.js';
import { temporaryFolder } from './temporary-folder.js';
import { writeTinyEncoder } from './tiny-models.js';

const characters = '教师轮岗交流校车';
const TEXT = '教师轮岗';

const open = (model: string) =>
  openTransformersEmbedder({ model, modelsFolder: model, notify: () => undefined });

/** Two encoders that share a vocabulary, and a third folder whose passages are the first one's and whose queries the second one's. */
async function folders() {
  const root = await temporaryFolder();
  const [first, second, both] = ['first', 'second', 'both'].map((name) => join(root, name));
  await writeTinyEncoder(first!, { characters });
  await writeTinyEncoder(second!, { characters, seed: 2 });
  await writeTinyEncoder(both!, { characters });
  await writeFile(join(both!, 'tiaowen.json'), JSON.stringify({ queryModel: 'query_model' }));
  return { first: first!, second: second!, both: both! };
}

it('encodes queries with the network that the profile names, and passages with the other', async () => {
  const { first, second, both } = await folders();
  await copyFile(
    join(second, 'onnx', 'model_quantized.onnx'),
    join(both, 'onnx', 'query_model_quantized.onnx'),
  );
  const [one, two, joined] = await Promise.all([first, second, both].map(open));
  const passages = await one!.embedPassages([TEXT]);
  expect(await joined!.embedPassages([TEXT])).toEqual(passages);
  expect(await joined!.embedQuery(TEXT)).toEqual(await two!.embedQuery(TEXT));
  expect(await joined!.embedQuery(TEXT)).not.toEqual(passages[0]);
  // An index holds passages: which network asks does not make it another one.
  expect(joined!.identity.sha256).toBe(one!.identity.sha256);
  await Promise.all([one, two, joined].map((each) => each!.close()));
});

it('names the weights that are missing before anything is embedded', async () => {
  const { both } = await folders();
  await expect(open(both)).rejects.toMatchObject({
    code: 'model-missing',
    message: expect.stringContaining('query_model_quantized.onnx') as string,
  });
});

it('takes a name, not a path', async () => {
  const { both } = await folders();
  await writeFile(join(both, 'tiaowen.json'), JSON.stringify({ queryModel: '../model' }));
  await expect(open(both)).rejects.toMatchObject({ code: 'model-invalid' });
});
