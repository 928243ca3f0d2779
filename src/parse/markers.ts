/** Reads the marker that opens a line: 第三章, 第十条之一, 一、, （二）, 3., （4）, ⑤, 2.1, ——, 附件1. */
import type { ClauseKind } from '../model/clause.js';
import { exec, isSpace, made, skipSpace, type Form, type Marker } from './marker.js';
import {
  ANNEX,
  BRACKET_CN,
  BRACKET_DIGIT,
  BULLET,
  DECIMAL,
  HALF_CN,
  HALF_DIGIT,
  ITEM,
  LETTER,
  QUESTION,
  REFERENCE,
  SECTION,
  STATUTE,
  notCount,
  notDecimal,
  notReference,
} from './marker-patterns.js';

const STATUTE_FORM: Readonly<Record<string, readonly [Form, ClauseKind]>> = {
  编: ['part', 'part'],
  篇: ['part', 'part'],
  部分: ['part', 'part'],
  分编: ['subpart', 'part'],
  章: ['chapter', 'chapter'],
  节: ['division', 'division'],
  条: ['article', 'article'],
};

/** The marker at `at`, white space before it skipped; null when the text there opens with none. */
export function readMarker(text: string, at = 0): Marker | null {
  let start = at;
  while (start < text.length && isSpace(text.charCodeAt(start))) start++;
  const char = text[start];
  if (char === undefined) return null;
  switch (char) {
    case '第':
      return statute(text, start);
    case '附':
      return annex(text, start);
    case '（':
    case '(':
    case '〔':
      return (
        numbered(BRACKET_CN, text, start, 'subsection', 'subsection', notReference) ??
        numbered(
          BRACKET_DIGIT,
          text,
          start,
          'subitem',
          'subitem',
          (rest) => notReference(rest) && !rest.startsWith('号'),
        ) ??
        letter(text, start)
      );
    case '问':
    case 'Q':
    case '【':
    case '[': {
      return question(text, start) ?? (char === 'Q' ? letter(text, start) : null);
    }
  }
  const code = text.charCodeAt(start);
  if ((code >= 0x30 && code <= 0x39) || (code >= 0xff10 && code <= 0xff19)) return digit(text, start);
  if (code >= 0x2460 && code <= 0x24ff) return enclosed(text, start, code);
  if (
    (code >= 0x3220 && code <= 0x3229) ||
    (code >= 0x2776 && code <= 0x277f) ||
    (code >= 0x3251 && code <= 0x325f)
  ) {
    return enclosed(text, start, code);
  }
  if (/[〇零一二三四五六七八九十百千两]/.test(char)) {
    return (
      numbered(SECTION, text, start, 'section', 'section', notCount) ??
      numbered(HALF_CN, text, start, 'subsection', 'subsection', notReference)
    );
  }
  if (/[A-Za-z]/.test(char)) return letter(text, start);
  return plain(BULLET, text, start, 'bullet', 'bullet');
}

function statute(text: string, start: number): Marker | null {
  const match = exec(STATUTE, text, start);
  if (match === null) return null;
  const [form, kind] = STATUTE_FORM[match[2]!]!;
  const end = start + match[0].length;
  const rest = text.slice(end, end + 12);
  if (REFERENCE.test(rest)) return null;
  // 第三部分共, 第一节课, 第2条生产线 are words of a sentence.
  if (form === 'division' && /^(?:课|车|点)/.test(rest)) return null;
  if (form === 'article' && /^(?:生产线|线路|道路|河|信息)/.test(rest)) return null;
  return made(form, kind, text, start, skipSpace(text, end), match[1]!, match[3]);
}

function annex(text: string, start: number): Marker | null {
  const match = exec(ANNEX, text, start);
  if (match === null) return null;
  const [whole, word, number] = match;
  if (word === '则') return null;
  const end = start + whole.length;
  const rest = text.slice(end);
  const colon = /[:：．.、][ \t　]*$/.test(whole);
  // "附件1" alone, "附件1：任务表", "附件 任务表", "附：": not "附属中学", "附近", "附件中".
  if (word === undefined && !(colon && number === undefined) && rest.trim() !== '') return null;
  if (word === undefined && !colon && number === undefined && whole.trim() !== '附') return null;
  if (!colon && rest !== '' && !/[ \t　]$/.test(whole) && number === undefined) return null;
  if (!colon && /^(?:的|中|所|和|、|，|至|为|是)/.test(rest)) return null;
  return made('annex', 'annex', text, start, end, number ?? '', undefined);
}

/** Kinds of 1, 1.1, 1.1.1 …: the levels that 一、（一）1. have elsewhere. */
const DECIMAL_KINDS: readonly ClauseKind[] = ['section', 'subsection', 'item', 'subitem', 'point'];

function digit(text: string, start: number): Marker | null {
  const decimal = exec(DECIMAL, text, start);
  if (decimal !== null) {
    const end = start + decimal[0].length;
    const rest = text.slice(end, end + 2);
    const spaced = /[ \t　]$/.test(decimal[0]);
    if (
      /^[\u4e00-\u9fffA-Za-z“《（(]/.test(rest) &&
      (spaced || !/^[版万亿个米％倍元吨公里平时分点级寸度年月日号代岁人户名所家条项]/.test(rest))
    ) {
      const path = decimal[1]!.split(/[.．]/).map(Number);
      return {
        ...made(
          'decimal',
          DECIMAL_KINDS[path.length - 1] ?? 'point',
          text,
          start,
          end,
          String(path.at(-1)),
          undefined,
        ),
        path,
      };
    }
  }
  return (
    numbered(ITEM, text, start, 'item', 'item', notDecimal) ??
    numbered(HALF_DIGIT, text, start, 'half', 'subitem', notReference)
  );
}

/** ① and its kin are points, ⑴ is （1）, ⒈ is 1., ㈠ is （一）. */
function enclosed(text: string, start: number, code: number): Marker | null {
  const end = skipSpace(text, /[、.．]/.test(text[start + 1] ?? '') ? start + 2 : start + 1);
  const at = (first: number): string => String(code - first + 1);
  if (code <= 0x2473) return made('circle', 'point', text, start, end, at(0x2460), undefined);
  if (code <= 0x2487) return made('subitem', 'subitem', text, start, end, at(0x2474), undefined);
  if (code <= 0x249b) return made('item', 'item', text, start, end, at(0x2488), undefined);
  if (code >= 0x2776 && code <= 0x277f)
    return made('circle', 'point', text, start, end, at(0x2776), undefined);
  if (code >= 0x3220 && code <= 0x3229)
    return made('subsection', 'subsection', text, start, end, at(0x3220), undefined);
  if (code >= 0x3251) return made('circle', 'point', text, start, end, String(code - 0x3251 + 21), undefined);
  return null;
}

function letter(text: string, start: number): Marker | null {
  const match = exec(LETTER, text, start);
  if (match === null) return null;
  const char = (match[1] ?? match[2]!).toLowerCase();
  return made(
    'letter',
    'point',
    text,
    start,
    start + match[0].length,
    String(char.charCodeAt(0) - 96),
    undefined,
  );
}

function numbered(
  pattern: RegExp,
  text: string,
  start: number,
  form: Form,
  kind: ClauseKind,
  accepts: (rest: string) => boolean,
): Marker | null {
  const match = exec(pattern, text, start);
  if (match === null) return null;
  const end = start + match[0].length;
  return accepts(text.slice(end, end + 12)) ? made(form, kind, text, start, end, match[1]!, undefined) : null;
}

/** "问题一：投入不足。" asks nothing. */
function question(text: string, start: number): Marker | null {
  const marker = plain(QUESTION, text, start, 'question', 'question');
  return marker !== null && marker.printed.startsWith('问题') && !/[？?]/.test(text) ? null : marker;
}

function plain(pattern: RegExp, text: string, start: number, form: Form, kind: ClauseKind): Marker | null {
  const match = exec(pattern, text, start);
  if (match === null || match[0] === '') return null;
  return made(form, kind, text, start, start + match[0].length, match[1] ?? '', undefined);
}
