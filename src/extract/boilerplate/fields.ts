/** 信息公开 tables above a text: their values are kept as stated fields, the lines themselves are dropped. */
import type { Block, StatedField } from '../extracted.js';
import { NAMES, TELLING } from './field-names.js';
import type { Span } from '../../model/span.js';
import { toSource } from '../../model/source-map.js';

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
    const next = blocks[i + 1];
    const stands =
      name !== undefined && (listed || (next !== undefined && isValueOf(name, next.text.trim())));
    const fields = stands ? [] : inLine(block, below);
    if (listed && (name !== undefined || fields.length > 0)) bullets++;
    if (fields.length > 0) {
      rows.push({ index: i, fields });
      continue;
    }
    if (name === undefined) continue;
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

/** Whether the line below a name alone is its value, by its looks: the title below an empty last row is none. */
function isValueOf(name: string, next: string): boolean {
  const bare = name.replace(/[\s　]/g, '');
  if (next === '' || next.length > 60 || /[:：]$/.test(next)) return false;
  if (/(?:日期|时间)$/.test(bare)) return /^[12]\d{3}[-./年]\d/.test(next);
  if (/号$/.test(bare)) return /\d/.test(next) && !/关于/.test(next);
  if (/[效性力]$/.test(bare)) return /^\S{1,6}$/.test(next);
  return /(?:机关|机构|单位|部门)$/.test(bare) && /^\S{2,30}$/.test(next) && !/关于/.test(next);
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
