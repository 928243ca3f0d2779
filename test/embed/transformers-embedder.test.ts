import { symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PACKAGE_ROOT } from '../../src/config.js';
import type { Embedder, Encoding } from '../../src/embed/embedder.js';
import { openTransformersEmbedder } from '../../src/embed/transformers-embedder.js';
import { temporaryFolder } from './temporary-folder.js';

const MODEL = { model: 'tiaowen/policy-encoder-small-zh', modelsFolder: join(PACKAGE_ROOT, 'models') };

const TEXTS = [
  '推进集团化办学，实现优质教育资源全覆盖。',
  '（二）强化队伍，促进师资优质均衡。完善校长教师交流轮岗制度，每年交流轮岗教师比例不低于符合条件教师总数的10%。',
  '加强校园食品安全管理。',
  '各单位：',
  '到2025年，普惠性幼儿园覆盖率达到90%以上，公办园在园幼儿占比达到60%。',
];

const cosine = (a: Float32Array, b: Float32Array): number => a.reduce((sum, x, i) => sum + x * b[i]!, 0);

let embedder: Embedder;
beforeAll(async () => {
  embedder = await openTransformersEmbedder(MODEL);
});
afterAll(() => embedder.close());

describe('openTransformersEmbedder', () => {
  it('says which model it is', () => {
    expect(embedder.identity).toEqual({
      name: 'tiaowen/policy-encoder-small-zh',
      sha256: '3ee1d5449cb915330256705eca14b4988c29a490e671c91aebc7ae23e465692a',
      dimension: 512,
      tokenDimension: 128,
      pooling: 'cls',
      queryPrefix: '',
    });
    expect(embedder.queryModel).toMatch(/^[0-9a-f]{64}$/);
    expect(embedder.queryModel).not.toBe(embedder.identity.sha256);
    expect(embedder.maxTokens).toBe(512);
    expect(embedder.countTokens('集团化办学')).toBe(7);
  });

  it('gives unit sentence vectors, and int8 token vectors without the special tokens', async () => {
    const encodings = await embedder.embedPassages(TEXTS);
    encodings.forEach(({ sentence, tokens }, i) => {
      expect(cosine(sentence, sentence)).toBeCloseTo(1, 5);
      expect(tokens).toHaveLength((embedder.countTokens(TEXTS[i]!) - 2) * 128);
      const first = [...tokens!.subarray(0, 128)];
      expect(Math.hypot(...first) / 127).toBeCloseTo(1, 1);
    });
  });

  it('gives the same cosines on every processor: int8 products must not overflow where VNNI is missing', async () => {
    const [topic, answer, other] = await embedder.embedPassages([
      '教师轮岗交流',
      '（三）推进义务教育学校教师校长交流轮岗，每年交流比例不低于符合条件教师的10%。',
      '养老机构应当建立消防安全管理制度，定期组织演练。',
    ]);
    expect(cosine(topic!.sentence, answer!.sentence)).toBeCloseTo(0.733, 2);
    expect(cosine(topic!.sentence, other!.sentence)).toBeCloseTo(0.339, 2);
    expect(cosine(answer!.sentence, other!.sentence)).toBeCloseTo(0.461, 2);
  });

  it('finds the passage that answers', async () => {
    const query = await embedder.embedQuery('老师在学校之间轮岗');
    const passages = await embedder.embedPassages(TEXTS);
    const scores = passages.map(({ sentence }) => cosine(query.sentence, sentence));
    expect(scores.indexOf(Math.max(...scores))).toBe(1);
  });

  it('asks with a network of its own that writes into the space of the passages', async () => {
    const query = await embedder.embedQuery('教师轮岗交流');
    const [passage] = await embedder.embedPassages(['教师轮岗交流']);
    expect(query.tokens).toHaveLength(passage!.tokens!.length);
    expect(query.tokens).not.toEqual(passage!.tokens);
    expect(cosine(query.sentence, passage!.sentence)).toBeGreaterThan(0.7);
    expect(cosine(query.sentence, passage!.sentence)).toBeLessThan(0.999);
    // An everyday question is nearer to what answers it than the network of passages would have it.
    const [saying, answer] = await embedder.embedPassages(['家门口的老师能不能换着教', TEXTS[1]!]);
    const asked = await embedder.embedQuery('家门口的老师能不能换着教');
    expect(cosine(asked.sentence, answer!.sentence)).toBeGreaterThan(
      cosine(saying!.sentence, answer!.sentence),
    );
  });

  it('takes a query prefix for the sentence vector only', async () => {
    const folder = await temporaryFolder();
    for (const file of ['config.json', 'tokenizer.json', 'tokenizer_config.json', 'onnx'])
      await symlink(join(MODEL.modelsFolder, MODEL.model, file), join(folder, file));
    const profile = {
      queryPrefix: '查询：',
      sentenceOutput: 'sentence_embedding',
      tokenOutput: 'token_embeddings',
      tokenDimension: 128,
    };
    await writeFile(join(folder, 'tiaowen.json'), JSON.stringify(profile));
    const prefixed = await openTransformersEmbedder({ model: folder, modelsFolder: folder });
    const query = await prefixed.embedQuery('集团化办学');
    const [passage] = await prefixed.embedPassages(['集团化办学']);
    expect(query.tokens).toEqual(passage!.tokens);
    expect(cosine(query.sentence, passage!.sentence)).toBeLessThan(0.999);
    await prefixed.close();
  });

  it('gives a text the same vectors, bit for bit, whatever its company, order and thread count', async () => {
    const together = await embedder.embedPassages(TEXTS);
    const reversed = (await embedder.embedPassages([...TEXTS].reverse())).reverse();
    const alone: Encoding[] = [];
    for (const text of TEXTS) alone.push(...(await embedder.embedPassages([text])));
    expect(reversed).toEqual(together);
    expect(alone).toEqual(together);
    const other = await openTransformersEmbedder({ ...MODEL, threads: 1 });
    expect(await other.embedPassages(TEXTS)).toEqual(together);
    await other.close();
  });

  it('keeps the order of the texts when it batches them by length', async () => {
    const batched = await openTransformersEmbedder({ ...MODEL, batchTokens: 256 });
    const encodings = await batched.embedPassages(TEXTS);
    await batched.close();
    const single = await embedder.embedPassages(TEXTS);
    encodings.forEach(({ sentence, tokens }, i) => {
      expect(cosine(sentence, single[i]!.sentence)).toBeGreaterThan(0.97);
      expect(tokens).toHaveLength(single[i]!.tokens!.length);
    });
  });

  it('refuses a text over the limit with both numbers, before any work, and never cuts it', async () => {
    const done: number[] = [];
    await expect(
      embedder.embedPassages(['短句。', '长'.repeat(511)], { onProgress: (n) => done.push(n) }),
    ).rejects.toMatchObject({
      code: 'passage-too-long',
      message: expect.stringMatching(/513.*512/) as string,
    });
    expect(done).toEqual([]);
    await expect(embedder.embedQuery('长'.repeat(511))).rejects.toMatchObject({ code: 'passage-too-long' });
    expect(await embedder.embedPassages(['长'.repeat(510)])).toHaveLength(1);
  });

  it('takes an empty list and an empty text', async () => {
    expect(await embedder.embedPassages([])).toEqual([]);
    const [empty] = await embedder.embedPassages(['']);
    expect(empty!.tokens).toHaveLength(0);
  });

  it('reports progress, and stops between passes when it is told to', async () => {
    const done: number[] = [];
    const controller = new AbortController();
    const run = embedder.embedPassages(TEXTS, {
      signal: controller.signal,
      onProgress: (n) => {
        done.push(n);
        if (n === 2) controller.abort();
      },
    });
    await expect(run).rejects.toMatchObject({ name: 'AbortError' });
    expect(done).toEqual([1, 2]);
    await expect(embedder.embedPassages(TEXTS, { signal: AbortSignal.abort() })).rejects.toMatchObject({
      name: 'AbortError',
    });
  });

  it('answers a query while passages are embedded', async () => {
    let finished = false;
    const passages = embedder
      .embedPassages(Array.from({ length: 40 }, () => TEXTS).flat())
      .then(() => (finished = true));
    await embedder.embedQuery('集团化办学');
    expect(finished).toBe(false);
    await passages;
  });
});
