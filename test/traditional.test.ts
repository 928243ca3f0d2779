/** A document in traditional characters (Big5) beside its simplified twin: kept as it is, found by queries in both scripts. */
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toSimplified } from '../src/analysis/simplify.js';
import { createKnowledgeBase } from '../src/create-knowledge-base.js';
import { inOneForm } from '../src/embed/one-form.js';
import { ingest } from '../src/ingest.js';
import type { KnowledgeBase } from '../src/knowledge-base.js';
import { findDivision } from '../src/parse/jurisdiction/divisions.js';
import { createMemoryStore } from '../src/store/memory.js';
import { createFakeEmbedder } from './embed/fake-embedder.js';

const CORPUS = join(import.meta.dirname, 'store', 'format-3', 'corpus');
let folder: string;
let knowledgeBase: KnowledgeBase;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tiaowen-traditional-'));
  cpSync(CORPUS, folder, { recursive: true });
  const store = createMemoryStore();
  const embedder = inOneForm(createFakeEmbedder(256, 8), toSimplified);
  await ingest({ corpus: folder, store, embedder });
  knowledgeBase = createKnowledgeBase({ store, embedder: () => Promise.resolve(embedder), findDivision });
});
afterAll(async () => {
  await knowledgeBase.close();
  rmSync(folder, { recursive: true });
});

describe('traditional text', () => {
  it('is kept as it is', () => {
    const document = knowledgeBase.documents().find(({ file }) => file === '丙縣.txt')!;
    expect(knowledgeBase.document(document.id).text).toContain('學校應當提供課後服務，每週五天。');
    expect(Buffer.from(knowledgeBase.original(document.id).content)).toEqual(
      readFileSync(join(CORPUS, '丙縣.txt')),
    );
  });

  it.each(['课后服务收费', '課後服務收費'])('is found by %s as the simplified one is', async (query) => {
    const { hits } = await knowledgeBase.search(query);
    const texts = hits.slice(0, 2).map(({ text }) => text);
    expect(new Set(texts)).toEqual(
      new Set([
        '第二条　课后服务收费标准由县发展改革委核定。',
        '第二條　課後服務收費標準由縣發展改革委核定。',
      ]),
    );
    expect(hits[0]!.score).toBeCloseTo(hits[1]!.score, 5);
    expect(hits[0]!.why).toEqual(hits[1]!.why);
    expect(hits[0]!.why.terms).toContain('收费');
    expect(hits[0]!.why.cosine).toBeGreaterThan(0);
  });

  it.each(['"收费标准"', '"收費標準"', '“收费标准”'])('holds the phrase %s', async (query) => {
    const { hits } = await knowledgeBase.search(query);
    expect(hits.map(({ text }) => text.slice(0, 3)).sort()).toEqual(['第二条', '第二條']);
  });

  it.each(['课后服务 -每周', '課後服務 -每週'])('is left out by %s', async (query) => {
    const { hits } = await knowledgeBase.search(query);
    expect(hits.map(({ text }) => text)).not.toContain('第一條　學校應當提供課後服務，每週五天。');
    expect(hits.length).toBe(3);
  });
});
