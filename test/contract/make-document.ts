/** Small documents, random unit vectors and whole files for the tests of stores. */
import { createHash } from 'node:crypto';
import type { Encoding, ModelIdentity } from '../../src/embed/embedder.js';
import type { Clause } from '../../src/model/clause.js';
import type { PolicyDocument, SourceFile } from '../../src/model/document.js';
import type { Passage } from '../../src/model/passage.js';
import type { ClauseTerms, IndexedDocument, KeptFile } from '../../src/store/store.js';

export const MODEL: ModelIdentity = {
  name: 'test/model',
  sha256: 'ab'.repeat(32),
  dimension: 16,
  tokenDimension: 16,
  pooling: 'cls',
  queryPrefix: '',
};

/** Numbers in [0, 1) that are the same in every run (mulberry32). */
export function makeRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** A direction drawn evenly from the sphere. */
export function randomUnit(random: () => number, dimension: number): Float32Array {
  const vector = Float32Array.from({ length: dimension }, () => gaussian(random));
  const norm = Math.hypot(...vector);
  return vector.map((value) => value / norm);
}

function gaussian(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

export interface DocumentOptions {
  readonly id: string;
  readonly file: string;
  readonly ordinal?: number;
  /** One per clause; sentences end with 。 */
  readonly clauses: readonly string[];
  readonly title?: string;
  readonly model?: ModelIdentity;
  readonly random?: () => number;
  readonly withTokens?: boolean;
}

/** A document whose clauses are lines under one heading, with a passage per sentence and a window per further sentence. */
export function makeDocument(options: DocumentOptions): IndexedDocument {
  const { model = MODEL, random = makeRandom(1), title = '某区教育发展规划' } = options;
  const document = makePolicyDocument(options, title);
  const passages = document.clauses.flatMap((clause) => makePassages(document.text, clause));
  return {
    document,
    terms: document.clauses.map((clause) => makeTerms(clause.text, title)),
    passages,
    encodings: passages.map(() => makeEncoding(model, random, options.withTokens ?? true)),
  };
}

function makePolicyDocument(options: DocumentOptions, title: string): PolicyDocument {
  const { id, file, ordinal = 0 } = options;
  const heading = '一、主要任务';
  let text = `${title}\n${heading}`;
  const headingSpan = { start: title.length + 1, end: text.length };
  const clauses = options.clauses.map((words, i): Clause => {
    const start = text.length + 1;
    text += `\n${words}`;
    return {
      id: `${id}#sec-1.item-${i + 1}`,
      documentId: id,
      ordinal: i,
      kind: 'item',
      label: `${i + 1}.`,
      locator: `第一部分第${i + 1}项`,
      number: i + 1,
      title: words.length > 3 ? { start, end: start + 2 } : null,
      headingPath: [heading],
      headingIds: [`${id}#sec-1`],
      span: { start, end: text.length },
      text: words,
      parts: [{ kind: '款', number: 1, span: { start, end: text.length } }],
    };
  });
  return {
    id,
    file,
    ordinal,
    metadata: {
      title,
      kind: '规划',
      issuers: ['某区人民政府'],
      documentNumber: null,
      writtenOn: '2021-06',
      publishedOn: null,
      effectiveOn: null,
      status: null,
      period: { from: 2021, to: 2025 },
      addressees: null,
      jurisdiction: {
        code: '120114',
        level: 'district',
        province: '天津市',
        city: null,
        district: '武清区',
        name: '天津市武清区',
      },
      template: false,
    },
    provenance: { title: { start: 0, end: title.length } },
    text,
    map: [{ clean: 0, source: 7, length: text.length }],
    frontMatter: [{ role: 'title', span: { start: 0, end: title.length } }],
    headings: [
      {
        id: `${id}#sec-1`,
        kind: 'section',
        text: heading,
        number: 1,
        depth: 0,
        parentId: null,
        span: headingSpan,
      },
    ],
    clauses,
    diagnostics: [
      { code: 'date-missing', severity: 'info', message: '未见成文日期。', span: null },
      { code: 'number-skipped', severity: 'warning', message: '编号不连续。', span: { start: 7, end: 9 } },
    ],
  };
}

function makePassages(text: string, clause: Clause): Passage[] {
  const passages: Passage[] = [];
  let previous: number | null = null;
  for (const match of clause.text.matchAll(/[^。]*。|[^。]+$/g)) {
    const start = clause.span.start + match.index;
    const end = start + match[0].length;
    const put = (kind: Passage['kind'], from: number) =>
      passages.push({ clauseId: clause.id, kind, span: { start: from, end }, text: text.slice(from, end) });
    put('sentence', start);
    if (previous !== null) put('window', previous);
    previous = start;
  }
  return passages;
}

function makeTerms(text: string, title: string): ClauseTerms {
  const characters = [...text].filter((character) => /[\p{L}\p{N}]/u.test(character));
  return {
    words: text.split(/[\s，。、]+/u).filter(Boolean),
    bigrams: characters.slice(1).map((character, i) => characters[i]! + character),
    headings: [title, '主要任务'],
  };
}

export function makeEncoding(model: ModelIdentity, random: () => number, withTokens: boolean): Encoding {
  const { dimension, tokenDimension } = model;
  const length = tokenDimension === null ? 0 : tokenDimension * (1 + Math.floor(random() * 5));
  return {
    sentence: randomUnit(random, dimension),
    tokens:
      withTokens && tokenDimension !== null
        ? Int8Array.from({ length }, () => Math.floor(random() * 255) - 127)
        : null,
  };
}

/** A file whose source is as long as any of its documents may need; with a printed line per ten characters of the first hundred. */
export function makeFile(path: string, more: Partial<SourceFile> = {}): KeptFile {
  const original = Buffer.from(`原件 ${path}`);
  const file = makeSourceFile(path, original, more);
  const source = `${path}\n`.repeat(200);
  const places = Array.from({ length: 10 }, (_, i) => ({
    start: i * 10,
    end: i * 10 + 9,
    page: 1 + Math.floor(i / 4),
    box: [72, 90.1 + i, 500.25, 104 + i] as const,
  }));
  return file.state === 'read'
    ? { file, original, source, places }
    : { file, original: null, source: '', places: [] };
}

function makeSourceFile(path: string, original: Buffer, more: Partial<SourceFile>): SourceFile {
  return {
    path,
    sha256: createHash('sha256').update(original).digest('hex'),
    bytes: original.length,
    mediaType: 'text/plain',
    encoding: 'utf-8',
    url: null,
    retrieved: { at: '2024-05-06T07:08:09.000Z', from: null },
    state: 'read',
    noise: [{ span: { start: 0, end: 7 }, reason: 'navigation' }],
    diagnostics: [],
    ...more,
  };
}

const WORDS = [
  '教师',
  '轮岗',
  '交流',
  '集团化',
  '办学',
  '学位',
  '5g',
  '3.5%',
  '幼儿园',
  '经费',
  '校园',
  '安全',
];

/** Clauses of random words, some of one sentence, some of several. */
export function randomClauses(random: () => number, count: number): string[] {
  const sentence = () =>
    Array.from(
      { length: 1 + Math.floor(random() * 6) },
      () => WORDS[Math.floor(random() * WORDS.length)]!,
    ).join('，') + '。';
  return Array.from({ length: count }, () =>
    Array.from({ length: 1 + Math.floor(random() * 3) }, sentence).join(''),
  );
}
