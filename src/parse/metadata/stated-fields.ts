/** The rows of a 信息公开 table and the "name: value" pairs of a page's header, by what they state. */

export type FieldName =
  | 'title'
  | 'issuer'
  | 'origin'
  | 'index'
  | 'documentNumber'
  | 'writtenOn'
  | 'publishedOn'
  | 'effectiveOn'
  | 'status';

/** 《政府信息公开条例》 leaves the names to each portal; these are the ones in use. */
const NAMES: Readonly<Record<FieldName, RegExp>> = {
  title: /^(?:标题|名称|信息名称|文件名称|公文名称|法规名称|文件标题)$/,
  issuer:
    /^(?:(?:发布|发文|制发|制定|公开|制文|成文|颁布|印发|发文或制定|责任)(?:机关|机构|单位|部门|主体|者)|发布机构代码及名称|信息提供单位|公开责任部门|制定机关)$/,
  /** Who put it on the page: no issuer, but a hint at the place. */
  origin: /^(?:来源|信息来源|稿件来源|文章来源|供稿|供稿单位)$/,
  index: /^(?:索引号|索引|信息索引号|公开索引号)$/,
  documentNumber: /^(?:发文字号|文号|发文文号|文件编号|发文号|文件号|文件字号|公文文号|公文字号|文\/?号)$/,
  writtenOn:
    /^(?:成文日期|成文时间|制发日期|制发时间|发文日期|发文时间|印发日期|生成日期|生成时间|签发日期|形成日期|制文日期|信息生成日期|通过日期|写作日期)$/,
  publishedOn:
    /^(?:发布日期|发布时间|公布日期|公布时间|公开日期|公开时间|发布于|信息发布日期|信息公开日期|颁布日期|颁布时间|上网日期|发表时间|日期|时间|录入时间|发稿时间|发布)$/,
  effectiveOn: /^(?:施行日期|实施日期|生效日期|实施时间|施行时间|生效时间|执行日期|执行时间)$/,
  status:
    /^(?:时效性|有效性|时效|效力状态|文件状态|是否有效|法规状态|文件时效|效力|时效状态|法律效力|有效状态|信息时效性|文件有效性|规范性文件状态|公文时效)$/,
};

/** What a row states, or null when it is about something else (索引号, 主题分类 …). */
export function fieldOf(name: string): FieldName | null {
  const bare = name.replace(/[\s　[\]【】:：*•·]/g, '');
  for (const field of Object.keys(NAMES) as FieldName[]) if (NAMES[field].test(bare)) return field;
  return null;
}

/** A pair inside a line: "来源: 时间: 2023-12-11", "【时效性】有效". [start, end) is the value. */
export interface InlineField {
  readonly field: FieldName;
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

const PAIR =
  /[[【]?[ 　]{0,2}([\u4e00-\u9fff][\u4e00-\u9fff 　]{0,9})[ 　]{0,2}(?:[\]】][ \t　]{0,4}[:：]?|[:：])[ \t　]{0,6}/g;

/** All pairs of a text whose name is known. A value ends at a line break, a wide blank or the next pair. */
export function inlineFields(text: string): InlineField[] {
  const pairs = [...text.matchAll(PAIR)].map(named);
  const found: InlineField[] = [];
  pairs.forEach(({ field, valueStart: start }, index) => {
    if (field === null) return;
    const until = Math.min(pairs[index + 1]?.nameStart ?? text.length, endOfLine(text, start));
    const value = text
      .slice(start, until)
      .split(/[ \t　]{2,}|[|｜]/)[0]!
      .trim();
    if (value !== '') found.push({ field, value, start, end: start + value.length });
  });
  return found;
}

/** "7月18日 来源：": the name is the last word before the colon, where all of it is none; what stands before belongs to the value before. */
function named(pair: RegExpExecArray): {
  readonly field: FieldName | null;
  readonly nameStart: number;
  readonly valueStart: number;
} {
  const name = pair[1]!;
  const valueStart = pair.index + pair[0].length;
  const whole = fieldOf(name);
  if (whole !== null) return { field: whole, nameStart: pair.index, valueStart };
  const last = name
    .trim()
    .split(/[ 　]+/)
    .at(-1)!;
  return {
    field: fieldOf(last),
    nameStart: pair.index + pair[0].indexOf(name) + name.lastIndexOf(last),
    valueStart,
  };
}

function endOfLine(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end;
}

/** A status as printed, or null when the value is none: 有效, 现行有效, 已废止, 部分失效. */
export function readStatus(value: string): string | null {
  const match =
    /^(?:是|否|现行有效|继续有效|部分有效|有效|尚未生效|尚未施行|未生效|未施行|待生效|(?:已|部分)?(?:失效|废止|作废|过期)|已(?:被)?修[改订正]|无效|终止|停止执行|宣布失效)/.exec(
      value.trim(),
    );
  return match === null ? null : match[0];
}
