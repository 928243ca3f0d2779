/** Printed pages as offices make them: lines, pages, columns, tables, notes, watermarks; and files that cannot be read. */
import { PDFDocument } from 'pdf-lib';
import { describe, expect, it } from 'vitest';
import { ExtractError } from '../../../src/extract/extract-error.js';
import type { Extracted } from '../../../src/extract/extracted.js';
import { extractPdf } from '../../../src/extract/pdf/pdf.js';
import { parseFile } from '../../../src/parse/parse-file.js';
import { linesAt, rawPdf, setLines, type RawPage } from './raw-pdf.js';
import { toNormalForm } from '../../../src/extract/pages/radicals.js';

const FIRST =
  '一、各街道办事处、区直各部门要把托育服务纳入民生实事，明确专人负责，按月调度进度，确保年底前新增托位三百个，并向社会公开。';
const SECOND =
  '二、区卫生健康局牵头建立联席会议制度，每季度召开一次会议，研究解决用地、消防、资金等方面的困难和问题，重大事项报区政府审定。';
const THIRD = '三、对工作不力的单位予以通报。';

const texts = ({ blocks }: Pick<Extracted, 'blocks'>): string[] => blocks.map((block) => block.text.trim());
const noise = ({ noise: found, source }: Extracted): string[] =>
  found.map(({ span, reason }) => `${reason} ${source.slice(span.start, span.end)}`);
const page = (lines: readonly string[], more: RawPage['text'] = []): RawPage => ({
  text: [...linesAt(lines), ...more],
});

describe('lines → paragraphs', () => {
  it('joins lines that were broken inside sentences and keeps paragraphs apart', async () => {
    const read = await extractPdf(rawPdf([page([FIRST, SECOND, THIRD].flatMap((text) => setLines(text)))]));
    expect(texts(read)).toEqual([FIRST, SECOND, THIRD]);
  });

  it('joins across pages, past page numbers, running heads and feet', async () => {
    const lines = [FIRST, SECOND, THIRD, FIRST, SECOND].flatMap((text) => setLines(text));
    const pages = [lines.slice(0, 4), lines.slice(4, 9), lines.slice(9)].map((own, i) =>
      page(own, [
        { text: '某某区人民政府公报', x: 220, y: 50, size: 10 },
        { text: `— ${i + 1} —`, x: 280, y: 800, size: 14 },
      ]),
    );
    const read = await extractPdf(rawPdf(pages));
    expect(texts(read)).toEqual([FIRST, SECOND, THIRD, FIRST, SECOND]);
    const numbers = noise(read).filter((one) => one.startsWith('page-number'));
    expect(numbers.map((one) => one.replace(/ /g, ''))).toEqual([
      'page-number—1—',
      'page-number—2—',
      'page-number—3—',
    ]);
    expect(noise(read).filter((one) => one.startsWith('running-head'))).toHaveLength(3);
  });

  it('makes one title of centred lines and closes up letter-spaced ones', async () => {
    const read = await extractPdf(
      rawPdf([
        page(setLines(FIRST).concat(setLines(SECOND)), [
          { text: '某某区人民政府办公室', x: 187, y: 40, size: 22 },
          { text: '关于印发托育服务方案的通知', x: 154, y: 72, size: 22 },
          ...[...'目录'].map((text, i) => ({ text, x: 266 + i * 48, y: 400, size: 16 })),
        ]),
      ]),
    );
    expect(texts(read)).toEqual(['某某区人民政府办公室关于印发托育服务方案的通知', FIRST, SECOND, '目录']);
  });

  it('reads radicals, ligatures and long dashes as the characters that they print', async () => {
    const read = await extractPdf(rawPdf([page(['　　⼈⺠政府⻓期⽀持户籍改⾰⸺坚持ﬁnance原则。'])]));
    expect(texts(read)).toEqual(['人民政府长期支持户籍改革——坚持finance原则。']);
  });
});

it('names the files that a PDF carries as not read', async () => {
  const document = await PDFDocument.load(rawPdf([page(setLines(FIRST))]));
  await document.attach(new Uint8Array([1, 2]), '任务分解表.xlsx');
  const { diagnostics, blocks } = await extractPdf(await document.save());
  expect(diagnostics).toMatchObject([{ code: 'attachment-unread' }]);
  expect(diagnostics[0]!.message).toContain('“任务分解表.xlsx”');
  expect(texts({ blocks })).toEqual([FIRST]);
});

describe('the page around the text', () => {
  it('keeps footnotes out of the sentence that they interrupt, and their marks', async () => {
    const lines = setLines(FIRST + SECOND);
    const read = await extractPdf(
      rawPdf([
        {
          text: [
            ...linesAt(lines.slice(0, 4)),
            { text: '①', x: 79 + 28 * 16 + 1, y: 114, size: 8 },
            { text: '①托位指可供三岁以下婴幼儿使用的位置。', x: 79, y: 760, size: 10 },
          ],
          rules: [[79, 745, 220, 745]],
        },
        page(lines.slice(4)),
      ]),
    );
    expect(texts(read)).toEqual([FIRST + SECOND]);
    expect(noise(read)).toEqual(['footnote ①托位指可供三岁以下婴幼儿使用的位置。']);
  });

  it('drops slanted watermarks', async () => {
    const read = await extractPdf(
      rawPdf([page(setLines(FIRST), [{ text: '内部资料请勿外传', x: 150, y: 500, size: 60, angle: 45 }])]),
    );
    expect(texts(read)).toEqual([FIRST]);
    expect(noise(read)).toEqual(['watermark 内部资料请勿外传']);
  });

  it('does not trust the title that the file gives itself', async () => {
    const read = await extractPdf(rawPdf([page(setLines(FIRST))], { title: '微软文档1' }));
    expect(JSON.stringify(read)).not.toContain('微软文档1');
  });

  it.each([90, 180, 270] as const)('reads a page that is turned by %i degrees', async (rotate) => {
    const read = await extractPdf(rawPdf([{ ...page(setLines(FIRST)), rotate }]));
    expect(texts(read)).toEqual([FIRST]);
  });

  it('uses the invisible text under a scan', async () => {
    const invisible = linesAt(setLines(FIRST)).map((one) => ({ ...one, mode: 3 as const }));
    expect(texts(await extractPdf(rawPdf([{ text: invisible }])))).toEqual([FIRST]);
  });
});

describe('columns and tables', () => {
  it('reads two columns one after the other', async () => {
    const left = [FIRST, SECOND].flatMap((text) => setLines(text, 14));
    const right = [SECOND, FIRST].flatMap((text) => setLines(text, 14));
    const read = await extractPdf(
      rawPdf([{ text: [...linesAt(left, 60, 120, 14, 22), ...linesAt(right, 320, 120, 14, 22)] }]),
    );
    expect(texts(read)).toEqual([FIRST, SECOND, SECOND, FIRST]);
  });

  const TABLE = [
    ['序号', '任务', '牵头单位'],
    ['1', '新增托位', '区卫健局'],
    ['2', '培训人员', '区人社局'],
  ];
  const cells = TABLE.flatMap((row, r) =>
    row.map((text, c) => ({ text, x: 90 + c * 150, y: 320 + r * 30, size: 14 })),
  );
  const edges = [0, 1, 2, 3];
  const grid = [
    ...edges.map((r) => [80, 300 + r * 30, 530, 300 + r * 30] as const),
    ...edges.map((c) => [80 + c * 150, 300, 80 + c * 150, 390] as const),
  ];

  it.each([
    ['with ruling lines', grid],
    ['by the alignment of its columns', []],
  ])('reads a table %s', async (_, rules) => {
    const read = await extractPdf(rawPdf([{ text: [...linesAt(setLines(FIRST)), ...cells], rules }]));
    expect(texts(read)).toEqual([FIRST, ...TABLE.map((row) => row.join('\t'))]);
    const rows = read.blocks.filter((block) => block.kind === 'row');
    expect(rows.map(({ text, cells: own }) => own!.map(({ start, end }) => text.slice(start, end)))).toEqual(
      TABLE,
    );
  });

  it('joins the lines of a cell', async () => {
    const wrapped = cells.filter((one) => one.text !== '培训人员');
    const read = await extractPdf(
      rawPdf([
        {
          text: [
            ...wrapped,
            { text: '培训托育', x: 240, y: 373, size: 10 },
            { text: '机构人员', x: 240, y: 386, size: 10 },
          ],
          rules: grid,
        },
      ]),
    );
    expect(texts(read)).toContain('2\t培训托育机构人员\t区人社局');
  });
});

describe('toNormalForm', () => {
  it('gives the word of simplified text for the radical that prints it', () => {
    expect(toNormalForm('⼾籍')).toBe('户籍');
  });
});

describe('files that cannot be read', () => {
  const code = async (bytes: Uint8Array): Promise<string> =>
    extractPdf(bytes).then(
      () => 'read',
      (error: unknown) => {
        expect(error).toBeInstanceOf(ExtractError);
        return (error as ExtractError).code;
      },
    );
  const good = rawPdf([page(setLines(FIRST))]);

  it('tells a scan', async () => {
    expect(await code(rawPdf([{ text: [] }, { text: [] }]))).toBe('no-text-layer');
  });

  it('tells a text layer of glyph numbers', async () => {
    // What fonts without ToUnicode give: letters of scripts that nobody meant.
    const glyphs = FIRST.replace(/./gu, (sign) => String.fromCharCode(0x250 + (sign.charCodeAt(0) % 0x400)));
    expect(await code(rawPdf([page(setLines(glyphs))], { withoutUnicode: true }))).toBe('text-garbled');
  });

  it('tells what is damaged', async () => {
    expect(await code(Buffer.from('no pdf at all'))).toBe('pdf-damaged');
    expect(await code(Buffer.from('%PDF-1.7\nnothing more'))).toBe('pdf-damaged');
  });

  it('reads a file whose table of objects is lost', async () => {
    const text = Buffer.from(good)
      .toString('latin1')
      .replace(/startxref\s+\d+/, 'startxref\n1');
    expect(await code(Buffer.from(text, 'latin1'))).toBe('read');
  });

  it('names pages without text among pages with text', async () => {
    const read = await extractPdf(rawPdf([page(setLines(FIRST)), { text: [] }]));
    expect(read.diagnostics.map((one) => one.code)).toEqual(['page-no-text']);
    expect(read.diagnostics[0]!.message).toContain('第 2 页');
  });

  it('keeps an unreadable file in the list, with its reason in Chinese', async () => {
    const { file } = await parseFile(rawPdf([{ text: [] }]), '扫描.pdf');
    expect(file.state).toBe('unreadable');
    expect(file.diagnostics[0]!.message).toContain('无文字层，需先 OCR');
  });

  it('reads what pdf-lib writes, with object streams', async () => {
    const document = await PDFDocument.load(good);
    expect(texts(await extractPdf(await document.save({ useObjectStreams: true })))).toEqual([FIRST]);
  });
});
