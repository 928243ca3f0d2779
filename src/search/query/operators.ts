/** The operators of a query: "引号" phrase, -排除, 同句(…) and 同段(…), 标题:… and other fields. What is left is the topic. */
import { normalize } from '../../analysis/normalize.js';

/** Words that must stand together in one sentence, or in one paragraph of a clause. */
export interface Together {
  readonly scope: 'sentence' | 'paragraph';
  /** Normalised, two or more. */
  readonly words: readonly string[];
}

export type FieldName = 'jurisdiction' | 'kind' | 'year' | 'title' | 'heading' | 'issuer' | 'number';

/** 标题:十四五: the field of the document (or the heading path) must hold the value. */
export interface FieldTerm {
  readonly field: FieldName;
  /** As typed. */
  readonly value: string;
}

export interface Operators {
  /** The query without its operators; the words of phrases and of 同句 stay, they are part of what is looked for. */
  readonly rest: string;
  /** Normalised, without white space: each must stand in the clause as it is. */
  readonly phrases: readonly string[];
  /** Normalised, without white space: none may stand in the clause. */
  readonly excluded: readonly string[];
  readonly together: readonly Together[];
  readonly fields: readonly FieldTerm[];
}

/** The names that a researcher may write before a colon. */
export const FIELD_NAMES: Readonly<Record<string, FieldName>> = {
  地区: 'jurisdiction',
  地域: 'jurisdiction',
  文种: 'kind',
  年份: 'year',
  标题: 'title',
  章节: 'heading',
  机关: 'issuer',
  文号: 'number',
};

const QUOTED = '"([^"]+)"|“([^”]+)”|「([^」]+)」';
const QUOTE = new RegExp(QUOTED, 'g');
/** A minus that opens a word: 5-6岁 and 2021-2025年 have none. */
const EXCLUDED = new RegExp(`(?<=^|\\s)[-－−](?:${QUOTED}|([^\\s"“「(（]+))`, 'g');
const TOGETHER = /同(句|段)[（(]([^（）()]+)[）)]/g;
const FIELD = new RegExp(`(?<=^|\\s)(${Object.keys(FIELD_NAMES).join('|')})[:：](?:${QUOTED}|(\\S+))`, 'g');

/** Never throws: what is no whole operator (a quotation mark alone, an open bracket) is text. */
export function readOperators(typed: string): Operators {
  const fields: FieldTerm[] = [];
  const excluded: string[] = [];
  const together: Together[] = [];
  const phrases: string[] = [];
  const first = (values: readonly (string | undefined)[]) =>
    values.find((value) => value !== undefined) ?? '';
  const rest = typed
    .replace(FIELD, (_, name: string, ...values: (string | undefined)[]) => {
      fields.push({ field: FIELD_NAMES[name]!, value: first(values.slice(0, 4)).trim() });
      return ' ';
    })
    .replace(EXCLUDED, (_, ...values: (string | undefined)[]) => {
      excluded.push(compact(first(values.slice(0, 4))));
      return ' ';
    })
    .replace(TOGETHER, (whole: string, unit: string, inside: string) => {
      const words = inside
        .split(/[\s,，、+＋]+/)
        .map(compact)
        .filter(Boolean);
      if (words.length < 2) return whole;
      together.push({ scope: unit === '句' ? 'sentence' : 'paragraph', words });
      return ` ${words.join(' ')} `;
    })
    .replace(QUOTE, (_, ...values: (string | undefined)[]) => {
      const phrase = first(values.slice(0, 3));
      phrases.push(compact(phrase));
      return ` ${phrase} `;
    })
    .replace(/\s+/g, ' ')
    .trim();
  const known = (values: readonly string[]) => [...new Set(values.filter(Boolean))];
  return { rest, phrases: known(phrases), excluded: known(excluded), together, fields };
}

/** The form in which phrases are compared with clauses: line breaks of a source don't part a phrase. */
export function compact(text: string): string {
  return normalize(text).replace(/\s+/g, '');
}

/** 发文字号 and titles are typed with any brackets, or none. */
export function bare(text: string): string {
  return compact(text).replace(/[〔〕[\]()【】《》〈〉]/g, '');
}
