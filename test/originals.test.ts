/** From a quote back to the printed page and to the file it was read from. */
import { mkdir, mkdtemp, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createKnowledgeBase } from '../src/create-knowledge-base.js';
import { ingest } from '../src/ingest.js';
import type { KnowledgeBase } from '../src/knowledge-base.js';
import { findDivision } from '../src/parse/jurisdiction/divisions.js';
import { sidecarPath } from '../src/sidecar.js';
import { createMemoryStore } from '../src/store/memory.js';
import type { Store } from '../src/store/store.js';
import { createFakeEmbedder } from './embed/fake-embedder.js';
import { linesAt, rawPdf, setLines } from './extract/pdf/raw-pdf.js';

const ACROSS =
  '学校应当按照本办法提供课后服务，服务内容包括作业辅导、体育锻炼、艺术活动和社团活动，并向家长公布。';
const LONG = setLines(`第二条　${ACROSS}`);
const foot = (page: number) => ({ text: `— ${page} —`, x: 270, y: 800, size: 12 });
const PDF = rawPdf([
  {
    text: [
      ...linesAt(['乙县课后服务实施办法', '　　第一条　为了规范课后服务，制定本办法。']),
      ...linesAt(LONG.slice(0, 1), 79, 730),
      foot(1),
    ],
  },
  { text: [...linesAt([...LONG.slice(1), '　　第三条　本办法自2023年9月1日起施行。']), foot(2)] },
]);
const TEXT = '甲县教育发展规划\n甲县人民政府\n2023年5月6日\n一、主要任务\n1.推进教师交流。\n2.加强保障。\n';
const WRITTEN = new Date('2023-05-08T01:02:03.000Z');
const FETCHED = { at: '2024-05-06T07:08:09.000Z', from: 'https://www.example.gov.cn/a.html' };

let corpus: string;
let store: Store;
let knowledgeBase: KnowledgeBase;
beforeAll(async () => {
  corpus = await mkdtemp(join(tmpdir(), 'tiaowen-originals-'));
  await mkdir(join(corpus, '甲县'));
  await writeFile(join(corpus, '乙县.pdf'), PDF);
  await writeFile(join(corpus, '甲县/规划.txt'), TEXT);
  await utimes(join(corpus, '乙县.pdf'), WRITTEN, WRITTEN);
  const sidecar = {
    url: 'https://www.example.gov.cn/?id=1',
    finalUrl: FETCHED.from,
    retrieved: FETCHED.at,
    status: 200,
    contentType: 'text/plain',
    etag: null,
    lastModified: null,
    sha256: createHash('sha256').update(TEXT).digest('hex'),
  };
  await writeFile(join(corpus, sidecarPath('甲县/规划.txt')), JSON.stringify(sidecar));
  store = createMemoryStore();
  const embedder = createFakeEmbedder(64);
  await ingest({ corpus, store, embedder });
  knowledgeBase = createKnowledgeBase({ store, embedder: () => Promise.resolve(embedder), findDivision });
});
afterAll(async () => {
  await knowledgeBase.close();
  await rm(corpus, { recursive: true });
});

const documentOf = (file: string) => knowledgeBase.documents().find((each) => each.file === file)!;

it('a clause of a PDF has its pages and printed lines, without what is printed between them', () => {
  const { clauses, pages, text } = knowledgeBase.document(documentOf('乙县.pdf').id);
  const article = clauses.find((clause) => clause.text.includes(ACROSS))!;
  const { source } = knowledgeBase.clause(article.id);
  expect(source.page).toBe(1);
  expect(source.lines.map(({ page }) => page)).toEqual([1, 2]);
  const printed = source.lines.map(({ start, end }) => store.source('乙县.pdf')!.slice(start, end));
  expect(printed.join('')).toBe(LONG.join('').trim());
  const [[left, top, right, bottom]] = source.lines.map(({ box }) => box) as [
    [number, number, number, number],
  ];
  // The first line of the article stands at the foot of page 1, indented by two characters of 16 points.
  expect(left).toBeCloseTo(79 + 32, 0);
  expect(top).toBeLessThan(730);
  expect(bottom).toBeGreaterThanOrEqual(730);
  expect(right).toBeLessThan(595);

  expect(pages.map(({ page }) => page)).toEqual([1, 2]);
  expect(text.slice(pages[1]!.start)).toMatch(new RegExp(`^${LONG[1]!.slice(0, 10)}`));
  const last = knowledgeBase.clause(clauses.at(-1)!.id);
  expect(last.source).toMatchObject({ file: '乙县.pdf', page: 2 });
});

it('a hit names the page of its clause; a text without pages has none', async () => {
  const page = async (query: string, document: string) => {
    const { hits } = await knowledgeBase.search(query, { document, limit: 1 });
    return [hits[0]!.text.slice(0, 3), hits[0]!.source.page];
  };
  expect(await page('自2023年9月1日起施行', documentOf('乙县.pdf').id)).toEqual(['第三条', 2]);
  const plain = documentOf('甲县/规划.txt').id;
  expect(await page('教师交流', plain)).toEqual(['1.推', null]);
  const view = knowledgeBase.document(plain);
  expect(view.pages).toEqual([]);
  expect(knowledgeBase.clause(view.clauses[0]!.id).source).toMatchObject({ page: null, lines: [] });
});

it('a file is given back byte for byte, with where it came from and when', async () => {
  for (const path of ['乙县.pdf', '甲县/规划.txt']) {
    const { id, sha256 } = documentOf(path);
    const original = knowledgeBase.original(id);
    expect(original).toMatchObject({ path, sha256 });
    expect(Buffer.from(original.content)).toEqual(await readFile(join(corpus, path)));
  }
  const sourceOf = (path: string) => knowledgeBase.document(documentOf(path).id).source;
  expect(sourceOf('乙县.pdf')).toMatchObject({
    mediaType: 'application/pdf',
    retrieved: { at: WRITTEN.toISOString(), from: null },
  });
  expect(sourceOf('甲县/规划.txt')).toMatchObject({ mediaType: 'text/plain', retrieved: FETCHED });
  expect(() => knowledgeBase.original('none')).toThrow(expect.objectContaining({ code: 'document-unknown' }));
});

it('a citation names the pages of the original, and the day of access of what was fetched', () => {
  const article = knowledgeBase
    .document(documentOf('乙县.pdf').id)
    .clauses.find((clause) => clause.text.includes(ACROSS))!;
  expect(knowledgeBase.citation(article.id, 'gbt7714')).toMatch(/\[EB\/OL\]\. 1-2\.$/);
  expect(knowledgeBase.citation(article.id, 'ris')).toContain('SP  - 1\r\nEP  - 2\r\n');
  const [clause] = knowledgeBase.document(documentOf('甲县/规划.txt').id).clauses;
  expect(knowledgeBase.citation(clause!.id, 'gbt7714')).toMatch(
    /\(2023-05-06\)\[2024-05-06\]\. https:\/\/www\.example\.gov\.cn\/a\.html\.$/,
  );
  expect(JSON.parse(knowledgeBase.citation(clause!.id, 'csl-json'))).toMatchObject([
    { accessed: { 'date-parts': [[2024, 5, 6]] } },
  ]);
});
