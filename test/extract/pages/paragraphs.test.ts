/** Pages without the layout of GB/T 9704: no indents, no centred title, one size of type. */
import { describe, expect, it } from 'vitest';
import { compose } from '../../../src/extract/pages/compose.js';
import type { PrintedPage, Run } from '../../../src/extract/pages/printed-page.js';

const SIZE = 12;
const PITCH = 18;
const LEFT = 57;
/** Characters of a full line: A4 with margins of 20 mm. */
const FULL = 40;

interface Set {
  readonly x?: number;
  readonly bold?: boolean;
  readonly size?: number;
  /** White above, in lines. */
  readonly above?: number;
}
/** Cells of one line as [text, x]. */
type Line = string | readonly [string, Set] | readonly (readonly [string, number])[];

function page(lines: readonly Line[]): PrintedPage {
  let y = 57;
  const runs = lines.flatMap((line): Run[] => {
    const isCells = Array.isArray(line[0]);
    const {
      bold = false,
      size = SIZE,
      above = 0,
      x = LEFT,
    }: Set = typeof line === 'string' || isCells ? {} : (line[1] as Set);
    const cells = isCells
      ? (line as readonly (readonly [string, number])[])
      : ([[typeof line === 'string' ? line : (line[0] as string), x]] as const);
    y += above * PITCH;
    const made = cells.map(([text, left]): Run => ({
      text,
      box: [left, y, left + text.length * size, y + size],
      size,
      bold,
      oblique: false,
    }));
    y += PITCH;
    return made;
  });
  return { number: 1, width: 595, height: 842, runs, rules: [], toShown: (box) => box };
}

const read = (...lines: readonly Line[]): string[] =>
  compose([page(lines)]).blocks.map(({ text }) => text.trim());

/** A paragraph as its lines. */
function wrapped(text: string): string[] {
  return text.match(new RegExp(`.{1,${FULL}}`, 'gu')) ?? [];
}

const LONG =
  '各镇人民政府、区直各部门要把托育服务纳入民生实事，明确专人负责，按月调度进度，确保年底前新增托位三百个，并向社会公开办理的结果，接受监督';

describe('without indents', () => {
  it('keeps the title and every paragraph apart where no line is full', () => {
    const lines = [
      '某县小杂粮种植奖补办法',
      '第一条 为鼓励种植小杂粮，制定本办法。',
      '第二条 连片种植二十亩以上的，每亩奖补八十元。',
      '某县农业农村局',
      '2022年4月12日',
    ];
    expect(read(...lines)).toEqual(lines);
  });

  it('joins full lines, and parts them where the next number opens a line though the stop was lost', () => {
    const first = `（一）${LONG}，确保思想统一、责任落实、措施到位、投入到位，做到`.slice(0, 2 * FULL);
    expect(first).toHaveLength(2 * FULL);
    expect(read('托育服务实施方案', ...wrapped(first), ...wrapped(`（二）${LONG}。`))).toEqual([
      '托育服务实施方案',
      first,
      `（二）${LONG}。`,
    ]);
    // Counted up inside of a sentence.
    const counting = `${LONG}，按照本办法第一条、`.slice(-2 * FULL);
    expect(
      read(...wrapped(`第一条${counting}`.slice(0, 2 * FULL - 1) + '、'), '第二条规定办理。'),
    ).toHaveLength(1);
  });

  it('parts a decimal number, a caption and a bold heading of a full line from what stands beside them', () => {
    const sentence = `${LONG}并且。`.slice(-FULL);
    expect(read(sentence, '3 应急响应', sentence, '表1主要指标')).toEqual([
      sentence,
      '3 应急响应',
      sentence,
      '表1主要指标',
    ]);
    const heading = '某某市人民政府关于全面推进义务教育优质均衡发展和城乡一体化的若干具体实施意见方案';
    expect(heading).toHaveLength(FULL);
    expect(read([heading, { bold: true }], ...wrapped(`${LONG}。`))).toEqual([heading, `${LONG}。`]);
    expect(read(heading.slice(0, FULL), ...wrapped(`${LONG}。`))).toHaveLength(1);
  });
});

describe('centred', () => {
  it('joins the note of a statute over its lines, by its bracket', () => {
    const note = ['（2019年10月31日三亚市第七届人民代表大会常务委员会第二十七次', '会议通过）'];
    const centred = note.map((text): Line => [text, { x: (595 - text.length * SIZE) / 2 }]);
    expect(read(...centred, '第一条 为了保护河道，制定本条例。', ...wrapped(`${LONG}。`))[0]).toBe(
      note.join(''),
    );
  });

  it('joins the last letter of a title to its line', () => {
    const title = '关于加强草原湿地保护巡护工作的通';
    const line: Line = [title, { size: 22, bold: true, x: (595 - title.length * 22) / 2 }];
    const rest: Line = ['知', { size: 22, bold: true, x: 595 / 2 - 11, above: 0.7 }];
    expect(read(line, rest, ['各镇人民政府：', { above: 1 }], ...wrapped(`${LONG}。`))[0]).toBe(`${title}知`);
  });
});

describe('below a table without ruling lines', () => {
  const row = (...cells: readonly string[]): Line =>
    cells.map((text, i): [string, number] => [text, 60 + i * 170]);
  const table = [
    row('项目名称', '责任单位', '完成时限'),
    row('新建停车泊位', '区住建局', '十月底前'),
    row('改造危旧房屋', '各乡镇', '十一月底前'),
  ];
  const rows = (blocks: readonly string[]): string[] => blocks.filter((text) => text.includes('\t'));

  it('is the signature, set off by white or told by its date', () => {
    for (const above of [0, 2]) {
      const blocks = read(...table, ['某区人民政府', { x: 400, above }], ['2023年5月6日', { x: 400 }]);
      expect(blocks.slice(-2)).toEqual(['某区人民政府', '2023年5月6日']);
      expect(rows(blocks)).toHaveLength(3);
    }
  });

  it('the rest of a cell is none', () => {
    const blocks = read(...table, ['并通过验收', { x: 400 }]);
    expect(blocks.at(-1)).toBe('改造危旧房屋\t各乡镇\t十一月底前并通过验收');
  });
});
