/** Word files: what a reader of the printed page sees, and nothing else. */
import { describe, expect, it } from 'vitest';
import { extractSync } from '../../../src/extract/extract.js';
import { abstractList, docx, inList, level, list, paragraph, run, startAt, type Parts } from './docx-file.js';

const linesOf = (parts: Parts): string[] =>
  extractSync(docx(parts), 'a.docx').blocks.map((block) => block.text);
const rowsOf = (body: string): string[][] =>
  extractSync(docx({ body }), 'a.docx').blocks.map(({ text, cells }) =>
    cells === undefined ? [text] : cells.map(({ start, end }) => text.slice(start, end)),
  );

describe('automatic numbers', () => {
  const LEVELS =
    level(0, 'chineseCountingThousand', '第%1章', '<w:suff w:val="space"/>') +
    level(1, 'chineseCountingThousand', '第%2条', '<w:lvlRestart w:val="0"/>') +
    level(2, 'chineseCounting', '（%3）') +
    level(3, 'decimal', '%4.');
  const text = (name: string, numId: number, at: number): string => paragraph(run(name), inList(numId, at));

  it('chapters restart nothing where 条 runs through, and the levels below restart', () => {
    const body = [0, 1, 2, 2, 1, 2, 0, 1, 2].map((at) => text('内容', 1, at)).join('');
    expect(linesOf({ body, numbering: abstractList(0, LEVELS) + list(1, 0) })).toEqual([
      '第一章 内容',
      '第一条 内容',
      '（一）内容',
      '（二）内容',
      '第二条 内容',
      '（一）内容',
      '第二章 内容',
      '第三条 内容',
      '（一）内容',
    ]);
  });

  it('lists of one abstract list count on together, until one overrides the start', () => {
    const body = text('甲', 1, 2) + text('乙', 2, 2) + text('丙', 3, 2) + text('丁', 3, 2) + text('戊', 1, 2);
    const numbering = abstractList(0, LEVELS) + list(1, 0) + list(2, 0) + list(3, 0, startAt(2, 1));
    expect(linesOf({ body, numbering })).toEqual([
      '（一）甲',
      '（二）乙',
      '（一）丙',
      '（二）丁',
      '（三）戊',
    ]);
  });

  it('an override may replace a level, and isLgl prints figures', () => {
    const own = `<w:lvlOverride w:ilvl="1">${level(1, 'decimal', '%1.%2', '<w:isLgl/>')}</w:lvlOverride>`;
    const body = text('甲', 1, 0) + text('乙', 1, 1) + text('丙', 1, 1);
    expect(linesOf({ body, numbering: abstractList(0, LEVELS) + list(1, 0, own) })).toEqual([
      '第一章 甲',
      '1.1 乙',
      '1.2 丙',
    ]);
  });

  it('numbers come from styles and what they are based on; numId 0 turns them off', () => {
    const styles =
      '<w:style w:type="paragraph" w:default="1" w:styleId="a"/>' +
      '<w:style w:type="paragraph" w:styleId="h1"><w:basedOn w:val="a"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>' +
      '<w:style w:type="paragraph" w:styleId="mine"><w:basedOn w:val="h1"/></w:style>' +
      '<w:style w:type="paragraph" w:styleId="h2"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>';
    const numbering =
      abstractList(
        0,
        level(0, 'japaneseCounting', '%1、') + level(1, 'decimal', '%2.', '<w:pStyle w:val="h2"/>'),
      ) + list(1, 0);
    const styled = (id: string, more = ''): string =>
      paragraph(run('任务'), `<w:pStyle w:val="${id}"/>${more}`);
    expect(
      linesOf({
        body: styled('h1') + styled('h2') + styled('mine') + styled('h1', inList(0)) + styled('h2'),
        numbering,
        styles,
      }),
    ).toEqual(['一、任务', '1.任务', '二、任务', '任务', '1.任务']);
  });

  it('a numbering style is followed from the list that links to it', () => {
    const styles =
      '<w:style w:type="numbering" w:styleId="L"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>';
    const numbering =
      abstractList(0, `<w:styleLink w:val="L"/>${level(0, 'upperRoman', '%1.')}`) +
      abstractList(1, '<w:numStyleLink w:val="L"/>') +
      list(1, 0) +
      list(2, 1);
    expect(linesOf({ body: text('甲', 2, 0) + text('乙', 2, 0), numbering, styles })).toEqual([
      'I.甲',
      'II.乙',
    ]);
  });

  it('of endless length are no numbers', () => {
    const numbering =
      abstractList(0, level(0, 'decimal', '%1.'.repeat(5_000), '', 999_999_999)) +
      abstractList(
        1,
        level(0, 'custom', '%1').replace('<w:numFmt', `<w:numFmt w:format="${'0'.repeat(9_000)}1,"`),
      ) +
      list(1, 0) +
      list(2, 1);
    for (const line of linesOf({ body: text('甲', 1, 0) + text('乙', 2, 0), numbering }))
      expect(line.length).toBeLessThan(400);
  });

  it('an empty paragraph counts; a symbol of a symbol font is a bullet; "1." stays apart from a figure', () => {
    const numbering = abstractList(0, level(0, 'decimal', '%1.') + level(1, 'bullet', '\uf0b7')) + list(1, 0);
    const body = text('2025年', 1, 0) + text('', 1, 0) + text('建成', 1, 0) + text('点', 1, 1);
    expect(linesOf({ body, numbering })).toEqual(['1. 2025年', '3.建成', '• 点']);
  });
});

describe('what is shown', () => {
  it('tracked changes are accepted, also where the mark between two paragraphs was deleted', () => {
    const body =
      paragraph(
        `${run('到2025年，')}<w:ins w:id="1">${run('基本')}</w:ins><w:del w:id="2"><w:r><w:delText>全部</w:delText></w:r></w:del><w:moveFrom w:id="3">${run('移走')}</w:moveFrom>`,
        '<w:rPr><w:del w:id="4"/></w:rPr>',
      ) + paragraph(run('建成。'));
    const { blocks, diagnostics } = extractSync(docx({ body }), 'a.docx');
    expect(blocks.map((block) => block.text)).toEqual(['到2025年，基本建成。']);
    expect(diagnostics.map((one) => one.code)).toEqual(['docx-changes']);
  });

  it('a text box is read once, after the paragraph that it hangs on', () => {
    const box = `<w:txbxContent>${paragraph(run('框中文字'))}</w:txbxContent>`;
    const body = paragraph(
      `${run('正文')}<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx>${box}</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>${box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>${run('继续。')}`,
    );
    expect(linesOf({ body })).toEqual(['正文继续。', '框中文字']);
  });

  it('the instruction of a field is not shown, its result is', () => {
    const char = (type: string): string => `<w:r><w:fldChar w:fldCharType="${type}"/></w:r>`;
    const body =
      paragraph(
        `${char('begin')}<w:r><w:instrText> TOC </w:instrText></w:r>${char('begin')}${run('内')}${char('end')}${char('separate')}${run('总则')}<w:r><w:tab/></w:r>${run('1')}${char('end')}`,
      ) +
      paragraph(char('begin') + run('坏的域')) +
      paragraph(run('其后的正文'));
    expect(linesOf({ body })).toEqual(['总则\t1', '其后的正文']);
  });

  it('hidden text is left out and said', () => {
    const { blocks, diagnostics } = extractSync(
      docx({
        body: paragraph(run('可见') + run('隐藏', '<w:vanish/>') + run('也可见', '<w:vanish w:val="0"/>')),
      }),
      'a.docx',
    );
    expect(blocks.map((block) => block.text)).toEqual(['可见也可见']);
    expect(diagnostics.map((one) => one.message)).toEqual(['文件中有 2 个字设为隐藏，未予读取。']);
  });

  it.each(['footnote', 'endnote'] as const)('a %s stands in the source, in no sentence', (kind) => {
    const notes = `<w:${kind} w:type="separator" w:id="0">${paragraph(run('线'))}</w:${kind}><w:${kind} w:id="2">${paragraph(run('指主城区。'))}</w:${kind}>`;
    const { source, blocks, noise } = extractSync(
      docx({
        body: paragraph(`${run('重点区域')}<w:r><w:${kind}Reference w:id="2"/></w:r>${run('内禁止。')}`),
        [`${kind}s`]: notes,
      }),
      'a.docx',
    );
    expect(blocks.map((block) => block.text)).toEqual(['重点区域内禁止。']);
    expect(noise.map(({ span, reason }) => [source.slice(span.start, span.end), reason])).toEqual([
      ['指主城区。', 'footnote'],
    ]);
  });

  it('the strict variant of the format is the same text', () => {
    const parts = {
      body: paragraph(run('目标'), inList(1)) + paragraph(run('任务'), inList(1)),
      numbering: abstractList(0, level(0, 'chineseCounting', '%1、')) + list(1, 0),
      endnotes: `<w:endnote w:id="2">${paragraph(run('指主城区。'))}</w:endnote>`,
    };
    const strict = extractSync(docx({ ...parts, strict: true }), 'a.docx');
    expect(strict.blocks.map((block) => block.text)).toEqual(['一、目标', '二、任务']);
    expect(strict).toEqual(extractSync(docx(parts), 'a.docx'));
  });

  it('a first line that is set in, by the paragraph or its style, keeps its indent; breaks end lines', () => {
    const body =
      paragraph(run('缩进'), '<w:ind w:firstLineChars="200"/>') +
      paragraph(
        `${run('上')}<w:r><w:br/></w:r>${run('下')}<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>`,
      );
    expect(linesOf({ body })).toEqual(['　　缩进', '上', '下☑']);
  });
});

describe('tables', () => {
  const cell = (content: string, properties = ''): string =>
    `<w:tc><w:tcPr>${properties}</w:tcPr>${content.startsWith('<w:p>') || content.startsWith('<w:tbl>') ? content : paragraph(run(content))}</w:tc>`;
  const table = (...rows: string[]): string =>
    `<w:tbl>${rows.map((row) => `<w:tr>${row}</w:tr>`).join('')}</w:tbl>`;

  it('a cell merged down holds for each of its rows', () => {
    expect(
      rowsOf(
        table(
          cell('任务') + cell('单位') + cell('时限'),
          cell('建公园', '<w:vMerge w:val="restart"/>') + cell('城管局') + cell('6月'),
          cell('', '<w:vMerge/>') + cell('园林局') + cell('9月'),
          cell('总计', '<w:gridSpan w:val="2"/>') + cell('2个'),
        ),
      ),
    ).toEqual([
      ['任务', '单位', '时限'],
      ['建公园', '城管局', '6月'],
      ['建公园', '园林局', '9月'],
      ['总计', '2个'],
    ]);
  });

  it('a table that only lays out the page is text, the tables inside it are tables', () => {
    const inner = table(cell('序号') + cell('任务'), cell('1') + cell('治水'));
    expect(rowsOf(table(cell(`${paragraph(run('第一段'))}${paragraph(run('第二段'))}`)))).toEqual([
      ['第一段'],
      ['第二段'],
    ]);
    expect(rowsOf(table(cell(paragraph(run('说明')) + inner)))).toEqual([
      ['说明'],
      ['序号', '任务'],
      ['1', '治水'],
    ]);
  });

  it('the column 序号 may be nothing but automatic numbers', () => {
    const numbered = paragraph('', inList(1));
    const body = table(
      cell('序号') + cell('任务'),
      cell(numbered) + cell('治水'),
      cell(numbered) + cell('治气'),
    );
    const { blocks } = extractSync(
      docx({ body, numbering: abstractList(0, level(0, 'decimal', '%1.')) + list(1, 0) }),
      'a.docx',
    );
    expect(blocks.map((block) => block.text)).toEqual(['序号\t任务', '1\t治水', '2\t治气']);
  });
});
