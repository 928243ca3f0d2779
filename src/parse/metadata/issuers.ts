/** 发文机关: read from the signature, the title, the notes of adoption or the stated fields, in this order. */
import { adoptionNotes } from './adoption.js';
import { findDates, garbledDate } from './dates.js';
import { isOrgan, organsOf, organsOfTitle, type OrganMatch } from './organs.js';
import type { Found, Region } from './region.js';

export interface Issuers {
  readonly names: readonly string[];
  readonly found: Found<readonly string[]> | null;
}

/** Lines of the end matter that name others than the issuer. */
const OTHERS =
  /抄送|抄报|印发$|印发\s*[0-9]|联系人|联系电话|附件|主动公开|依申请公开|责任编辑|编辑|来源|校对|打印|审核|公开选项|公开属性/;

export interface Letterhead {
  readonly organ: Found<readonly string[]> | null;
  readonly line: string;
  /** Where the line stands in the header. */
  readonly start: number;
}

/** A letterhead stands above all else, below the navigation of a page at most. */
const LETTERHEAD_WITHIN = 8;

/** Organs of the signature's lines. A line may end with the date: "长寿区教委 2021年7月29日". */
export function signedBy(region: Region): Found<readonly string[]> | null {
  const matches: OrganMatch[] = [];
  let offset = 0;
  for (const line of region.text.split('\n')) {
    const start = offset;
    offset += line.length + 1;
    if (line.length > 200 || OTHERS.test(line)) continue;
    const name = withoutDate(line);
    for (const organ of organsOf(name)) {
      matches.push({ name: organ.name, start: start + organ.start, end: start + organ.end });
    }
  }
  return gather(matches, region);
}

/**
 * The signature at the end of a covering notice: the lines above its last date, or its last short lines that are organs only.
 */
export function signedAtEnd(region: Region): Found<readonly string[]> | null {
  const lines = linesOf(region.text).filter((line) => line.text.trim() !== '');
  const matches: OrganMatch[] = [];
  for (let index = lines.length - 1, seen = 0; index >= 0 && seen < 12; index--, seen++) {
    const { text, start } = lines[index]!;
    if (OTHERS.test(text) || /^[ \t　]*[（(]/.test(text)) continue;
    if (findDates(text).length > 0 && withoutDate(text).trim() === '') continue;
    if (garbledDate(text) !== null) continue;
    const organs = text.length > 120 ? [] : organsOf(withoutDate(text));
    if (organs.length === 0) {
      if (matches.length > 0 || text.trim().length > 12) break;
      continue;
    }
    matches.unshift(
      ...organs.map((organ) => ({ name: organ.name, start: start + organ.start, end: start + organ.end })),
    );
  }
  return gather(matches, region);
}

/** Organs that a title opens with. */
export function titledBy(region: Region): Found<readonly string[]> | null {
  return gather(organsOfTitle(region.text), region);
}

/** The body that adopted a statute; the one that only approved it (批准) is no issuer. */
export function adoptedBy(region: Region): Found<readonly string[]> | null {
  const notes = adoptionNotes(region.text);
  const own = ['adopted', 'amended', 'published', 'effective'] as const;
  for (const event of own) {
    const actor = notes.filter((note) => note.event === event && note.actor !== null).at(-1)?.actor;
    if (actor != null) return { value: [actor.name], span: region.locate(actor.start, actor.end) };
  }
  return null;
}

/**
 * 发文机关标志 (GB/T 9704-2012 7.2.4): the name of the organ alone or with 文件 behind it, or the name of a series that it gives out
 * ("某县人民政府专题会议纪要"). Its organ when the line names one plainly, and the line itself, which names a place all the same.
 */
export function letterhead(header: Region): Letterhead | null {
  for (const { text, start } of linesOf(header.text).slice(0, LETTERHEAD_WITHIN)) {
    const match = /^\s*(\S.{2,40}?)\s*(文\s*件|[\u4e00-\u9fff]{0,6}(?:纪要|公报|简报))\s*$/.exec(text);
    if (match === null) continue;
    const at = start + text.indexOf(match[1]!);
    const organ = /^文/.test(match[2]!)
      ? gather(
          organsOf(match[1]!).map((one) => ({ name: one.name, start: at + one.start, end: at + one.end })),
          header,
        )
      : null;
    return { organ, line: match[0].trim(), start: start + text.search(/\S/) };
  }
  return null;
}

/** 发布机构 of a table: "长寿区教委", "市教育局、市财政局". */
export function statedBy(value: string, region: Region, start: number): Found<readonly string[]> | null {
  const organs = organsOf(value);
  const matches =
    organs.length > 0 || !isOrgan(value) ? organs : [{ name: value.trim(), start: 0, end: value.length }];
  return gather(
    matches.map((organ) => ({ name: organ.name, start: start + organ.start, end: start + organ.end })),
    region,
  );
}

function gather(matches: readonly OrganMatch[], region: Region): Found<readonly string[]> | null {
  const first = matches[0];
  if (first === undefined) return null;
  const names = [...new Set(matches.map((match) => match.name))];
  return { value: names, span: region.locate(first.start, Math.max(...matches.map((match) => match.end))) };
}

/** Blanks the dates of a line out, so that offsets stay. */
function withoutDate(line: string): string {
  let rest = line;
  for (const { start, end } of findDates(line))
    rest = rest.slice(0, start) + ' '.repeat(end - start) + rest.slice(end);
  return rest;
}

export function linesOf(text: string): { text: string; start: number }[] {
  const lines: { text: string; start: number }[] = [];
  let start = 0;
  for (const line of text.split('\n')) {
    lines.push({ text: line, start });
    start += line.length + 1;
  }
  return lines;
}
