/** One habit of the web each: what a reader sees becomes blocks, all else noise. */
import { describe, expect, it } from 'vitest';
import { readHtml } from '../../../src/extract/html/html.js';
import { parseFileSync } from '../../../src/parse/parse-file.js';
import { expectSound } from '../../parse/accounted.js';

const SENTENCE = '各单位要加强组织领导，落实各项责任，确保任务按期完成。';
const texts = (source: string): string[] => readHtml(source).blocks.map(({ text }) => text);
const paragraphs = (inside: string): string[] =>
  texts(`<html><body><div class="TRS_Editor">${inside}<p>${SENTENCE}</p></div></body></html>`).slice(0, -1);

describe('段落', () => {
  it.each([
    [
      '拆开的编号',
      '<p>第<span lang=EN-US>\n十</span>\n<b>条</b>　甲方应当报告。</p>',
      ['第十条　甲方应当报告。'],
    ],
    ['br', '甲，乙。<br>丙，丁。<br/><br/>　　戊，己。', ['甲，乙。', '丙，丁。', '　　戊，己。']],
    ['空白', '<p>  甲   A\n  B <i> C</i> 乙。</p>', ['甲 A B C 乙。']],
    ['源码里的换行', '<p>加强\n    领导，落实。</p>', ['加强领导，落实。']],
    [
      '实体',
      '<p>&ldquo;甲&rdquo;&mdash;&#20057;&#x4e19;&amp;丁，&nbsp戊。</p>',
      ['“甲”—乙丙&丁，\u00a0戊。'],
    ],
    ['零宽字符', '<p>加\u200b强&#8203;领&#xfeff;导，落实。</p>', ['加强领导，落实。']],
    ['pre', '<pre>一、甲，乙。\n　　二、丙，丁。</pre>', ['一、甲，乙。', '　　二、丙，丁。']],
    [
      '未闭合',
      '<p>甲，乙。<p>丙，丁。<ul><li>戊，己。<li>庚，辛。</ul>',
      ['甲，乙。', '丙，丁。', '戊，己。', '庚，辛。'],
    ],
    ['多余的结束标签', '<p>加强</x>领导</b>，落实。</p>', ['加强领导，落实。']],
    [
      'Word 条件注释',
      '<p><![if !supportLists]><span>一、</span><![endif]>总体，要求。</p>',
      ['一、总体，要求。'],
    ],
    ['首行缩进', '<p style="text-indent:2em">甲，乙。</p>', ['　　甲，乙。']],
  ])('%s', (_, inside, expected) => {
    expect(paragraphs(inside)).toEqual(expected);
  });

  it.each([
    ['display:none', '<p style="color:red;display: none">隐藏，文字。</p>'],
    ['hidden', '<div hidden><p>隐藏，文字。</p></div>'],
    ['aria-hidden', '<span aria-hidden="true">隐藏，文字。</span>'],
    ['script', '<script>var a = "隐藏，文字。</p>";</script>'],
    ['noscript', '<noscript>隐藏，文字。</noscript>'],
    ['注释', '<!-- <p>隐藏，文字。</p> -->'],
    ['template', '<template><p>隐藏，文字。</p></template>'],
    ['select', '<select><option>隐藏，文字。</option></select>'],
  ])('不显示的不读：%s', (_, inside) => {
    expect(paragraphs(inside)).toEqual([]);
  });
});

describe('列表编号', () => {
  it.each([
    ['<ol><li>甲，乙。</li><li>丙，丁。</li></ol>', ['1.甲，乙。', '2.丙，丁。']],
    ['<ol start="3"><li><p>甲，乙。</p></li><li value="7">丙，丁。</li></ol>', ['3.甲，乙。', '7.丙，丁。']],
    [
      '<ol style="list-style-type:cjk-ideographic"><li>甲，乙。</li><li>丙，丁。</li></ol>',
      ['一、甲，乙。', '二、丙，丁。'],
    ],
    ['<ol><li>一、甲，乙。</li><li>二、丙，丁。</li></ol>', ['一、甲，乙。', '二、丙，丁。']],
    ['<ol style="list-style:none"><li>甲，乙。</li></ol>', ['甲，乙。']],
    ['<ol type="A"><li>甲，乙。</li></ol>', ['A.甲，乙。']],
    ['<ul><li>甲，乙。</li></ul>', ['甲，乙。']],
  ])('%s', (inside, expected) => {
    expect(paragraphs(inside)).toEqual(expected);
  });

  it('补上的编号没有原文位置', () => {
    const source = `<ol><li>甲，乙。</li></ol><p>${SENTENCE}</p>`;
    const [block] = readHtml(source).blocks;
    expect(block).toMatchObject({ text: '1.甲，乙。', map: [{ clean: 2, source: 8, length: 4 }] });
  });
});

describe('表格', () => {
  it('数据表格成行，单元格各有位置', () => {
    const source = `<table border=1><caption>任务分工表</caption><thead><tr><th>序号</th><th>责任<br>单位</th></tr></thead><tr><td>1</td><td><p>区教育局</p><p>区财政局等</p></td></tr><tr><td colspan=2>注：甲，乙。</td></tr></table><p>${SENTENCE}</p>`;
    const { blocks } = readHtml(source);
    expect(blocks.map(({ kind, text }) => [kind, text])).toEqual([
      ['text', '任务分工表'],
      ['row', '序号\t责任单位'],
      ['row', '1\t区教育局 区财政局等'],
      ['text', '注：甲，乙。'],
      ['text', SENTENCE],
    ]);
    expect(blocks[2]!.cells!.map(({ start, end }) => blocks[2]!.text.slice(start, end))).toEqual([
      '1',
      '区教育局 区财政局等',
    ]);
    expectSound(parseFileSync(new TextEncoder().encode(source), 'a.html'), source);
  });

  it('排版表格是段落', () => {
    const source = `<table><tr><td>栏目</td></tr><tr><td><table><tr><td><p>一、甲，乙。</p><p>${SENTENCE}</p></td><td></td></tr></table></td></tr></table>`;
    expect(readHtml(source).blocks.every(({ kind }) => kind === 'text')).toBe(true);
  });
});

describe('网页说的', () => {
  const source = `<html><head><title>某某区实施方案-某某区人民政府</title><link rel="canonical" href="https://www.gov.cn/a?b=1&amp;c=2"><meta name="ArticleTitle" content="某某区实施方案"><meta name="PubDate" content="2023-05-06"><meta name="ContentSource" content="区教育局"></head><body><table class="xxgk"><tr><td>索引号：</td><td>00001/2023-1</td><td>主题分类：</td><td>教育</td></tr><tr><td>发文字号：</td><td>某政办发〔2023〕5号</td><td>成文日期：</td><td>2023年5月4日</td></tr></table><h1>某某区实施方案</h1><div id="zoom"><p>一、总体要求</p><p>${SENTENCE}</p><p>二、保障措施</p><p>${SENTENCE}</p></div><iframe src="http://pl.gov.cn/pinglun"></iframe></body></html>`;

  it('地址、字段与框架', () => {
    const page = readHtml(source);
    expect(page.url).toBe('https://www.gov.cn/a?b=1&c=2');
    for (const { value, span } of page.fields)
      if (span !== null) expect(source.slice(span.start, span.end)).toBe(value);
    expect(Object.fromEntries(page.fields.map(({ name, value }) => [name, value]))).toMatchObject({
      标题: '某某区实施方案',
      发布日期: '2023-05-06',
      来源: '区教育局',
      索引号: '00001/2023-1',
      发文字号: '某政办发〔2023〕5号',
      成文日期: '2023年5月4日',
    });
    expect(page.diagnostics).toMatchObject([{ code: 'html-frame', severity: 'warning' }]);
    expect(page.diagnostics[0]!.message).toContain('http://pl.gov.cn/pinglun');
  });

  it('进入文件的元数据', () => {
    const parsed = parseFileSync(new TextEncoder().encode(source), 'a.html');
    expect(parsed.documents[0]!.metadata).toMatchObject({
      title: '某某区实施方案',
      documentNumber: '某政办发〔2023〕5号',
      writtenOn: '2023-05-04',
      publishedOn: '2023-05-06',
    });
    expectSound(parsed, source);
  });
});

describe('正文在哪里', () => {
  const many = `<p>${SENTENCE}</p>`.repeat(10);
  const all = (source: string): string => texts(source).join('|');

  it('容器外的落款归入正文', () => {
    const source = `<body><div><h1>某某区实施方案</h1><div>${many}</div><p>某某区人民政府</p><p>2023年5月6日</p></div><div class="bot"><p>版权所有：某某区政府</p></div></body>`;
    expect(all(source)).toMatch(/^某某区实施方案\|.*\|某某区人民政府\|2023年5月6日$/);
  });

  it('旧式表格布局：标题和日期在别的格里', () => {
    const source = `<body><table><tr><td colspan=2><a href=/>首页</a></td></tr><tr><td><a href=/1>通知一</a><br><a href=/2>通知二</a></td><td><table><tr><td><font size=5>某某县管理办法</font></td></tr><tr><td>日期：2019-01-02 作者：办公室 点击：120</td></tr><tr><td>　　第一条　${SENTENCE}<br>　　第二条　${SENTENCE}</td></tr></table></td></tr></table></body>`;
    expect(texts(source).map((text) => text.trim())).toEqual([
      '某某县管理办法',
      `第一条　${SENTENCE}`,
      `第二条　${SENTENCE}`,
    ]);
    expect(readHtml(source).fields).toContainEqual(
      expect.objectContaining({ name: '日期', value: '2019-01-02' }),
    );
  });

  it('整篇正文由脚本显示的网页照读', () => {
    const source = `<body><h1>某区印发方案</h1><div id="js_content" style="visibility: hidden">${many}</div></body>`;
    expect(all(source)).toContain(SENTENCE);
  });

  it('附件的链接留在正文', () => {
    const source = `<body><div id=zoom>${many}<p>附件：1.<a href="a.doc">任务分工表.doc</a></p><p><a href="b.pdf">2.目标表.pdf</a></p></div></body>`;
    expect(all(source)).toMatch(/附件：1\.任务分工表\.doc\|2\.目标表\.pdf$/);
  });
});
