/** Which title a document goes by: the plan's before that of the notice that issues it. */
import { findNumbers } from './document-number.js';
import type { Fields } from './fields.js';
import type { MetadataInput } from './input.js';
import { isOrgan } from './organs.js';
import { NOTHING, type Found, type Region } from './region.js';
import type { Regions } from './regions.js';
import { issuedTitle, tidyTitle } from './title.js';

export interface Title extends Found<string> {
  readonly region: Region;
  /** The title of the notice that issues it; empty when there is none. */
  readonly notice: Region;
}

/** A notice alone is shorter than this; what is longer holds the plan that it issues. */
const NOTICE_ALONE = 600;
/** Where the notice was told from what follows its date, that much behind it is the plan and no 附注. */
const PLAN_BELOW = 100;

/** Length of the text that is no front matter. */
export function ownLength({ body, parts }: MetadataInput): number {
  return body.length - parts.reduce((sum, { text }) => sum + text.length, 0);
}

/** Whether a line of the text is this title. */
function hasLine(text: string, title: string): boolean {
  const line = title.replace(/\s+/g, '');
  if (line === '') return false;
  for (let at = text.indexOf(line); at >= 0; at = text.indexOf(line, at + line.length)) {
    if (
      /^\s*(?:\n|$)/.test(text.slice(at + line.length, at + line.length + 40)) &&
      /(?:^|\n)[ \t　]*$/.test(text.slice(Math.max(0, at - 40), at))
    )
      return true;
  }
  return false;
}

/**
 * "某政办发〔2016〕26号《某某关于印发〈…〉的通知》", "某市人民政府《关于印发…的通知》": sites print 发文字号 and quotation marks as part of the
 * title. The number is cut off, the marks become blanks, so that offsets stay.
 */
function unwrapped(region: Region): Region {
  const start = findNumbers(region.text).find((number) =>
    /^[\s（(]*$/.test(region.text.slice(0, number.start)),
  );
  const bare =
    start === undefined || region.text.slice(start.end).trim() === ''
      ? region
      : part(region, start.end, region.text.length);
  const quoted = /^([^《》〈〉]{0,40})《(.*)》\s*$/s.exec(bare.text);
  if (quoted === null || !isOneQuotation(quoted[2]!)) return bare;
  const [, before, inner] = quoted;
  const whole = before!.trim() === '' || (/^\s*关于/.test(inner!) && isOrgan(before!));
  if (!whole) return bare;
  const marks = inner!.includes('《') ? inner! : inner!.replace(/〈/g, '《').replace(/〉/g, '》');
  const text = `${before!} ${marks}`;
  return { text, locate: (from, to) => bare.locate(from, to) };
}

/** Whether the marks around this text belong together: 《A》和《B》 are two. */
function isOneQuotation(inner: string): boolean {
  let depth = 0;
  for (const char of inner) {
    if (char === '《') depth++;
    if (char === '》' && --depth < 0) return false;
  }
  return depth === 0;
}

/** The plan's own title; else the one that the notice issues (印发《X》); else the notice's; else the stated one. */
export function titleOf(regions: Regions, fields: Fields, length: number): Title {
  const { notice, body } = regions;
  const title = unwrapped(regions.title);
  const noticeTitle = unwrapped(regions.noticeTitle);
  if (title.text.trim() !== '') {
    const own = issuedTitle(title.text);
    const plan =
      own !== null &&
      (length >= (notice.text.trim() === '' ? NOTICE_ALONE : PLAN_BELOW) ||
        hasLine(body.text, title.text.slice(own.start, own.end)));
    return plan ? whole(part(title, own.start, own.end), title) : whole(title, noticeTitle);
  }
  const issued = issuedTitle(noticeTitle.text);
  if (issued !== null) return whole(part(noticeTitle, issued.start, issued.end), noticeTitle);
  if (noticeTitle.text.trim() !== '') return whole(noticeTitle, NOTHING);
  const [stated] = fields.all('title');
  if (stated === undefined) return { value: '', span: null, region: NOTHING, notice: NOTHING };
  return whole(part(stated.region, stated.start, stated.start + stated.value.length), NOTHING);
}

function whole(region: Region, notice: Region): Title {
  const start = Math.max(0, region.text.search(/\S/));
  const value = tidyTitle(region.text);
  const end = region.text.trimEnd().length;
  return { value, span: region.locate(start, end), region, notice };
}

function part(region: Region, start: number, end: number): Region {
  return {
    text: region.text.slice(start, end),
    locate: (from, to) => region.locate(start + from, start + to),
  };
}
