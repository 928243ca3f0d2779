/** Texts that differ in form only have the same vectors. */
import { expect, it } from 'vitest';
import { toSimplified } from '../../src/analysis/simplify.js';
import { inOneForm } from '../../src/embed/one-form.js';
import { createFakeEmbedder } from './fake-embedder.js';

it('queries, passages and their length are seen in one form', async () => {
  const fake = createFakeEmbedder(64, 8);
  const embedder = inOneForm(fake, toSimplified);
  const [traditional, simplified] = await embedder.embedPassages(['課後服務', '课后服务']);
  expect(traditional).toEqual(simplified);
  expect(await embedder.embedQuery('課後服務')).toEqual(await fake.embedQuery('课后服务'));
  const asked: string[] = [];
  inOneForm({ ...fake, countTokens: (text) => asked.push(text) }, toSimplified).countTokens('課後');
  expect(asked).toEqual(['课后']);
});
