import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readMetadata, type MetadataPart } from '../../../src/parse/metadata/read-metadata.js';

const ROLES = ['title', 'notice-title', 'header', 'signature', 'notice'] as const;
/** Pieces that rules look for, in any order and between any letters. */
const PIECES = [
  '2021年6月30日',
  '2021729',
  '二〇二三年八月二十八日',
  '自公布之日起施行',
  '〔20176〕',
  '渝府办发〔2018〕70号',
  '关于印发《',
  '》的通知',
  '鼓楼区',
  '武清区',
  '人民政府',
  '第十三届全国人民代表大会常务委员会',
  '通过',
  '国务院令第709号公布',
  '（',
  '）',
  '《',
  '》',
  '：',
  '\n',
  '　',
  ' ',
  '_市',
  '××区',
  '*%',
  '20_年',
  '十四五',
  '2021—2025年',
  '发布日期',
  '时效性',
  '有效',
  '北京',
  '市',
  '我市',
  '教育局',
  '关于',
  'X',
  '第一条',
  '。',
  '，',
  '1',
  '９',
  '一',
];
const text = fc
  .array(
    fc.oneof(
      { weight: 6, arbitrary: fc.constantFrom(...PIECES) },
      { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 6 }) },
    ),
    { maxLength: 40 },
  )
  .map((pieces) => pieces.join(''));

const input = fc.record({
  before: text,
  parts: fc.array(fc.record({ role: fc.constantFrom(...ROLES), text, folded: fc.boolean() }), {
    maxLength: 6,
  }),
  body: text,
  fields: fc.array(
    fc.record({
      name: fc.oneof(fc.constantFrom('发文字号', '发布机构', '成文日期', '有效性', '发布日期'), text),
      value: text,
    }),
    { maxLength: 4 },
  ),
});

type Sketch = typeof input extends fc.Arbitrary<infer T> ? T : never;

function build({
  before,
  parts: sketches,
  body: rest,
  fields: rows,
}: Sketch): Parameters<typeof readMetadata>[0] {
  let source = before;
  const put = (piece: string): { start: number; end: number } => {
    const start = source.length;
    source += `${piece}\n`;
    return { start, end: start + piece.length };
  };
  const fields = rows.map(({ name, value }) => ({ name, value, span: put(value) }));
  const base = source.length;
  const parts: MetadataPart[] = sketches.map(({ role, text: printed, folded }) => ({
    role,
    text: folded ? printed.replace(/\s+/g, '') : printed,
    span: put(printed),
  }));
  put(rest);
  const body = source.slice(base);
  return { parts, fields, body, map: [{ clean: 0, source: base, length: body.length }], source };
}

describe('readMetadata', () => {
  it('never throws, and all its spans stand in the source', () => {
    fc.assert(
      fc.property(input, (sketch) => {
        const given = build(sketch);
        const { metadata, provenance, diagnostics } = readMetadata(given);
        const spans = [
          ...Object.values(provenance),
          ...diagnostics.flatMap(({ span }) => (span === null ? [] : [span])),
        ];
        for (const { start, end } of spans) {
          expect(start).toBeGreaterThanOrEqual(0);
          expect(end).toBeGreaterThanOrEqual(start);
          expect(end).toBeLessThanOrEqual(given.source.length);
        }
        for (const date of [metadata.writtenOn, metadata.publishedOn, metadata.effectiveOn]) {
          if (date !== null) expect(date).toMatch(/^\d{4}-\d{2}(-\d{2})?$/);
        }
        if (metadata.template) expect(metadata.jurisdiction).toBeNull();
      }),
      { numRuns: 400 },
    );
  });

  it('gives the same answer twice', () => {
    fc.assert(
      fc.property(input, (sketch) => {
        const given = build(sketch);
        expect(readMetadata(given)).toEqual(readMetadata(given));
      }),
      { numRuns: 100 },
    );
  });

  it('survives parts whose spans lie outside the source', () => {
    fc.assert(
      fc.property(
        text,
        fc.integer(),
        fc.integer(),
        fc.constantFrom(...ROLES),
        (printed, start, end, role) => {
          readMetadata({
            parts: [{ role, text: printed, span: { start, end } }],
            fields: [],
            body: printed,
            map: [],
            source: printed,
          });
        },
      ),
      { numRuns: 200 },
    );
  });
});

describe('time', () => {
  const million = (piece: string): string => piece.repeat(Math.ceil(1_000_000 / piece.length));
  it.each([
    '武',
    '武清区',
    '（',
    '《',
    '2021年',
    '二〇',
    '自',
    '起施行',
    '第十三届',
    '_',
    ' ',
    '发文字号：',
    '各',
    '人民政府',
    '〔2021',
    '十四五',
    '1',
    '市辖区县',
    '\n',
    '本条例自2021年1月1日起施行',
    '我市北京市',
  ])('is linear in a million of %j', (piece) => {
    const body = million(piece);
    const began = performance.now();
    for (const role of ROLES) {
      const part = { role, text: body, span: { start: 0, end: body.length } };
      readMetadata({
        parts: [part],
        fields: [{ name: '发文字号', value: body.slice(0, 100_000), span: part.span }],
        body,
        map: [{ clean: 0, source: 0, length: body.length }],
        source: body,
      });
    }
    expect(performance.now() - began).toBeLessThan(10_000);
  });
});
