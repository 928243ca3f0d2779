/** Word, OFD and PDF files cut short, altered byte by byte or tag by tag, and bytes that are nothing: a reason or a sound text, no crash. */
import fc from 'fast-check';
import { strFromU8, strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { EXTRACT_ERROR_CODES, ExtractError } from '../../src/extract/extract-error.js';
import { extract } from '../../src/extract/extract.js';
import { parseFile } from '../../src/parse/parse-file.js';
import { expectSound } from '../parse/accounted.js';
import { abstractList, docxParts, inList, level, list, paragraph, run } from './docx/docx-file.js';
import { IMAGE, lines, ofdParts, rule, text } from './ofd/ofd-file.js';
import { linesAt, rawPdf, setLines } from './pdf/raw-pdf.js';

const LINES = [
  '一、总体要求',
  '各单位要加强组织领导，落实“各项”责任。',
  '（一）加强领导。按期完成任务，责任到人。',
];

const row = (...cells: string[]): string =>
  `<w:tr>${cells.map((cell) => `<w:tc>${paragraph(run(cell))}</w:tc>`).join('')}</w:tr>`;
const DOCX = docxParts({
  body:
    LINES.map((line) => paragraph(run(line), inList(1))).join('') +
    `<w:tbl>${row('序号', '任务')}${row('1', '新增托位')}</w:tbl>` +
    paragraph(
      `${run('重点')}<w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:fldChar w:fldCharType="begin"/></w:r>`,
    ),
  numbering: abstractList(0, level(0, 'chineseCounting', '%1、')) + list(1, 0),
  styles: '<w:style w:type="paragraph" w:styleId="a"><w:basedOn w:val="a"/></w:style>',
  footnotes: `<w:footnote w:id="2">${paragraph(run('指主城区。'))}</w:footnote>`,
});
const OFD = ofdParts([
  {
    pages: [
      { content: lines(LINES) + text('— 1 —', 95, 285) + IMAGE, template: true },
      { content: lines(LINES) + rule(30, 100, 180, 100) + rule(30, 100, 30, 120), template: true },
    ],
    template: text('某某区人民政府公报', 80, 20),
    resources: `<ofd:CompositeGraphicUnit ID="4">${text('图', 9, 9)}</ofd:CompositeGraphicUnit>`,
  },
]);
const PDF = rawPdf([
  { text: linesAt(LINES.flatMap((line) => setLines(line))), rules: [[80, 300, 500, 300]] },
  { text: linesAt(LINES) },
]);

const PIECES = [
  '<w:p>',
  '</w:p>',
  '<w:tbl>',
  '</w:tc>',
  '<w:txbxContent>',
  '<w:fldChar w:fldCharType="end"/>',
  '<w:numId w:val="99999999999999999999"/>',
  '<w:ilvl w:val="-1"/>',
  '<w:gridSpan w:val="1000000000"/>',
  '<w:vMerge/>',
  '<mc:Fallback>',
  '<ofd:TextCode X="a" DeltaX="g 9999999999 5">甲</ofd:TextCode>',
  '<ofd:TextObject Size="1e308" CTM="1e308 1e308 1 1 1 1">',
  '<ofd:CompositeObject ResourceID="4" CTM="0 0 0 0 0 0"/>',
  '<ofd:AbbreviatedData>M A B 1 2 C L NaN</ofd:AbbreviatedData>',
  '<ofd:Page BaseLoc="../../../OFD.xml"/>',
  '<ofd:PhysicalBox>-1 0 1e9 NaN</ofd:PhysicalBox>',
  'BaseLoc="',
  '&#0;',
  '&x;',
  '<![CDATA[',
  '<!DOCTYPE a>',
  '<',
  '"',
  '\u0000',
  '𠮷',
  '　',
  '99',
  '-',
  '',
] as const;

const VALUES = [
  '',
  '0',
  '-1',
  '7',
  '99999999999999999999',
  'NaN',
  '1e308',
  '0 0 0 0 0 0',
  '1 0 0 1 0 0',
  '-5 -5 1e9 1e9',
  'g 9999999999 5',
  'g',
  '1 2 g 3',
  'M 1 1 L 9e9 9e9 C B 1',
  'true',
  'false',
  '90',
  '../../../OFD.xml',
  'Pages/Page_0/Content.xml',
  '一、总体要求',
  '　第一条',
  '𠮷&#x10FFFF;',
] as const;

const share = fc.double({ min: 0, max: 1, noNaN: true });
const bytesChanged = fc.record({
  keep: fc.oneof(fc.constant(1), share),
  changes: fc.array(fc.tuple(share, fc.integer({ min: 0, max: 255 })), { maxLength: 12 }),
});

/** True when the file was read. */
async function expectReasonOrText(bytes: Uint8Array, path: string): Promise<boolean> {
  const parsed = await parseFile(bytes, path);
  const isRead = parsed.file.state === 'read';
  if (isRead) expectSound(parsed, parsed.source);
  else {
    const [{ code, message } = { code: 'none', message: '' }] = parsed.file.diagnostics;
    expect(EXTRACT_ERROR_CODES, message).toContain(code);
  }
  return isRead;
}

function changed(
  file: Uint8Array,
  { keep, changes }: typeof bytesChanged extends fc.Arbitrary<infer T> ? T : never,
): Uint8Array {
  const bytes = Uint8Array.from(file.subarray(0, Math.ceil(keep * file.length)));
  for (const [where, value] of changes) bytes[Math.floor(where * bytes.length)] = value;
  return bytes;
}

describe.each([
  ['a.docx', DOCX],
  ['a.ofd', OFD],
])('%s', (path, parts) => {
  it('cut short or with bytes changed', async () => {
    const file = zipSync(parts);
    await fc.assert(
      fc.asyncProperty(bytesChanged, async (change) => {
        await expectReasonOrText(changed(file, change), path);
      }),
      { numRuns: 300 },
    );
  });

  it('with parts of its XML cut out, doubled or written over', async () => {
    const names = Object.keys(parts);
    const edit = fc.record({
      part: fc.constantFrom(...names),
      from: share,
      length: fc.integer({ min: 0, max: 300 }),
      piece: fc.oneof(
        fc.constantFrom(...PIECES).map((piece) => strToU8(piece)),
        fc.uint8Array({ maxLength: 5 }),
      ),
      tags: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 4 }), async (edits) => {
        const own = { ...parts };
        for (const { part, from, length, piece, tags } of edits) {
          const xml = Buffer.from(own[part]!);
          const near = Math.floor(from * xml.length);
          // Between two tags what comes out is often well formed.
          const at = tags ? Math.max(xml.indexOf('<', near), 0) : near;
          own[part] = Buffer.concat([xml.subarray(0, at), piece, xml.subarray(tags ? at : at + length)]);
        }
        await expectReasonOrText(zipSync(own, { level: 0 }), path);
      }),
      { numRuns: 500 },
    );
  });

  it('with odd values', async () => {
    // Those that only say where the others are would mostly end in a part that is not there.
    const names = Object.keys(parts).filter((name) => !/\.rels$|Types|OFD\.xml|Document\.xml/.test(name));
    const where = fc.nat().map((n) => (n % 1009) / 1009);
    const edit = fc.tuple(fc.constantFrom(...names), where, fc.constantFrom(...VALUES));
    let read = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 12 }), async (edits) => {
        const own = { ...parts };
        for (const [part, place, value] of edits) {
          const xml = strFromU8(own[part]!);
          // What stands between quotes in a tag, or between two tags.
          const found = [...xml.matchAll(/(?<=<[^?>]*=")[^"]*(?=")|(?<=>)[^<>]*[^<>\s][^<>]*(?=<)/g)];
          const { 0: old, index } = found[Math.floor(place * found.length)]!;
          own[part] = strToU8(xml.slice(0, index) + value + xml.slice(index + old.length));
        }
        if (await expectReasonOrText(zipSync(own, { level: 0 }), path)) read++;
      }),
      { numRuns: 300 },
    );
    expect(read).toBeGreaterThan(200);
  });

  it('with a part missing, empty or of random bytes', async () => {
    const content = fc.option(fc.uint8Array({ maxLength: 200 }));
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...Object.keys(parts)), content, async (name, bytes) => {
        const own = Object.entries(parts).flatMap(([part, old]): [string, Uint8Array][] =>
          part !== name ? [[part, old]] : bytes === null ? [] : [[part, bytes]],
        );
        await expectReasonOrText(zipSync(Object.fromEntries(own)), path);
      }),
      { numRuns: 200 },
    );
  });
});

describe('a.pdf', () => {
  it('cut short or with bytes changed', async () => {
    await fc.assert(
      fc.asyncProperty(bytesChanged, async (change) => {
        await expectReasonOrText(changed(PDF, change), 'a.pdf');
      }),
      { numRuns: 40 },
    );
  });
});

describe('bytes that are nothing', () => {
  const HEADS = [
    '',
    'PK\u0003\u0004',
    'PK\u0005\u0006',
    '%PDF-1.7\n',
    '{\\rtf1',
    '<?xml version="1.0"?><w:wordDocument>',
    '\u00d0\u00cf\u0011\u00e0\u00a1\u00b1\u001a\u00e1',
  ];
  it.each(['txt', 'html', 'docx', 'doc', 'ofd', 'pdf'])('as .%s', async (extension) => {
    const file = fc.tuple(fc.constantFrom(...HEADS), fc.uint8Array({ maxLength: 500 }));
    await fc.assert(
      fc.asyncProperty(file, async ([head, bytes]) => {
        const found = await extract(
          Buffer.concat([Buffer.from(head, 'latin1'), bytes]),
          `a.${extension}`,
        ).catch((error: unknown) => error);
        if (found instanceof Error) expect(found).toBeInstanceOf(ExtractError);
      }),
      { numRuns: 40 },
    );
  });
});
