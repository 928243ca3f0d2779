/** The years that a plan is for, read from its title: 十四五, 2021—2025年, 2016年工作要点. */
import type { Period } from '../../model/document.js';
import { asciiDigits, chineseNumber, chineseYear } from './dates.js';

export interface PeriodMatch {
  readonly start: number;
  readonly end: number;
  readonly period: Period;
}

const YEARS = '[一二][〇○零0O九][一二三四五六七八九〇○零0O]{2}';
const RANGE = new RegExp(
  `((?:19|20)[0-9]{2}|${YEARS})[ 　]*年?(?:度)?[ 　]*(?:[-—–－―─~～一至到/]{1,3})[ 　]*((?:19|20)?[0-9]{2}|${YEARS})[ 　]*(?:学?年|(?=[）)\\]】]|$))`,
);
const FIVE_YEARS =
  /第([一二三四五六七八九十]{1,3})个五年(?:规划|计划)?|[“"]?(?<![一二三四五六七八九])(十[一二三四五六七八九])五[”"]?(?!年|[一二三四五六七八九十])|[“"](十|[六七八九])五[”"]/;
const SINGLE = new RegExp(
  `(?<![0-9到至自从前])((?:19|20)[0-9]{2}|${YEARS})[ 　]*年(?![ 　]*(?:[0-9一二三四五六七八九十]{1,2}月|前|以来|以前|底|远景|版|本(?!科|市|省|区|县|级)|修|之前|至|[-—~～]))度?`,
);

/** Null when the title names no years: 到2035年 and 2035年远景目标 are horizons, not periods. */
export function readPeriod(title: string): PeriodMatch | null {
  const text = asciiDigits(title);
  return range(text) ?? fiveYears(text) ?? single(text);
}

function range(text: string): PeriodMatch | null {
  const match = RANGE.exec(text);
  if (match === null) return null;
  const from = yearOf(match[1]!);
  const short = match[2]!;
  const to = /^[0-9]{2}$/.test(short) ? Math.floor(from / 100) * 100 + Number(short) : yearOf(short);
  return made(match.index, match[0], from, to);
}

/** 第一个五年计划 began in 1953; from the sixth on, plan N runs from 1951 + 5N (六五 1981–1985, 十四五 2021–2025). */
function fiveYears(text: string): PeriodMatch | null {
  const match = FIVE_YEARS.exec(text);
  if (match === null) return null;
  const number = chineseNumber(match[1] ?? match[2] ?? match[3]!);
  return number >= 6 && number <= 30
    ? made(match.index, match[0], 1951 + 5 * number, 1955 + 5 * number)
    : null;
}

function single(text: string): PeriodMatch | null {
  const match = SINGLE.exec(text);
  if (
    match === null ||
    /(?:条例|规定|办法|决定|法|细则|规程|标准|决议|解释|修正案)$/.test(text.replace(/[（(][^）)]*[）)]$/, ''))
  )
    return null;
  const year = yearOf(match[1]!);
  return made(match.index, match[0], year, year);
}

function yearOf(text: string): number {
  return /^[0-9]/.test(text) ? Number(text) : chineseYear(text);
}

function made(start: number, whole: string, from: number, to: number): PeriodMatch | null {
  const sound = Number.isInteger(from) && Number.isInteger(to) && from <= to && to - from <= 60;
  return sound ? { start, end: start + whole.length, period: { from, to } } : null;
}
