/** A knowledge base of one document with two clauses, made by hand: what the server is tested with. */
import type {
  ClauseView,
  CompareOptions,
  DocumentSummary,
  DocumentView,
  Filter,
  KnowledgeBase,
  Original,
  SearchOptions,
  Status,
} from '../../src/knowledge-base.js';
import type { Comparison, DocumentRef, Hit, SearchAnswer, Understood } from '../../src/model/answer.js';
import type { Clause, Heading } from '../../src/model/clause.js';
import type { SourceFile } from '../../src/model/document.js';
import { TiaowenError } from '../../src/model/errors.js';
import type { Jurisdiction } from '../../src/model/jurisdiction.js';

export const wuqing: Jurisdiction = {
  code: '120114',
  level: 'district',
  province: '天津市',
  city: null,
  district: '武清区',
  name: '天津市武清区',
};

/** An id with everything that an address must encode: #, ~, 〔〕, a slash, a percent sign. */
export const DOCUMENT_ID = '120114-津武政〔2021〕5号~a/b%';
const text = '三、重点任务\n（一）教师交流。推进<b>教师</b>轮岗。\n（二）集团化办学。扩大覆盖面。';

export const document: DocumentRef = {
  id: DOCUMENT_ID,
  file: '天津市武清区.txt',
  title: '武清区教育规划',
  kind: '规划',
  issuers: ['天津市武清区人民政府'],
  documentNumber: '津武政〔2021〕5号',
  writtenOn: '2021-09-01',
  publishedOn: null,
  effectiveOn: null,
  status: '有效',
  period: { from: 2021, to: 2025 },
  addressees: null,
  jurisdiction: wuqing,
  template: false,
};
export const summary: DocumentSummary = { ...document, clauses: 2, diagnostics: 1, sha256: 'ab'.repeat(32) };

const heading: Heading = {
  id: `${DOCUMENT_ID}#sec-3`,
  kind: 'section',
  text: '三、重点任务',
  number: 3,
  depth: 0,
  parentId: null,
  span: { start: 0, end: 6 },
};

function clause(ordinal: number, label: string, start: number, end: number): Clause {
  return {
    id: `${DOCUMENT_ID}#sec-3.sub-${ordinal + 1}`,
    documentId: DOCUMENT_ID,
    ordinal,
    kind: 'subsection',
    label,
    locator: `第三部分${label}`,
    number: ordinal + 1,
    title: { start: start + 3, end: start + 7 },
    headingPath: [heading.text],
    headingIds: [heading.id],
    span: { start, end },
    text: text.slice(start, end),
    parts: [{ kind: '款', number: 1, span: { start, end } }],
  };
}
const second = text.indexOf('（二）');
export const clauses = [
  clause(0, '（一）', 7, second - 1),
  clause(1, '（二）', second, text.length),
] as const;
export const CLAUSE_ID = clauses[0].id;

export function hitOf(found: Clause): Hit {
  return {
    clauseId: found.id,
    documentId: DOCUMENT_ID,
    label: found.label,
    locator: found.locator,
    headingPath: found.headingPath,
    text: found.text,
    span: found.span,
    passage: { ...found.span, text: found.text },
    source: {
      start: found.span.start + 100,
      end: found.span.end + 100,
      file: document.file,
      page: found.ordinal === 0 ? 2 : null,
    },
    citation: `天津市武清区人民政府：《武清区教育规划》（津武政〔2021〕5号），${found.locator}`,
    score: 0.75,
    why: { terms: ['教师'], synonyms: ['轮岗'], cosine: 0.7, bm25: 3.5, reranked: null },
    document,
  };
}

export const files: readonly SourceFile[] = [
  {
    path: document.file,
    sha256: summary.sha256,
    bytes: 300,
    mediaType: 'text/plain',
    encoding: 'utf-8',
    url: 'http://www.tjwq.gov.cn/1.html',
    retrieved: { at: '2024-05-06T07:08:09.000Z', from: 'http://www.tjwq.gov.cn/1.html' },
    state: 'read',
    noise: [{ span: { start: 0, end: 100 }, reason: 'navigation' }],
    diagnostics: [],
  },
  {
    path: '坏文件.bin',
    sha256: 'cd'.repeat(32),
    bytes: 3,
    mediaType: 'application/octet-stream',
    encoding: null,
    url: null,
    retrieved: null,
    state: 'unreadable',
    noise: [],
    diagnostics: [{ code: 'not-text', severity: 'error', message: '不是文本文件。', span: null }],
  },
];

const { noise, ...listedFile } = files[0]!;

export const documentView: DocumentView = {
  document: summary,
  source: listedFile,
  provenance: { title: { start: 1, end: 8 }, documentNumber: { start: 9, end: 20 } },
  text,
  map: [{ clean: 0, source: 100, length: text.length }],
  pages: [
    { page: 1, start: 0 },
    { page: 2, start: 7 },
  ],
  outline: [heading],
  frontMatter: [{ role: 'title', span: { start: 0, end: 0 } }],
  clauses,
  diagnostics: [
    { code: 'date-doubtful', severity: 'warning', message: '日期存疑。', span: { start: 3, end: 5 } },
  ],
  noise,
};

export const clauseView: ClauseView = {
  clause: clauses[0],
  citation: hitOf(clauses[0]).citation,
  document,
  source: {
    ...hitOf(clauses[0]).source,
    lines: [{ start: 107, end: 125, page: 2, box: [90, 100.5, 500, 116] }],
  },
  previous: null,
  next: { id: clauses[1].id, label: clauses[1].label, text: clauses[1].text },
};

export const status: Status = {
  formatVersion: 2,
  generation: 3,
  model: {
    name: 'tiaowen/policy-encoder-small-zh',
    sha256: 'ef'.repeat(32),
    dimension: 512,
    tokenDimension: 128,
    pooling: 'cls',
    queryPrefix: '',
  },
  files: 2,
  unreadable: 1,
  documents: 1,
  clauses: 2,
  passages: 4,
  jurisdictions: [{ jurisdiction: wuqing, documents: 1 }],
};

export function understood(query: string): Understood {
  return {
    query,
    topic: query,
    places: [],
    intents: [],
    meanings: [],
    phrases: [],
    excluded: [],
    together: [],
    fields: [],
  };
}

export function searchAnswer(query: string): SearchAnswer {
  return { query, understood: understood(query), hits: [hitOf(clauses[0])] };
}

export function comparison(topics: readonly string[]): Comparison {
  const searched = { documents: 1, clauses: 2 };
  return {
    topics,
    understood: topics.map(understood),
    rows: [
      {
        jurisdiction: wuqing,
        documents: [document],
        cells: topics.map((topic, i) =>
          i % 2 === 0
            ? {
                topic,
                outcome: 'found',
                hits: [hitOf(clauses[0])],
                answering: 1,
                nearest: null,
                evidence: { score: 0.7, threshold: 0.4 },
                searched,
              }
            : {
                topic,
                outcome: 'no-provision',
                hits: [],
                answering: 0,
                nearest: hitOf(clauses[1]),
                evidence: { score: 0.1, threshold: 0.4 },
                searched,
              },
        ),
      },
      {
        jurisdiction: null,
        documents: [{ ...document, template: true, jurisdiction: null }],
        cells: topics.map((topic) => ({
          topic,
          outcome: 'not-covered',
          hits: [],
          answering: 0,
          nearest: null,
          evidence: null,
          searched,
        })),
      },
    ],
  };
}

/** Notes what it was asked; throws what it was told to. */
export class StubKnowledgeBase implements KnowledgeBase {
  readonly asked: unknown[] = [];
  failure: Error | null = null;
  closed = false;
  /** Whose original is given. */
  originalFile: SourceFile = files[0]!;

  async search(query: string, options: SearchOptions = {}): Promise<SearchAnswer> {
    this.note('search', query, options);
    return searchAnswer(query);
  }
  async compare(topics: readonly string[], options: CompareOptions = {}): Promise<Comparison> {
    this.note('compare', topics, options);
    return comparison(topics);
  }
  documents(filter: Filter = {}): readonly DocumentSummary[] {
    this.note('documents', filter);
    return [summary];
  }
  files(): readonly SourceFile[] {
    return files;
  }
  document(id: string): DocumentView {
    this.note('document', id);
    if (id !== DOCUMENT_ID) throw new TiaowenError('document-unknown', `没有 id 为 ${id} 的文件。`);
    return documentView;
  }
  original(documentId: string): Original {
    this.note('original', documentId);
    if (documentId !== DOCUMENT_ID)
      throw new TiaowenError('document-unknown', `没有 id 为 ${documentId} 的文件。`);
    const { path, sha256, mediaType, encoding } = this.originalFile;
    return { path, sha256, mediaType, encoding, content: Buffer.from('原件的字节') };
  }
  clause(id: string): ClauseView {
    this.note('clause', id);
    if (id !== CLAUSE_ID) throw new TiaowenError('clause-unknown', `没有 id 为 ${id} 的条款。`);
    return clauseView;
  }
  citation(clauseId: string, style: string): string {
    this.note('citation', clauseId, style);
    return `${style}: ${this.clause(clauseId).citation}`;
  }
  status(): Status {
    this.note('status');
    return status;
  }
  async ready(): Promise<void> {}

  async close(): Promise<void> {
    this.closed = true;
  }

  private note(...call: unknown[]): void {
    this.asked.push(call);
    if (this.failure) throw this.failure;
  }
}
