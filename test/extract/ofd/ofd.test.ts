/** OFD as converters write it: lines, pages, templates, tables, matrices; and files that cannot be read. */
import { strFromU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { ExtractError } from '../../../src/extract/extract-error.js';
import { extractSync } from '../../../src/extract/extract.js';
import type { Extracted } from '../../../src/extract/extracted.js';
import { deltasOf } from '../../../src/extract/ofd/stretches.js';
import { parseFile } from '../../../src/parse/parse-file.js';
import { setLines } from '../pdf/raw-pdf.js';
import {
  IMAGE,
  LEFT,
  lines,
  ofd,
  ofdParts,
  PITCH,
  rule,
  SIZE,
  tag,
  text,
  TOP,
  type OfdPage,
} from './ofd-file.js';

const FIRST =
  '一、各街道办事处、区直各部门要把托育服务纳入民生实事，明确专人负责，按月调度进度，确保年底前新增托位三百个，并向社会公开。';
const SECOND =
  '二、区卫生健康局牵头建立联席会议制度，每季度召开一次会议，研究解决用地、消防、资金等方面的困难和问题，重大事项报区政府审定。';
const THIRD = '三、对工作不力的单位予以通报。';
const POINTS = 72 / 25.4;

const read = (...pages: readonly OfdPage[]): Extracted => extractSync(ofd({ pages }), 'a.ofd');
const texts = ({ blocks }: Pick<Extracted, 'blocks'>): string[] => blocks.map((block) => block.text.trim());
const noise = ({ noise: found, source }: Extracted): string[] =>
  found.map(({ span, reason }) => `${reason} ${source.slice(span.start, span.end)}`);

describe('a notice over two pages', () => {
  const all = [FIRST, SECOND, THIRD].flatMap((one) => setLines(one));
  const title = (size = 7.76): string =>
    text('某某区人民政府办公室', 105 - 5 * size, TOP, { size }) +
    text('关于印发托育服务方案的通知', 105 - 6.5 * size, TOP + 12, { size });
  const pages = [
    { content: title() + lines(all.slice(0, 4), TOP + 30) + text('— 1 —', 95, 285) },
    { content: lines(all.slice(4)) + text('— 2 —', 95, 285) },
  ];

  it('is read as its paragraphs: title over two lines, sentences over the break, page numbers aside', () => {
    const found = read(...pages);
    expect(found.mediaType).toBe('application/ofd');
    expect(texts(found)).toEqual(['某某区人民政府办公室关于印发托育服务方案的通知', FIRST, SECOND, THIRD]);
    expect(noise(found).map((one) => one.replace(/\s/g, ''))).toEqual(['page-number—1—', 'page-number—2—']);
  });

  it('gives clauses, and the place of each line on its page in points', async () => {
    const { file, documents, source } = await parseFile(ofd({ pages }), '通知.ofd');
    expect(file.state).toBe('read');
    const [document] = documents;
    expect(document!.metadata.title).toBe('某某区人民政府办公室关于印发托育服务方案的通知');
    expect(document!.clauses.map(({ span }) => document!.text.slice(span.start, span.end))).toEqual([
      FIRST,
      SECOND,
      THIRD,
    ]);
    const places = extractSync(ofd({ pages }), 'a.ofd').places!;
    const last = places.find(({ start, end }) => source.slice(start, end) === THIRD)!;
    expect(last.page).toBe(2);
    const row = all.length - 1 - 4;
    const [left, top, right, bottom] = last.box.map((edge) => edge / POINTS);
    expect(left).toBeCloseTo(LEFT + 2 * SIZE, 1);
    expect(right).toBeCloseTo(LEFT + (2 + THIRD.length) * SIZE, 1);
    expect(top).toBeLessThan(TOP + row * PITCH);
    expect(bottom! - top!).toBeCloseTo(SIZE, 1);
  });
});

describe('text', () => {
  const own = (content: string): string[] => texts(read({ content }));

  it('is spaced by DeltaX: "g n v" is n times v', () => {
    expect(deltasOf('g 3 4.5 5 g 2 6', 9)).toEqual([4.5, 4.5, 4.5, 5, 6, 6, 6, 6, 6]);
    expect(deltasOf('g 4000000000 5', 2)).toEqual([5, 5]);
    expect(deltasOf(' ', 2)).toBeNull();
    const code = `DeltaX="g 2 ${SIZE} ${SIZE * 2} g 4 ${SIZE} ${SIZE}"`;
    expect(own(text('第一条为规范管理，制定', LEFT, TOP, { code }))).toEqual(['第一条　为规范管理，制定']);
  });

  it('is scaled and shifted by its CTM', () => {
    const object = 'CTM="5.644 0 0 5.644 10 2"';
    const found = read({ content: text('制定本办法，自发布之日起施行。', LEFT, TOP, { size: 1, object }) });
    expect(texts(found)).toEqual(['制定本办法，自发布之日起施行。']);
    const [left, top, right, bottom] = found.places![0]!.box.map((edge) => edge / POINTS);
    expect(right! - left!).toBeCloseTo(15 * 5.644, 1);
    expect(bottom! - top!).toBeCloseTo(5.644, 1);
    expect(left).toBeCloseTo(LEFT + 10, 1);
    // The base line: corner of the boundary, then the CTM's shift and the scaled Y.
    expect(top).toBeCloseTo(TOP - 1 + 2 + 5.644 - 0.88 * 5.644, 1);
  });

  it('keeps blanks between words and figures of Latin letters, and no others', () => {
    const deltas = [0.6, 0.6, 0.5, 0.5, 0.3, 0.5, 0.5, 1, 1, 1, 1, 1, 0.6, 0.6, 0.25, 0.6, 0.6, 0.6];
    const code = `DeltaX="${deltas.map((part) => (part * SIZE).toFixed(3)).join(' ')}"`;
    expect(own(text('Word 97版本的文件的OK no way', LEFT, TOP, { code }))).toEqual([
      'Word 97版本的文件的OK no way',
    ]);
  });

  it('written letter by letter, or without distances, is the same text', () => {
    const single = [...FIRST.slice(0, 20)]
      .map((letter, i) => text(letter, LEFT + i * SIZE, TOP, { code: '' }))
      .join('');
    expect(own(single)).toEqual([FIRST.slice(0, 20)]);
    expect(own(text(FIRST.slice(0, 20), LEFT, TOP, { code: '' }))).toEqual([FIRST.slice(0, 20)]);
  });

  it('of a page that is turned is read the way it runs', () => {
    const turned = [FIRST, SECOND]
      .flatMap((one) => setLines(one))
      .map((line, i) => {
        const start = line.length - line.trimStart().length;
        const object = 'CTM="0 1 -1 0 0 0"';
        return text(line.trim(), 170 - i * PITCH, LEFT + start * SIZE + SIZE, { object });
      })
      .join('');
    expect(own(turned)).toEqual([FIRST, SECOND]);
    const directions = text('自发布之日起施行，有效期五年。', 100, TOP, {
      object: 'ReadDirection="90" CharDirection="90"',
      code: `DeltaY="g 14 ${SIZE}"`,
    });
    expect(own(directions)).toEqual(['自发布之日起施行，有效期五年。']);
  });

  it('that is hidden, slanted or a clip is not the text', () => {
    const clip = `<ofd:Clips><ofd:Clip><ofd:Area>${text('裁剪', LEFT, TOP)}</ofd:Area></ofd:Clip></ofd:Clips>`;
    const found = read({
      content:
        lines(setLines(FIRST)) +
        text('草稿', LEFT, 200, { object: 'Visible="false"' }) +
        text('内部资料', 60, 200, { size: 20, object: 'CTM="0.707 -0.707 0.707 0.707 0 0"' }) +
        `<ofd:PathObject ID="1" Boundary="0 0 9 9">${clip}<ofd:AbbreviatedData>M 0 0 L 9 9</ofd:AbbreviatedData></ofd:PathObject>`,
    });
    expect(texts(found)).toEqual([FIRST]);
    expect(noise(found)).toEqual(['watermark 内部资料']);
  });
});

describe('parts of the archive', () => {
  it('a template prints its head on every page', () => {
    const all = [FIRST, SECOND, SECOND, FIRST].flatMap((one) => setLines(one));
    const pages = [0, 1].map((n) => ({ content: lines(all.slice(n * 6, n * 6 + 6)), template: true }));
    const found = extractSync(ofd({ pages, template: text('某某区人民政府公报', 80, 20) }), 'a.ofd');
    expect(texts(found)).toEqual([FIRST, SECOND, SECOND, FIRST]);
    expect(noise(found)).toEqual(['running-head 某某区人民政府公报', 'running-head 某某区人民政府公报']);
  });

  it('several documents follow one another', () => {
    const found = extractSync(
      ofd(
        { pages: [{ content: lines(setLines(FIRST)) }] },
        { pages: [{ content: lines(setLines(SECOND)) }] },
      ),
      'a.ofd',
    );
    expect(texts(found)).toEqual([FIRST, SECOND]);
    expect(found.places!.map(({ page }) => page)).toEqual([1, 1, 1, 2, 2, 2]);
  });

  it('a drawing of the resources is printed where the page calls for it', () => {
    const unit = `<ofd:CompositeGraphicUnits><ofd:CompositeGraphicUnit ID="4" Width="210" Height="297">${tag('Content', lines(setLines(FIRST)))}</ofd:CompositeGraphicUnit></ofd:CompositeGraphicUnits>`;
    const call = '<ofd:CompositeObject ID="6" Boundary="5 7 200 200" ResourceID="4"/>';
    const found = extractSync(ofd({ pages: [{ content: call }], resources: unit }), 'a.ofd');
    expect(texts(found)).toEqual([FIRST]);
    expect(found.places![0]!.box[0] / POINTS).toBeCloseTo(LEFT + 5 + 2 * SIZE, 1);
  });

  it('paths may be counted from the root, and the box of a page is its own', () => {
    const page = { content: text('自发布之日起施行，有效期五年。', LEFT, 400), physicalBox: '0 0 297 420' };
    const parts = ofdParts([{ pages: [page] }]);
    const rooted = Buffer.from(parts['Doc_0/Document.xml']!).toString().replace('"Pages/', '"/Doc_0/Pages/');
    expect(
      texts(extractSync(zipSync({ ...parts, 'Doc_0/Document.xml': Buffer.from(rooted) }), 'a.ofd')),
    ).toEqual(['自发布之日起施行，有效期五年。']);
    expect(
      texts(
        extractSync(
          zipSync({ ...parts, 'Doc_0/Document.xml': Buffer.from(rooted.replace('"/Doc_0', '"Doc_0')) }),
          'a.ofd',
        ),
      ),
    ).toEqual(['自发布之日起施行，有效期五年。']);
  });

  it('is known by what is in it, whatever its name says', () => {
    const bytes = ofd({ pages: [{ content: lines(setLines(FIRST)) }] });
    for (const name of ['a.docx', 'a.txt', 'a.html'])
      expect(texts(extractSync(bytes, name))).toEqual([FIRST]);
  });
});

describe('tables', () => {
  const TABLE = [
    ['序号', '任务', '牵头单位'],
    ['1', '新增托位', '区卫健局'],
    ['2', '培训人员', '区人社局'],
  ];
  const cells = TABLE.flatMap((row, r) =>
    row.map((one, c) => text(one, 32 + c * 50, 113 + r * 10, { size: 4.9 })),
  );
  const edges = [0, 1, 2, 3];
  const strokes = [
    ...edges.map((r) => rule(30, 106 + r * 10, 180, 106 + r * 10)),
    ...edges.map((c) => rule(30 + c * 50, 106, 30 + c * 50, 136)),
  ].join('');
  const bars = strokes.replace(/LineWidth="0.2"/g, 'Stroke="false" Fill="true"');
  const boxes = TABLE.flatMap((row, r) =>
    row.map(
      (_, c) =>
        `<ofd:PathObject ID="8" Boundary="${30 + c * 50} ${106 + r * 10} 50 10"><ofd:AbbreviatedData>M 0 0 L 50 0 L 50 10 L 0 10 C</ofd:AbbreviatedData></ofd:PathObject>`,
    ),
  ).join('');

  it.each([
    ['strokes', strokes],
    ['bars', bars],
    ['boxes', boxes],
  ])('are read by their ruling lines: %s', (_, drawn) => {
    const found = read({ content: lines(setLines(FIRST)) + cells.join('') + drawn });
    expect(texts(found)).toEqual([FIRST, ...TABLE.map((row) => row.join('\t'))]);
    const rows = found.blocks.filter((block) => block.kind === 'row');
    expect(rows.map((row) => row.cells!.map(({ start, end }) => row.text.slice(start, end)))).toEqual(TABLE);
  });
});

describe('files that an OFD carries', () => {
  const page = { content: lines(setLines(FIRST)) };
  const named = '<ofd:Attachments>Attachs/Attachments.xml</ofd:Attachments></ofd:Document>';
  const whole = strFromU8(ofdParts([{ pages: [page] }])['Doc_0/Document.xml']!);
  const carrying = (list: string | null): Extracted =>
    extractSync(
      ofd({
        pages: [page],
        parts: {
          'Doc_0/Document.xml': whole.replace('</ofd:Document>', named),
          'Doc_0/Attachs/Attachments.xml': list,
        },
      }),
      'a.ofd',
    );
  const open = '<ofd:Attachments xmlns:ofd="http://www.ofdspec.org/2016">';

  it('are named as not read', () => {
    const attachment =
      '<ofd:Attachment ID="1" Name="任务分解表" Format="xlsx"><ofd:FileLoc>a.xlsx</ofd:FileLoc></ofd:Attachment>';
    const { diagnostics, blocks } = carrying(`${open}${attachment}</ofd:Attachments>`);
    expect(diagnostics).toMatchObject([{ code: 'attachment-unread' }]);
    expect(diagnostics[0]!.message).toContain('“任务分解表”');
    expect(texts({ blocks })).toEqual([FIRST]);
  });

  it.each([null, open, `${open}</ofd:Attachments>`])(
    'a list that says nothing changes nothing: %j',
    (list) => {
      expect(texts(carrying(list))).toEqual([FIRST]);
      expect(carrying(list).diagnostics).toEqual([]);
    },
  );
});

describe('files that cannot be read', () => {
  const code = (bytes: Uint8Array): string => {
    try {
      extractSync(bytes, 'a.ofd');
    } catch (error) {
      if (error instanceof ExtractError) return error.code;
      throw error;
    }
    return 'read';
  };
  const page = { content: lines(setLines(FIRST)) };

  it('a scan is told as that of a PDF is', async () => {
    const { file } = await parseFile(ofd({ pages: [{ content: IMAGE }, { content: IMAGE }] }), '扫描.ofd');
    expect(file.state).toBe('unreadable');
    expect(file.diagnostics[0]).toMatchObject({ code: 'no-text-layer' });
    expect(file.diagnostics[0]!.message).toContain('无文字层，需先 OCR');
  });

  it('a page that is scanned among others is named', () => {
    expect(read(page, { content: IMAGE }).diagnostics).toMatchObject([{ code: 'page-no-text' }]);
  });

  it.each([
    ['file-encrypted', { pages: [page], parts: { 'Encryptions.xml': '<Encryptions/>' } }],
    ['document-broken', { pages: [page], parts: { 'Doc_0/Pages/Page_0/Content.xml': null } }],
    ['document-broken', { pages: [page], parts: { 'Doc_0/Document.xml': null } }],
    ['document-broken', { pages: [page], parts: { 'Doc_0/Document.xml': '<Document><Pages>' } }],
    ['file-empty', { pages: [{ content: '' }] }],
    ['file-empty', { pages: [] }],
    ['text-garbled', { pages: [{ content: lines(setLines(FIRST.replace(/./gu, '¤'))) }] }],
  ])('%s', (expected, parts) => {
    expect(code(ofd(parts))).toBe(expected);
  });

  it('drawings inside of themselves end', () => {
    const call = '<ofd:CompositeObject ID="6" Boundary="0 0 9 9" ResourceID="4"/>';
    const resources = `<ofd:CompositeGraphicUnit ID="4">${call.repeat(40)}</ofd:CompositeGraphicUnit>`;
    expect(code(ofd({ pages: [{ content: call }], resources }))).toBe('document-too-large');
    const one = `<ofd:CompositeGraphicUnit ID="4">${call}</ofd:CompositeGraphicUnit>`;
    expect(code(ofd({ pages: [{ content: call + page.content }], resources: one }))).toBe('read');
  });
});
