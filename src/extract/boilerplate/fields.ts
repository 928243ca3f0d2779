/** 信息公开 tables above a text: their values are kept as stated fields, the lines themselves are dropped. */
import type { Block, StatedField } from '../extracted.js';
import type { Span } from '../../model/span.js';
import { toSource } from '../../model/source-map.js';

/** Names that the tables of government sites use (《政府信息公开条例》 第五十四条 asks for such an index). */
const NAMES = [
  '索引号',
  '信息索引号',
  '主题分类',
  '体裁分类',
  '信息分类',
  '组配分类',
  '文件分类',
  '分类',
  '发文机关',
  '发布机构',
  '发文机构',
  '制发机关',
  '制定机关',
  '发文单位',
  '发布单位',
  '公开单位',
  '公开主体',
  '公开责任部门',
  '责任部门',
  '发文字号',
  '文件编号',
  '文号',
  '发文文号',
  '成文日期',
  '成文时间',
  '制发日期',
  '发文时间',
  '发文日期',
  '印发日期',
  '发布日期',
  '公开日期',
  '生成日期',
  '生成时间',
  '发布时间',
  '公布日期',
  '实施日期',
  '施行日期',
  '生效日期',
  '生效时间',
  '废止日期',
  '失效日期',
  '失效时间',
  '截止日期',
  '公开方式',
  '公开范围',
  '公开时限',
  '公开形式',
  '公开类别',
  '有效性',
  '时效性',
  '是否有效',
  '效力状态',
  '效力',
  '有效期',
  '标题',
  '名称',
  '信息名称',
  '文件名称',
  '文件标题',
  '内容概述',
  '内容摘要',
  '概述',
  '关键词',
  '关键字',
  '主题词',
  '统一编号',
  '统一登记号',
  '规范性文件编号',
  '登记号',
  '备案号',
  '服务对象',
  '服务对象分类',
  '公文种类',
  '文种',
  '信息来源',
  '载体类型',
  '记录形式',
  '主题',
  '语种',
  '信息有效性',
  '公文时效',
  '时效状态',
  '文件状态',
  '公开目录',
  '所属主题',
  '目录名称',
  '来源',
  // Collections of law firms and law sites.
  '发布部门',
  '颁布部门',
  '批准部门',
  '批准日期',
  '法规类别',
  '法规类型',
  '效力级别',
  '效力等级',
];
/** Names that alone say "this is such a table"; the others count only beside them. */
const TELLING =
  /^(?:信息)?索引号|(?:主题|体裁|组配|信息|文件|服务对象)分类|公开(?:方式|范围|时限|形式|类别|目录)|(?:信息)?有效性|内容概述|载体类型|统一(?:编号|登记号)|法规类[别型]|效力(?:级别|等级)|生成(?:日期|时间)|公文(?:种类|时效)/;
/** The longest first, each with white space allowed between its characters ("索 引 号"). */
const NAME = [...NAMES]
  .sort((a, b) => b.length - a.length)
  .map((name) => [...name].join('[\\s　]*'))
  .join('|');
const BRACKETED = new RegExp(`[\\[【［](?:[\\s　]*)(${NAME})(?:[\\s　]*)[\\]】］][\\s　]*[:：]?`, 'g');
const WITH_COLON = new RegExp(`(?<=^|[\\s　|｜;；\\]】•●·▪◦*-])(${NAME})[\\s　]*[:：]`, 'g');
const BARE = new RegExp(`(?<=^|[\\t　|｜]|\\s)(${NAME})(?=[\\t　|｜]|\\s|$)`, 'g');
/** Some sites set the table as a list: a bullet before each name, the value indented on the next line. */
const LIST_MARK = /^[•●·▪◦*-][\s　]*/;
/** "• 2020-11-13 14:42" in such a list: when the page was published. */
const PRINTED =
  /^(\s*[•●·▪◦*-]\s*)([12]\d{3}[-./年]\d{1,2}[-./月]\d{1,2}日?)(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?\s*$/;
const ALONE = new RegExp(`^(?:[•●·▪◦*-][\\s　]*)?[\\[【［]?(${NAME})[\\]】］]?[:：]?$`);

export interface FieldTable {
  readonly fields: readonly StatedField[];
  /** Indices of the blocks that the table takes up. */
  readonly taken: ReadonlySet<number>;
}

/** Looks for a table among the first `limit` blocks (a table stands above its text). */
export function findFields(blocks: readonly Block[], limit = 60): FieldTable {
  const rows: { index: number; fields: readonly StatedField[] }[] = [];
  const taken = new Set<number>();
  let bullets = 0;
  for (let i = 0; i < Math.min(blocks.length, limit); i++) {
    const block = blocks[i]!;
    if (block.text.length > 400) continue;
    const listed = LIST_MARK.test(block.text.trim());
    const printed = listed ? PRINTED.exec(block.text) : null;
    if (printed !== null) {
      const start = printed[1]!.length;
      rows.push({ index: i, fields: [field('发布日期', block, { start, end: start + printed[2]!.length })] });
      bullets++;
      continue;
    }
    const name = ALONE.exec(block.text.trim())?.[1];
    const below = rows.at(-1)?.index === i - 1 && STATES.test(block.text.trim());
    const fields = listed && name !== undefined ? [] : inLine(block, below);
    if (listed && (name !== undefined || fields.length > 0)) bullets++;
    if (fields.length > 0) {
      rows.push({ index: i, fields });
      continue;
    }
    if (name === undefined) continue;
    const next = blocks[i + 1];
    const value =
      next === undefined ||
      next.text.length > 120 ||
      ALONE.test(next.text.trim()) ||
      inLine(next).length > 0 ||
      (listed && !/^\s/.test(next.text)) ||
      // An empty 有效性 right above the title has no value.
      (!/标题|名称|概述|摘要/.test(name) && /^关于.*(?:通知|意见|决定|办法|方案)$/.test(next.text.trim()))
        ? null
        : next;
    rows.push({
      index: i,
      fields: [field(name, value ?? block, value === null ? EMPTY : trimmed(value.text))],
    });
    if (value !== null) {
      rows.push({ index: i + 1, fields: [] });
      i++;
    }
  }
  const fields = rows.flatMap((row) => row.fields);
  const names = fields.map((one) => one.name);
  const telling = names.filter((name) => TELLING.test(name)).length;
  if ((telling === 0 && bullets < 2) || names.length < 2) return { fields: [], taken };
  for (const row of rows) taken.add(row.index);
  return { fields: fields.filter((one) => one.value !== ''), taken };
}

/** What every name starts with: nearly all other lines are told apart by their first character. */
const FIRST = new Set(NAMES.map((name) => name[0]!));

function mayHoldName(text: string): boolean {
  const start = text.search(/[^\s　[【［|｜•●·▪◦*-]/);
  return start >= 0 && FIRST.has(text[start]!);
}

/** The last row of a table that lost its rules: "有效性 有效". */
const STATES = /^(?:有\s*效\s*性|时\s*效\s*性|效力状态|是否有效|文件状态|公文时效|信息有效性)\s+\S{1,8}$/;
const EMPTY: Span = { start: 0, end: 0 };

/**
 * All name–value pairs of one line, in any of the three ways they are set; the line must open with a name. `beside`: a row of the
 * table stands right above, so that one bare name with a value is a row too.
 */
function inLine(block: Block, beside = false): StatedField[] {
  if (!mayHoldName(block.text)) return [];
  for (const pattern of [BRACKETED, WITH_COLON, BARE]) {
    const matches = [...block.text.matchAll(pattern)];
    if (matches.length === 0) continue;
    if (block.text.slice(0, matches[0]!.index).trim().replace(LIST_MARK, '') !== '') continue;
    if (
      pattern === BARE &&
      matches.length < 2 &&
      block.kind !== 'row' &&
      !/[|｜]/.test(block.text) &&
      !beside
    )
      continue;
    return matches.map((match, i) => {
      const start = match.index + match[0].length;
      const end = matches[i + 1]?.index ?? block.text.length;
      const own = trimmed(block.text.slice(start, end).replace(/[|｜\t]/g, ' '));
      return field(match[1]!, block, { start: start + own.start, end: start + own.end });
    });
  }
  return [];
}

function field(name: string, block: Block, span: Span): StatedField {
  const value = block.text.slice(span.start, span.end);
  return {
    name: name.replace(/[\s　]/g, ''),
    value,
    span: value === '' ? null : toSource(block.map, span),
  };
}

function trimmed(text: string): Span {
  const start = text.length - text.trimStart().length;
  return { start, end: Math.max(start, text.trimEnd().length) };
}
