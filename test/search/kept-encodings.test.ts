import { expect, it } from 'vitest';
import { keepEncodings } from '../../src/search/kept-encodings.js';
import { createFakeEmbedder } from '../embed/fake-embedder.js';

it('asks the model once for what is asked again, and keeps what was asked last', async () => {
  const asked: string[] = [];
  const embedder = createFakeEmbedder(16);
  const encode = keepEncodings(
    {
      embedQuery: (text) => {
        asked.push(text);
        return embedder.embedQuery(text);
      },
    },
    2,
  );
  for (const text of ['甲', '乙', '甲', '丙', '甲', '乙']) {
    expect(await encode(text)).toEqual(await embedder.embedQuery(text));
  }
  expect(asked).toEqual(['甲', '乙', '丙', '乙']);
});

it('keeps nothing of what the model refused', async () => {
  let refusals = 0;
  const encode = keepEncodings(
    {
      embedQuery: () => {
        refusals++;
        return Promise.reject(new Error('too long'));
      },
    },
    2,
  );
  await expect(encode('长')).rejects.toThrow('too long');
  await expect(encode('长')).rejects.toThrow('too long');
  expect(refusals).toBe(2);
});
