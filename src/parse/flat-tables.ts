/** Tables that copying from a page or a PDF took apart: one cell per line. Put together again to rows, by their column heads. */
import { shiftMap, type Line } from './line.js';
import { readMarker } from './markers.js';

/** The column heads of 责任分工表 and the like. */
const HEAD =
  /^(?:序号|(?:重点|主要|工作|具体|改革|整治|目标)?(?:任务|内容|事项|举措|措施|目标|要求|项目)(?:名称|内容|清单|分解)?|(?:牵头|责任|配合|协同|协助|主管|参与|实施|主办|协办|建设)(?:单位|部门|领导|主体|科室|处室|股室|人)|(?:完成|办结)(?:时限|时间|期限)|时间(?:节点|要求|安排|进度)?|时限|进度(?:安排|要求)?|备注|联系(?:人|电话|方式)|单位|数量|类别|类型|分类|领域|指标(?:名称)?|(?:建设)?(?:地点|规模|性质|内容)|属性)(?:[（(][^（()）]{1,8}[）)])?$/;
const FEWEST_HEADS = 3;
/** A cell longer than this, or one that reads like a paragraph of the text, ends the table. */
const LONGEST_CELL = 160;
/** Lines that one row may take where rows are numbered: a cell may hold several paragraphs. */
const LONGEST_ROW = 40;

export function joinFlatTables(lines: readonly Line[]): readonly Line[] {
  const result: Line[] = [];
  let found = false;
  for (let i = 0; i < lines.length;) {
    const heads = countHeads(lines, i);
    const rows =
      heads < FEWEST_HEADS
        ? []
        : compact(lines[i]!) === '序号'
          ? numberedRows(lines, i + heads, heads)
          : evenRows(lines, i + heads, heads);
    if (rows.length < 2) {
      result.push(lines[i++]!);
      continue;
    }
    found = true;
    result.push(joinCells(lines.slice(i, i + heads)));
    for (const [start, end] of rows) result.push(joinCells(lines.slice(start, end)));
    i = rows.at(-1)![1];
  }
  return found ? result : lines;
}

function compact(line: Line): string {
  return line.text.replace(/\s/g, '');
}

function countHeads(lines: readonly Line[], at: number): number {
  let end = at;
  while (end < lines.length && lines[end]!.kind === 'text' && HEAD.test(compact(lines[end]!))) end++;
  return end - at;
}

type Row = readonly [number, number];

/** Rows that open with 1, 2, 3 … on lines of their own; the last takes as many lines as there are columns. */
function numberedRows(lines: readonly Line[], from: number, columns: number): Row[] {
  const rows: Row[] = [];
  let start = from;
  for (let number = 1; isNumber(lines[start], number); number++) {
    let next = start + 1;
    while (next < lines.length && next - start < LONGEST_ROW && isCell(lines[next]!)) {
      if (isNumber(lines[next], number + 1)) break;
      next++;
    }
    const goesOn = isNumber(lines[next], number + 1);
    rows.push([start, goesOn ? next : Math.min(next, start + columns)]);
    if (!goesOn) break;
    start = next;
  }
  return rows;
}

function isNumber(line: Line | undefined, number: number): boolean {
  return line !== undefined && line.kind === 'text' && compact(line) === String(number);
}

/** Rows without numbers: as many short lines as there are columns, again and again, to the end of the run. */
function evenRows(lines: readonly Line[], from: number, columns: number): Row[] {
  let end = from;
  while (end < lines.length && isCell(lines[end]!) && readMarker(lines[end]!.text) === null) end++;
  if ((end - from) % columns !== 0) return [];
  const rows: Row[] = [];
  for (let start = from; start < end; start += columns) rows.push([start, start + columns]);
  return rows;
}

function isCell(line: Line): boolean {
  const form = readMarker(line.text)?.form;
  return (
    line.kind === 'text' &&
    line.text.length <= LONGEST_CELL &&
    form !== 'annex' &&
    form !== 'section' &&
    form !== 'chapter' &&
    form !== 'article'
  );
}

/** Cells of one row as one line, parted by tabs as a table that was copied whole has them. */
function joinCells(lines: readonly Line[]): Line {
  const cells: { start: number; end: number }[] = [];
  const map: Line['map'][number][] = [];
  let text = '';
  lines.forEach((line, i) => {
    if (i > 0) text += '\t';
    map.push(...shiftMap(line.map, text.length));
    cells.push({ start: text.length, end: text.length + line.text.length });
    text += line.text;
  });
  return { ...lines[0]!, text, map, cells, kind: 'row' };
}
