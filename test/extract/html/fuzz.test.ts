/** Pages cut short, mutated, deeply nested or endless: no crash, no end of time, every character accounted for. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseFileSync } from '../../../src/parse/parse-file.js';
import { expectSound } from '../../parse/accounted.js';
import { SHAPES } from './pages.js';

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
const LINES = [
  { role: 'title' as const, text: '某某区教育实施方案' },
  { text: '一、总体要求' },
  { text: '各单位要加强组织领导，落实“各项”责任。' },
  { text: '（一）加强——领导。按期完成任务，责任到人。' },
];
const PIECES = [
  '<p>',
  '</p>',
  '<br>',
  '<div class="TRS_Editor">',
  '</div>',
  '<table>',
  '<tr>',
  '<td>',
  '</table>',
  '<ol>',
  '<li>',
  '</ol>',
  '<span style="display:none">',
  '</span>',
  '<a href="/x">',
  '</a>',
  '<script>',
  '</script>',
  '<!--',
  '-->',
  '<![CDATA[',
  ']]>',
  '<',
  '>',
  '&',
  '&nbsp;',
  '&mdash;',
  '&#20057;',
  '&#x1F600;',
  '&#0;',
  '&notit;',
  '&nosuch;',
  '&ensp;',
  '<pre>',
  '</pre>',
  '<h1>',
  '</h1>',
  '\n',
  '  ',
  '　',
  '\u00a0',
  '\u200b',
  '𠮷',
  '\u0001',
  '一、总体要求',
  '加强领导，落实责任。',
  '（一）',
  '索引号：1',
  '"',
  "'",
  '=',
  '<title>',
  '</title>',
  '<iframe src=x>',
  '<select>',
  '<body>',
  '<head>',
  '</b>',
  '<nav>',
  '<p style="text-indent:2em">',
  '\r\n',
];

describe('对任何网页', () => {
  it('每个非空白字符恰在一处', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...PIECES), { maxLength: 60 }), (pieces) => {
        const source = pieces.join('');
        const parsed = parseFileSync(encode(source), 'a.html');
        if (parsed.file.state === 'read') expectSound(parsed, source);
        else expect(parsed.file.diagnostics[0]!.code).not.toBe('parser-failed');
      }),
      { numRuns: 1500 },
    );
  });

  it('截断与改动过的网页', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...Object.values(SHAPES)),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.constantFrom(...PIECES)), {
          maxLength: 8,
        }),
        (shape, keep, changes) => {
          let source = shape(LINES);
          for (const [where, piece] of changes) {
            const at = Math.floor(where * source.length);
            source = source.slice(0, at) + piece + source.slice(at + piece.length);
          }
          source = source
            .slice(0, Math.floor(keep * source.length))
            .replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '');
          const parsed = parseFileSync(encode(source), 'a.html');
          if (parsed.file.state === 'read') expectSound(parsed, source);
          else expect(parsed.file.diagnostics[0]!.code).not.toBe('parser-failed');
        },
      ),
      { numRuns: 300 },
    );
  });
});

/** What takes more than linear time does not end within the time that vitest gives a test. */
describe('很长、很深的网页也读得完', () => {
  const filled = (piece: string, length = 1_000_000): string =>
    piece.repeat(Math.ceil(length / piece.length));
  it.each([
    ['一行一百万字', filled('教育，')],
    ['十万层 div', `${'<div>'.repeat(100_000)}甲，乙。`],
    ['十万层 span', `${'<span>'.repeat(100_000)}甲，乙。`],
    ['十万个 b 与 p', `${'<b>'.repeat(50_000)}${'<p>甲'.repeat(50_000)}`],
    ['层层表格', `${'<table><tr><td>'.repeat(30_000)}甲，乙。`],
    ['尖括号', filled('<')],
    ['未闭合的标签', filled('<p a="')],
    ['只有结束标签', filled('甲</b>')],
    ['未闭合的注释', filled('<!--')],
    ['字符引用', filled('&ldquo;')],
    ['不同的字符引用', Array.from({ length: 60_000 }, (_, i) => `&#${20000 + (i % 20000)};`).join('')],
    ['不成引用', filled('&')],
    ['段落', filled('<p>加强领导，落实责任。</p>')],
    ['链接', filled('<a href="/x">通知公告</a><br>', 500_000)],
    ['表格的行', `<table>${filled('<tr><td>1</td><td>区教育局</td></tr>', 500_000)}</table>`],
    ['一行的格', `<table><tr>${filled('<td>局</td>', 500_000)}</tr><tr><td>1</td><td>2</td></tr></table>`],
    ['列表项', `<ol>${filled('<li>加强，领导。</li>', 500_000)}</ol>`],
  ])('%s', (_, source) => {
    const { file } = parseFileSync(encode(source), 'a.html');
    expect(file.diagnostics.map(({ code }) => code)).not.toContain('parser-failed');
  });
});
