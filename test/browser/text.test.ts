/** What the page computes of text, without a browser. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HOME, readAddress, readingOfDocument, writeAddress, type Address } from '../../src/web/address.js';
import { blocksOf } from '../../src/web/text/blocks.js';
import { toCsv, toMarkdown } from '../../src/web/text/export.js';
import { foldAround } from '../../src/web/text/fold.js';
import { scopeOf } from '../../src/web/text/scope.js';
import { refusalOf } from '../../src/web/text/refusal.js';
import { occurrences, segmentsOf } from '../../src/web/text/segments.js';
import { boxesOn, pagesWord } from '../../src/web/text/page-boxes.js';
import { proposedTopics, splitTopics } from '../../src/web/text/topics.js';
import { meaningsOf, understoodOf } from '../../src/web/text/understood.js';
import { comparison, documentView, understood } from '../server/stub-knowledge-base.js';

const span = (length: number) =>
  fc.tuple(fc.nat(length), fc.nat(length)).map(([a, b]) => ({ start: Math.min(a, b), end: Math.max(a, b) }));
const prose = fc
  .array(fc.constantFrom('教师', '交流', '。', '；', '\n', '”', 'A', '1.', '，'), { maxLength: 400 })
  .map((parts) => parts.join(''));

describe('address', () => {
  const word = fc
    .string({ minLength: 1, unit: 'grapheme' })
    .map((text) => text.trim())
    .filter(Boolean);
  const words = fc.uniqueArray(word, { maxLength: 4 });
  const anyAddress: fc.Arbitrary<Address> = fc.record({
    view: fc.constantFrom('compare', 'library'),
    topics: words,
    jurisdictions: words,
    templates: fc.boolean(),
    literal: fc.boolean(),
    reading: fc.option(
      fc.oneof(
        fc
          .tuple(word, fc.boolean())
          .map(([documentId, pages]) => ({ ...readingOfDocument(documentId), pages })),
        fc
          .tuple(word, fc.option(fc.constant({ start: 3, end: 9 })), fc.boolean())
          .map(([documentId, sentence, pages]) => ({
            documentId,
            pages,
            clauseId: `${documentId}#sec-1.item-2`,
            sentence,
          })),
      ),
    ),
  });

  it('comes back as it was written', () => {
    fc.assert(
      fc.property(anyAddress, (address) => {
        const { pathname, search } = new URL(writeAddress(address), 'http://127.0.0.1');
        expect(readAddress(pathname, search)).toEqual(address);
      }),
    );
  });

  it('takes what it cannot read as not said', () => {
    const read = readAddress('/nowhere/', '?q=&q=%20&at=9-3&clause=&templates=1&other=2');
    expect(read).toEqual(HOME);
    expect(readAddress('/', '?clause=d%23a&at=9-3').reading?.sentence).toBeNull();
  });
});

describe('folding', () => {
  it('shows whole sentences, all of the one that matched, and never folds for a trifle', () => {
    fc.assert(
      fc.property(
        prose.chain((text) => fc.tuple(fc.constant(text), fc.option(span(text.length)))),
        ([text, focus]) => {
          const shown = foldAround(text, focus);
          expect(shown.start).toBeGreaterThanOrEqual(0);
          expect(shown.end).toBeLessThanOrEqual(text.length);
          if (focus && focus.start < focus.end) {
            expect(shown.start).toBeLessThanOrEqual(focus.start);
            expect(shown.end).toBeGreaterThanOrEqual(focus.end);
          }
          const hidden = text.length - (shown.end - shown.start);
          expect(hidden === 0 || hidden >= 50).toBe(true);
        },
      ),
    );
  });

  it('takes what follows before what stands ahead', () => {
    const text =
      '甲'.repeat(99) + '。' + '乙'.repeat(99) + '。' + '丙'.repeat(49) + '。' + '丁'.repeat(99) + '。';
    expect(foldAround(text, { start: 120, end: 130 })).toEqual({ start: 100, end: 250 });
  });
});

describe('segments', () => {
  it('are the text again when joined, and cover exactly what is marked', () => {
    fc.assert(
      fc.property(
        prose.chain((text) => fc.tuple(fc.constant(text), fc.array(span(text.length + 5), { maxLength: 4 }))),
        ([text, spans]) => {
          const segments = segmentsOf(
            text,
            spans.map((each) => ({ ...each, kind: 'match' })),
          );
          expect(segments.map((segment) => segment.text).join('')).toBe(text);
          let at = 0;
          for (const segment of segments) {
            const marked = spans.some(({ start, end }) => start <= at && at < end);
            expect(segment.kinds.includes('match')).toBe(marked);
            at += segment.text.length;
          }
        },
      ),
    );
  });

  it('finds words once, the first given first', () => {
    expect(occurrences('教师交流与交流轮岗', ['交流轮岗', '交流', ''])).toEqual([
      { start: 2, end: 4 },
      { start: 5, end: 9 },
    ]);
  });
});

describe('blocks', () => {
  it('hold every character that is not white space once, in order', () => {
    const text = `总则\n${documentView.text}\n附注`;
    const shift = 3;
    const move = <T extends { span: { start: number; end: number } }>(each: T): T => ({
      ...each,
      span: { start: each.span.start + shift, end: each.span.end + shift },
    });
    const blocks = blocksOf({
      text,
      outline: documentView.outline.map(move),
      clauses: documentView.clauses.map(move),
      frontMatter: [],
    });
    expect(blocks.map(({ kind }) => kind)).toEqual(['rest', 'heading', 'clause', 'clause', 'rest']);
    expect(
      blocks
        .map((block) => block.text)
        .join('')
        .replace(/\s/g, ''),
    ).toBe(text.replace(/\s/g, ''));
  });
});

describe('lines on a page', () => {
  const line = (page: number, box: readonly [number, number, number, number]) => ({
    start: 0,
    end: 1,
    page,
    box,
  });
  const lines = [line(2, [50, 100, 250, 120]), line(3, [0, 0, 500, 10]), line(3, [-20, 900, 600, 1100])];

  it('are told in percent, those of other pages left out, what lies outside cut off', () => {
    const size = { width: 500, height: 1000 };
    expect(boxesOn(lines, 2, size)).toEqual([{ left: 10, top: 10, width: 40, height: 2 }]);
    expect(boxesOn(lines, 3, size)).toEqual([
      { left: 0, top: 0, width: 100, height: 1 },
      { left: 0, top: 90, width: 100, height: 10 },
    ]);
    expect(boxesOn([line(1, [600, 0, 700, 10])], 1, size)).toEqual([]);
  });

  it('are said by their pages', () => {
    expect(pagesWord(lines)).toBe('2–3');
    expect(pagesWord([...lines, line(7, [0, 0, 1, 1])])).toBe('2–3、7');
    expect(pagesWord([])).toBe('');
  });
});

describe('topics', () => {
  it('are split at lines and semicolons only', () => {
    expect(splitTopics(' 教师 轮岗、交流；集团化办学\n\n集团化办学; ')).toEqual([
      '教师 轮岗、交流',
      '集团化办学',
    ]);
  });

  it('are proposed from the titles of clauses, of each document some', () => {
    const view = (titles: string[]) => {
      const text = titles.join('');
      let at = 0;
      const spans = titles.map((title) => ({ start: at, end: (at += title.length) }));
      return { text, clauses: spans.map((title) => ({ ...documentView.clauses[0]!, title })) };
    };
    const views = [
      view(['加强组织领导', '（一）', '短', '完善督导机制']),
      view(['优化教师资源配置']),
      view([]),
    ];
    expect(proposedTopics(views, 6)).toEqual(['加强组织领导', '完善督导机制', '优化教师资源配置']);
    expect(proposedTopics([], 6)).toEqual([]);
  });
});

describe('export', () => {
  const hostile = comparison(['=1+1', '主|题']);

  it('writes Markdown whose cells stay cells', () => {
    const lines = toMarkdown(hostile).trimEnd().split('\n');
    expect(lines.map((line) => line.match(/(?<!\\)\|/g)?.length)).toEqual([4, 4, 4, 4]);
    expect(lines[2]).toContain('\\<b\\>教师\\</b\\>');
    expect(lines[2]).toContain('未见规定（已检索 1 份文件、2 条）');
  });

  it('writes CSV that a spreadsheet does not run', () => {
    const csv = toCsv(hostile);
    expect(csv.startsWith('\uFEFF"地区","主题"')).toBe(true);
    expect(csv).toContain(`"'=1+1"`);
    expect(csv).toContain('"（一）教师交流。推进<b>教师</b>轮岗。"');
  });
});

it.each(['=1+1', '@x', '\t=1', '\n-1', ' =1', '　+1', '\u200b=1', '\u202e=1', '＝1+1', '－2', '＠x'])(
  'CSV has no field that begins a formula: %j',
  (topic) => {
    const [, first] = toCsv(comparison([topic])).split('\r\n');
    expect(first).toContain(`"'${topic}"`);
  },
);

it('Markdown shows character references as they were written', () => {
  expect(toMarkdown(comparison(['&lt;b&gt; ~~x~~'])).split('\n')[0]).toContain('\\&lt;b\\&gt; \\~\\~x');
});

describe('rows without a place', () => {
  const { rows, ...asked } = comparison(['轮岗']);
  const [row] = rows;
  const alone = (template: boolean) => ({
    ...row!,
    jurisdiction: null,
    documents: [{ ...documentView.document, jurisdiction: null, template, title: '工作要点' }],
  });
  const answer = { ...asked, rows: [alone(false), alone(true)] };

  it('are told apart: a template, and a document that does not say where it applies', () => {
    expect(scopeOf(answer)).toMatch(/^检索范围：0 地，1 份地域未载明，1 份范本，共 /);
    expect(toMarkdown(answer)).toContain('| 地域未载明：工作要点 |');
    expect(toMarkdown(answer)).toContain('| 范本：工作要点 |');
  });
});

describe('a file that need not be sent', () => {
  const MIB = 1024 * 1024;
  const OLE = new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
  const none = new Uint8Array(8);

  it.each([
    ['表.XLSX', 5, none, '不支持“.xlsx”'],
    ['扫描.jpg', 5, none, '.docx、.pdf、.ofd、.html、.txt'],
    ['空.txt', 0, new Uint8Array(), '文件是空的'],
    ['年鉴.pdf', 32 * MIB + 1, none, '文件有 32.1 MiB，超过 32 MiB 的上限'],
    ['规划.doc', 5, OLE, '旧版 Word'],
    ['改名.docx', 5, OLE, '另存为 .docx'],
  ])('%s', (name, size, head, said) => {
    expect(refusalOf({ name, size }, head, 32 * MIB)).toContain(said);
  });

  it.each(['规划.pdf', '规划.DOCX', '网页.htm', '其实是网页.doc', '没有扩展名'])(
    'all others go: %s',
    (name) => {
      expect(refusalOf({ name, size: 32 * MIB }, none, 32 * MIB)).toBe(null);
      expect(refusalOf({ name, size: 900 * MIB }, none, null)).toBe(null);
    },
  );
});

describe('what a question may mean', () => {
  const meanings = [{ topic: '课后服务', saying: '放学没人接' }];
  const everyday = { ...understood('聊城放学没人接'), meanings };

  it('is nothing where the question has the words of documents', () => {
    expect(meaningsOf(comparison(['校车', '食堂']))).toEqual([]);
  });

  it('takes the place of the question among the topics, with its places and once', () => {
    const liaocheng = { name: '聊城', divisions: [] };
    const asked = [understood('校车'), { ...everyday, places: [liaocheng] }];
    const [other, ...more] = meaningsOf({ topics: ['校车', '聊城放学没人接'], understood: asked });
    expect(more).toEqual([]);
    expect(other).toEqual({
      query: '聊城放学没人接',
      offers: [{ topic: '课后服务', saying: '放学没人接', topics: ['校车', '聊城 课后服务'] }],
    });
    const twice = meaningsOf({
      topics: ['课后服务', '放学没人接'],
      understood: [understood('课后服务'), everyday],
    });
    expect(twice[0]!.offers[0]!.topics).toEqual(['课后服务']);
  });

  it('is no condition of the answer', () => {
    expect(understoodOf({ ...comparison(['放学没人接']), understood: [everyday] })).toBe('');
  });
});
