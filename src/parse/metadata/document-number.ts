/** 发文字号 and the numbers of orders, clean and dirty. */
import { asciiDigits } from './dates.js';

export interface NumberMatch {
  readonly start: number;
  readonly end: number;
  /** In the form of GB/T 9704-2012 7.2.5 (〔2018〕); null when year and serial ran into each other. */
  readonly value: string | null;
}

const OPEN = '[〔\\[［【（(﹝〈{]';
const CLOSE = '[〕\\]］】）)﹞〉}]';
const PREFIX = '[\\u4e00-\\u9fff]{1,16}(?:[（(][\\u4e00-\\u9fff]{1,6}[）)])?';
const NUMBER = new RegExp(
  `(${PREFIX})[ \\t　]{0,3}${OPEN}[ \\t　]{0,2}((?:19|20)[0-9]{2})[ \\t　]{0,2}年?${CLOSE}[ \\t　]{0,3}第?[ \\t　]{0,2}([0-9]{1,5})[ \\t　]{0,2}号`,
  'g',
);
/** 渝府办发〔201870号, 教督〔20176〕: the bracket was lost and the numbers ran together. */
const GARBLED = new RegExp(
  `(${PREFIX})[ \\t　]{0,3}${OPEN}[ \\t　]{0,2}(?:19|20)[0-9]{3,8}(?:${CLOSE}|[ \\t　]{0,2}号)`,
  'g',
);
/** 国务院令第709号, 上海市人民政府令第20号, 北京市人民代表大会常务委员会公告〔十五届〕第36号. */
const ORDER =
  /([\u4e00-\u9fff]{2,30}(?:令|公告)[ \t　]{0,3})(?:[（(〔[【][^）)〕\]】\n]{1,10}[）)〕\]】][ \t　]{0,2})?[\n]?[（(]?(第[ \t　]{0,2}[0-9０-９〇零一二三四五六七八九十百]{1,6}[ \t　]{0,2}号)/g;

/** All numbers that stand in the text, in order. */
export function findNumbers(printed: string): NumberMatch[] {
  const text = asciiDigits(printed);
  const found: NumberMatch[] = [];
  for (const match of text.matchAll(NUMBER)) {
    const [whole, prefix, year, serial] = match;
    const issuer = withoutLabel(prefix!);
    const start = match.index + prefix!.length - issuer.length;
    found.push({
      start,
      end: match.index + whole.length,
      value: `${issuer}〔${year}〕${Number(serial)}号`,
    });
  }
  for (const match of text.matchAll(GARBLED)) {
    const issuer = withoutLabel(match[1]!);
    const start = match.index + match[1]!.length - issuer.length;
    found.push({ start, end: match.index + match[0].length, value: null });
  }
  return found.sort((a, b) => a.start - b.start);
}

/** All orders and announcements by number: 国务院令第709号. */
export function findOrders(text: string): NumberMatch[] {
  return [...asciiDigits(text).matchAll(ORDER)].map((match) => {
    const named = match[1]!.replace(/^.*[日年]/, '').replace(/^(?:根据|经|由|以)/, '');
    const start = match.index + match[1]!.length - named.length;
    const value = `${named}${match[2]!}`
      .replace(/[ \t　]|第?[一二三四五六七八九十百0-9]{1,4}届/g, '')
      .replace(/^中华人民共和国(?!(?:主席)?令)(?=..)/, '');
    return { start, end: match.index + match[0].length, value };
  });
}

/** "发文字号：津政发" → "津政发". */
function withoutLabel(prefix: string): string {
  return prefix.replace(/^.*(?:发文字号|文件编号|文号|字号|编号|来源|根据|依据|按照)/, '');
}
