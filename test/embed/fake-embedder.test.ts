import { describe, expect, it } from 'vitest';
import { createFakeEmbedder } from './fake-embedder.js';

describe('createFakeEmbedder', () => {
  it('gives unit vectors, near for texts that share words, and the same each time', async () => {
    const embedder = createFakeEmbedder(64, 16);
    const [a, b, c] = await embedder.embedPassages([
      '推进集团化办学',
      '集团化办学全覆盖',
      '加强校园食品安全',
    ]);
    const dot = (x: Float32Array, y: Float32Array): number => x.reduce((sum, v, i) => sum + v * y[i]!, 0);
    expect(dot(a!.sentence, a!.sentence)).toBeCloseTo(1, 5);
    expect(dot(a!.sentence, b!.sentence)).toBeGreaterThan(dot(a!.sentence, c!.sentence));
    expect(a!.tokens).toHaveLength(7 * 16);
    expect(await embedder.embedQuery('推进集团化办学')).toEqual(a);
  });

  it('refuses a text over its limit', async () => {
    await expect(createFakeEmbedder().embedQuery('长'.repeat(511))).rejects.toMatchObject({
      code: 'passage-too-long',
    });
  });
});
