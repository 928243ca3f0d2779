/** Properties of the parser on arbitrary bytes and on arbitrary heaps of lines as policy texts have them. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseFileSync } from '../../src/parse/parse-file.js';
import { passagesOf } from '../../src/parse/passages.js';
import { expectSound } from './accounted.js';

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

const MARKERS = [
  '第一章 ',
  '第二章　',
  '第一节 ',
  '第一条 ',
  '第二条',
  '第三条 ',
  '第十条之一 ',
  '一、',
  '二、',
  '三、',
  '（一）',
  '(二)',
  '（三）',
  '1.',
  '2、',
  '3．',
  '（1）',
  '(2)',
  '①',
  '②',
  '——',
  '● ',
  '附件1',
  '附件：',
  '1.1 ',
  '1.2 ',
  '问：',
  '答：',
  'A. ',
  '',
];
const BODIES = [
  '总体要求',
  '加强领导。各单位要落实责任，',
  '到2025年，覆盖率达到3.5%以上。',
  '包括：',
  '新建幼儿园12所；',
  '依照本条例第十二条执行。',
  '工作目标',
  '关于印发《某某区工作方案》的通知',
  '某某区工作方案',
  '各镇人民政府，区政府各部门：',
  '2021年6月30日',
  '某某区人民政府',
  '（此件公开发布）',
  '目录',
  '相关新闻：',
  '上一篇：没有了',
  '首页 > 政务公开 > 通知',
  '索引号：123 主题分类：教育',
  '序号\t任务\t单位',
  '1\t建设\t教育局',
  '— 3 —',
  '14、',
  '3',
  '“未闭合',
  '（未闭合',
  '一是落实责任。二是',
  '某某实施方案（一）',
  '某某实施方案（二）',
  '扫一扫在手机打开当前页',
  '网站地图',
  'ICP备12345号',
  '   ',
  '𠮷野',
  'ﷺ',
  '\u200b',
  '第',
];
const line = fc
  .tuple(fc.constantFrom(...MARKERS), fc.constantFrom(...BODIES), fc.constantFrom('', '。', '；', '　　'))
  .map((parts) => parts.join(''));
const text = fc
  .array(fc.tuple(line, fc.constantFrom('\n', '\n', '\r\n', '\n\n　　', '', ' ')), {
    minLength: 1,
    maxLength: 60,
  })
  .map((lines) => lines.flat().join(''));

describe('解析器对任何输入', () => {
  it('任何字节都不抛出异常', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        const { file, documents } = parseFileSync(bytes, 'a.txt');
        if (file.state === 'unreadable') {
          expect(documents).toEqual([]);
          expect(file.diagnostics[0]!.message).toMatch(/[\u4e00-\u9fff]/);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('任何文字都有着落：每个非空白字符恰在一处', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary', maxLength: 200 }), text), (source) => {
        const parsed = parseFileSync(encode(source), 'a.txt');
        if (parsed.file.state === 'read')
          expectSound(parsed, new TextDecoder('utf-8').decode(encode(source)));
        else expect(parsed.file.diagnostics[0]!.code).not.toBe('parser-failed');
      }),
      { numRuns: 1500 },
    );
  });

  it('同样的输入给出同样的结果', () => {
    fc.assert(
      fc.property(text, (source) => {
        expect(parseFileSync(encode(source), 'a.txt')).toEqual(parseFileSync(encode(source), 'a.txt'));
      }),
      { numRuns: 100 },
    );
  });

  it('检索段落不超长、不为空，句子覆盖条款的每个非空白字符', () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 2, max: 80 }), (source, max) => {
        for (const clause of parseFileSync(encode(source), 'a.txt').documents.flatMap(
          (document) => document.clauses,
        )) {
          const passages = passagesOf(clause, max);
          const seen = new Uint8Array(clause.text.length);
          for (const { kind, span, text: own } of passages) {
            expect(own.length).toBeLessThanOrEqual(max);
            expect(own.trim()).not.toBe('');
            expect(own).toBe(clause.text.slice(span.start - clause.span.start, span.end - clause.span.start));
            if (kind === 'sentence')
              seen.fill(1, span.start - clause.span.start, span.end - clause.span.start);
          }
          for (let i = 0; i < seen.length; i++) if (/\S/.test(clause.text[i]!)) expect(seen[i]).toBe(1);
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe('时间随长度线性增长', () => {
  const filled = (piece: string): string =>
    piece.repeat(Math.ceil((piece.includes('\n') ? 200_000 : 1_000_000) / piece.length));
  it.each([
    ['没有标点的一行', '教育'],
    ['一行里的编号', '一、总体要求（一）指导思想。1.优化布局。'],
    ['一行里的“第一条”', '第一条 '],
    ['未闭合的括号', '（（《'],
    ['只有数字', '1'],
    ['逐行的“1.”', '1.甲\n'],
    ['逐行的“一、”', '一、甲\n（一）乙\n'],
    ['逐行的短句', '加强领导\n'],
    ['逐行的日期', '2021年6月30日\n'],
    ['逐行的标题', '某某区工作方案\n'],
    ['逐行的附件', '附件1\n某某表\n'],
    ['表格', '1\t甲\t乙\n'],
    ['系列标题', '某某实施方案（一）。'],
    ['断开的句子', '推动教育改革和发展，\n'],
    ['空格', '　甲 '],
    ['逐行的落款', '某某区教育局\n2021年6月30日\n'],
    ['目录', '目录\n一、总体要求……1\n'],
  ])('一行一百万字，或多行二十万字：%s', (_, piece) => {
    const bytes = encode(filled(piece));
    const begun = performance.now();
    const { file } = parseFileSync(bytes, 'a.txt');
    expect(file.state).toBe('read');
    expect(performance.now() - begun).toBeLessThan(8000);
  });
});
