/** What a page prints after the text: footers, link lists, contact lines. Found from the end of the file backwards. */
import type { Noise } from '../model/document.js';
import { sourceOf } from '../model/source-map.js';
import { lexicalReason } from '../extract/boilerplate/boilerplate.js';
import { EDGES } from '../extract/boilerplate/lexicon.js';
import { isClosingText } from './headings.js';
import { isTerminated, lineNoise } from './line.js';
import {
  isAdoptionNote,
  isBodyName,
  isDateLine,
  isEndNote,
  isGarbledDate,
  isSignedDate,
  isSigner,
} from './titles.js';
import type { Unit } from './unit.js';

/** Reasons of noise that only stands after a text (or before it), never inside. */
const AFTER_TEXT: ReadonlySet<string> = new Set([
  'related',
  'colophon',
  'site-footer',
  'share',
  'upload',
  'breadcrumb',
]);
/** Words of a site's own navigation. */
const SITE_WORDS =
  /网站|导航|链接|微信|微博|首页|公众号|客户端|APP|新媒体|版权|备案|门户|出品|热线|信箱|邮箱|站点|二维码|栏目|登录|注册|搜索|部门街镇|区县|邮编|电话|传真|地址|点击|浏览|来源|编辑|责编|转载|政务服务|互动|解读/;

export interface Tailed {
  readonly units: readonly Unit[];
  readonly noise: readonly Noise[];
}

/** `dropped`: what the reader dropped already; page words among the last lines show that the text has ended. */
export function dropTail(units: readonly Unit[], dropped: readonly Noise[]): Tailed {
  const links = linkList(units, dropped);
  if (links >= 0) {
    const rest = dropTail(units.slice(0, links), dropped);
    return {
      units: rest.units,
      noise: [...rest.noise, ...units.slice(links).flatMap((unit) => lineNoise(unit.line, 'related'))],
    };
  }
  let last = units.length - 1;
  while (last >= 0 && isEdge(units[last]!)) last--;
  // Nothing but short lines: a list or a table that was taken apart, not a footer.
  if (last < 0) return { units, noise: [] };
  // The signature, when there is one, follows the last provision at once.
  let end = last + 1;
  while (end < units.length && isBack(units, end)) end++;
  end = Math.max(end, signedBelow(units, last + 1));
  if (
    !units
      .slice(last + 1, end)
      .some(
        (unit) =>
          isDateLine(unit.text) ||
          isSignedDate(unit.text) ||
          isGarbledDate(unit.text) ||
          isEndNote(unit.text),
      )
  ) {
    end = last + 1;
  }
  const tail = units.slice(end);
  if (tail.length === 0) return { units, noise: [] };
  const textEnd = end === 0 ? 0 : sourceEnd(units[end - 1]!);
  const ended = dropped.filter((one) => AFTER_TEXT.has(one.reason) && one.span.start >= textEnd);
  const firstEnded = Math.min(...ended.map((one) => one.span.start), Infinity);
  const site = tail.filter((unit) => SITE_WORDS.test(unit.text) || edgeReason(unit.text) !== null).length;
  // A form has its 电话 and 地址 too: below the heading of an annex only what follows words of the page is of the page.
  const annexed = tail.some(({ marker, text }) => marker?.form === 'annex' && text.length <= 12);
  const keep =
    site * 5 >= tail.length && !annexed ? 0 : tail.findIndex((unit) => sourceStart(unit) > firstEnded);
  if (keep < 0) return { units, noise: [] };
  return {
    units: units.slice(0, end + keep),
    noise: tail
      .slice(keep)
      .flatMap((unit) =>
        lineNoise(
          unit.line,
          edgeReason(unit.text) ??
            (ended.some((one) => one.reason === 'related') ? 'related' : 'site-footer'),
        ),
      ),
  };
}

/** How many lines of the text's own may stand above its signature: a hotline, a period of validity. */
const ABOVE_SIGNATURE = 4;

/** The index after a signature (name and date) a few lines below the last sentence; 0 without one. */
function signedBelow(units: readonly Unit[], from: number): number {
  for (let i = from + 1; i < Math.min(units.length, from + ABOVE_SIGNATURE); i++) {
    if (edgeReason(units[i - 1]!.text) !== null) return 0;
    const above = units[i - 1]!.text;
    if (isDateLine(units[i]!.text) && (isBodyName(above) || isSigner(above))) return i + 1;
  }
  return 0;
}

/** How many lines a list of links may have. */
const LONGEST_LIST = 60;

/** Where a list of links starts: after a line like 相关文章 only short lines follow that end no sentence, numbered or not; −1 without one. */
function linkList(units: readonly Unit[], dropped: readonly Noise[]): number {
  let start = units.length;
  while (start > 0 && units.length - start < LONGEST_LIST && isLink(units[start - 1]!)) start--;
  const from = dropped.find(
    (one) => one.reason === 'related' && one.span.start >= (start === 0 ? 0 : sourceEnd(units[start - 1]!)),
  );
  if (from === undefined) return -1;
  const first = units.findIndex((unit, i) => i >= start && sourceStart(unit) > from.span.start);
  // Plain lines are left to the rules for footers, which know signatures.
  return first >= 0 && units.slice(first).some((unit) => unit.marker !== null) ? first : -1;
}

function isLink({ text, line, opensDocument }: Unit): boolean {
  return line.kind === 'text' && !opensDocument && text.length <= 60 && !/[。；：:][”’"』」）)]*$/.test(text);
}

/** A line that may be a footer: short, without the end of a sentence and without a marker. */
function isEdge(unit: Unit): boolean {
  if (unit.line.kind === 'row' || unit.opensDocument) return false;
  if (isClosingText(unit.text)) return false;
  if (edgeReason(unit.text) !== null) return true;
  if (unit.marker !== null && unit.marker.form !== 'bullet' && unit.marker.form !== 'annex') return false;
  return unit.text.length <= 60 && (!isTerminated(unit.text) || /[）)：:】]$/.test(unit.text));
}

function isBack(units: readonly Unit[], i: number): boolean {
  const { text } = units[i]!;
  if (edgeReason(text) !== null) return false;
  return (
    isDateLine(text) ||
    isSignedDate(text) ||
    isGarbledDate(text) ||
    isEndNote(text) ||
    isBodyName(text) ||
    isAdoptionNote(text)
  );
}

export function edgeReason(text: string): string | null {
  const compact = text.replace(/\s+/g, '');
  if (compact.length > 200) return null;
  return EDGES.find((rule) => rule.pattern.test(compact))?.reason ?? lexicalReason(text);
}

export function sourceStart(unit: Unit): number {
  return unit.line.map[0]?.source ?? 0;
}

function sourceEnd(unit: Unit): number {
  const segment = unit.line.map.at(-1);
  return segment === undefined ? 0 : sourceOf(segment).end;
}
