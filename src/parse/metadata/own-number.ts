/** The document's own 发文字号, told from the numbers of the documents that it cites. */
import { findNumbers, findOrders, type NumberMatch } from './document-number.js';
import { adoptionNotes } from './adoption.js';
import { findDates } from './dates.js';
import type { Fields } from './fields.js';
import { linesOf } from './issuers.js';
import type { Notes } from './notes.js';
import type { Found, Region } from './region.js';

export interface NumberInput {
  readonly fields: Fields;
  readonly title: Region;
  readonly noticeTitle: Region;
  readonly header: Region;
  readonly notice: Region;
  readonly signature: Region;
}

/** Null when none is stated, or when it is garbled: then a diagnostic says so. */
export function readOwnNumber(input: NumberInput, notes: Notes): Found<string> | null {
  for (const { value, region, start } of input.fields.all('documentNumber')) {
    const found = accept([...findNumbers(value), ...findOrders(value)], region, start, notes);
    if (found !== null) return found;
    const plain = plainNumber(value);
    if (plain !== null) return { value: plain, span: region.locate(start, start + value.length) };
  }
  return (
    standing(input.header, notes) ??
    ordered(input) ??
    atEnd(input.noticeTitle, notes) ??
    atEnd(input.title, notes) ??
    atStart(input.noticeTitle, notes) ??
    atStart(input.title, notes) ??
    standing(input.notice, notes) ??
    standing(input.signature, notes) ??
    order(input.header)
  );
}

/** A number alone on its line, or with the sign-off (签发人) beside it. */
function standing(region: Region, notes: Notes): Found<string> | null {
  for (const { text, start } of linesOf(region.text)) {
    if (text.length > 80) continue;
    const matches = [...findNumbers(text), ...findOrders(text)];
    const own = matches.filter((match) => {
      const around = withoutDates(text.slice(0, match.start) + text.slice(match.end)).replace(
        /(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff])/g,
        '',
      );
      return /^[\s（()）【】[\]:：*★|]*(?:发文字号|文号|文件编号|字号|签发人.*|特急|急件|加急|标题)?[\s（()）【】[\]:：*★|]*$/.test(
        around,
      );
    });
    const found = accept(own, region, start, notes);
    if (found !== null) return found;
  }
  return null;
}

/** 发文字号 and 成文日期 in one line: "发改地区〔2015〕1573号 2015.7.7". */
function withoutDates(text: string): string {
  return findDates(text).reduceRight((rest, { start, end }) => rest.slice(0, start) + rest.slice(end), text);
}

/** 广州市人民政府令 above, 第185号 below. */
function ordered({ title, noticeTitle, header, notice }: NumberInput): Found<string> | null {
  const order = [noticeTitle, title].find((region) => /(?:令|公告)\s*$/.test(region.text));
  if (order === undefined) return null;
  for (const region of [header, notice]) {
    const line = linesOf(region.text).find(({ text }) => /^\s*第\s*[0-9０-９]{1,5}\s*号\s*$/.test(text));
    if (line === undefined) continue;
    const value = `${order.text}${line.text}`
      .replace(/\s+/g, '')
      .replace(/^中华人民共和国(?!(?:主席)?令)/, '');
    return { value, span: region.locate(line.start, line.start + line.text.length) };
  }
  return null;
}

/** "关于印发…的通知（津政办发〔2021〕5号）": at the very end of a title, or all of it ("某市人大常委会公告（第47号）"). */
function atEnd(region: Region, notes: Notes): Found<string> | null {
  const { text } = region;
  const last = [...findNumbers(text), ...findOrders(text)].at(-1);
  if (last === undefined || !/^[\s）)】\]》]*$/.test(text.slice(last.end))) return null;
  const before = text.slice(0, last.start).trimEnd();
  const own = /^$|[（(【[]$|(?:通知|意见|方案|办法|规定|规划|计划|决定|公告|通告|函|批复|细则)$/.test(before);
  return own ? accept([last], region, 0, notes) : null;
}

/** "鲁政发〔2014〕20号《…的意见》", "某政发【2023】7号关于印发…": how some sites print a title. */
function atStart(region: Region, notes: Notes): Found<string> | null {
  const first = findNumbers(region.text)[0];
  return first !== undefined && /^[\s（(【]*$/.test(region.text.slice(0, first.start))
    ? accept([first], region, 0, notes)
    : null;
}

/** The order that first published a statute: 国务院令第709号. */
function order(region: Region): Found<string> | null {
  const first =
    adoptionNotes(region.text).find((note) => note.order !== null && note.event !== 'approved')?.order ??
    null;
  return first === null ? null : { value: first.value, span: region.locate(first.start, first.end) };
}

function accept(
  matches: readonly NumberMatch[],
  region: Region,
  offset: number,
  notes: Notes,
): Found<string> | null {
  for (const match of matches) {
    const span = region.locate(offset + match.start, offset + match.end);
    if (match.value !== null) return { value: match.value, span };
    notes.add('document-number-garbled', 'warning', '发文字号残缺，年份与序号连在一起，未采用。', span);
  }
  return null;
}

/** What a table states as number without the usual brackets: "2018年第3号", "第12号"; a dash or 无 is none. */
function plainNumber(value: string): string | null {
  const bare = value.trim();
  return bare.length <= 40 && /第?\s*[0-9０-９]+\s*号$/.test(bare) && !/[，。；〔[【（(]/.test(bare)
    ? bare.replace(/\s+/g, '')
    : null;
}
