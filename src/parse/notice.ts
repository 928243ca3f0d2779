/** A covering notice: its text, its signature, and the title of what it carries. */
import type { Role } from './role.js';
import { isSubtitle, looseTitle, titleEnd } from './title-block.js';
import {
  carriedTitles,
  isBodyName,
  isDateLine,
  isEndNote,
  isGarbledDate,
  isSignedDate,
  isSigner,
  isTitleLine,
} from './titles.js';
import type { Unit } from './unit.js';

/** An order names what it publishes in its text, not in its title. */
export function coveringText(units: readonly Unit[], at: number, title: string): string {
  if (carriedTitles(title).length > 0) return title;
  const first = units.slice(at, at + 4).find((unit) => /^(?:现)?(?:公布|发布|印发)?《/.test(unit.text));
  return first === undefined ? title : first.text;
}

/** The covering notice up to the title of what it carries; without such a title, up to its date. */
export function readNotice(units: readonly Unit[], roles: Role[], at: number, title: string): number {
  const carried = findCarried(units, at, title);
  const end = carried >= 0 ? carried : noticeEnd(units, at);
  if (end < 0) return at;
  for (let i = at; i < end; i++) {
    if (roles[i] !== 'body') continue;
    const { text, marker } = units[i]!;
    const next = units[i + 1]?.text ?? '';
    if (isDateLine(text) || isGarbledDate(text) || isSignedDate(text) || isEndNote(text))
      roles[i] = 'signature';
    else if (
      isBodyName(text) &&
      (isDateLine(next) || isGarbledDate(next) || isBodyName(next) || roles[i - 1] === 'signature')
    )
      roles[i] = 'signature';
    else if (marker?.form === 'annex' || isSigner(text)) roles[i] = 'signature';
    else roles[i] = 'notice';
  }
  if (carried < 0) return end;
  for (let i = 0; i < at; i++) if (roles[i] === 'title') roles[i] = 'notice-title';
  const after = carriedEnd(units, carried, carriedTitles(title));
  for (let i = carried; i < after; i++) roles[i] = 'title';
  return after;
}

/** The index after the title of the carried text, which may stand on several lines. */
function carriedEnd(units: readonly Unit[], carried: number, quoted: readonly string[]): number {
  let after = carried + 1;
  let joined = looseTitle(units[carried]!.text);
  const next = looseTitle(units[after]?.text ?? '');
  if (quoted.some((one) => !looseTitle(one).startsWith(joined) && (joined + next).endsWith(looseTitle(one))))
    after++;
  for (; after < units.length; after++) {
    const following = looseTitle(units[after]!.text);
    if (isSubtitle(units[after]!.text)) continue;
    if (!quoted.some((one) => looseTitle(one).startsWith(joined + following))) break;
    joined += following;
  }
  return after === carried + 1 ? titleEnd(units, carried, carried) : after;
}

function findCarried(units: readonly Unit[], at: number, title: string): number {
  const quoted = carriedTitles(title).map(looseTitle);
  let dated = -1;
  for (let i = at; i < units.length; i++) {
    const unit = units[i]!;
    const compact = looseTitle(unit.text);
    if (
      unit.marker === null &&
      compact.length >= 5 &&
      unit.text.length <= 120 &&
      !/[。；：]$/.test(compact)
    ) {
      if (
        quoted.some(
          (one) =>
            one === compact || compact.endsWith(one) || (one.endsWith(compact) && isTitleLine(unit.text)),
        )
      )
        return carriedStart(units, i, at, quoted);
      if (
        quoted.some((one) => one.startsWith(compact) && compact.length >= 6 && startsWithRest(units, i, one))
      )
        return i;
      if (dated >= 0 && i - dated <= 6 && isTitleLine(unit.text)) return i;
    }
    if (isDateLine(unit.text) || isSignedDate(unit.text)) dated = i;
    const form = unit.marker?.form;
    if (form === 'chapter' || form === 'article' || form === 'section') return -1;
  }
  return -1;
}

/** "某某区某某镇" above "自然灾害救助应急预案": the first line of a carried title, of which the notice quotes the end. */
function carriedStart(units: readonly Unit[], i: number, at: number, quoted: readonly string[]): number {
  const before = units[i - 1];
  if (before === undefined || i - 1 <= at || before.marker !== null || before.text.length > 40) return i;
  if (isDateLine(before.text) || isEndNote(before.text) || /[。；：:，]$/.test(before.text)) return i;
  const own = looseTitle(units[i]!.text);
  if (quoted.includes(own)) return i;
  return quoted.some((one) => (looseTitle(before.text) + own).endsWith(one)) ? i - 1 : i;
}

/** A carried title that was broken into two lines. */
function startsWithRest(units: readonly Unit[], i: number, title: string): boolean {
  const next = looseTitle(units[i + 1]?.text ?? '');
  return title.startsWith(looseTitle(units[i]!.text) + next) && next !== '';
}

/** A notice without the title of what it carries ends with its date, when the text goes on after it. */
function noticeEnd(units: readonly Unit[], at: number): number {
  for (let i = at; i < Math.min(units.length - 1, at + 10); i++) {
    const { text, marker } = units[i]!;
    if (isDateLine(text) || isSignedDate(text)) return i + 1;
    if (marker !== null && marker.form !== 'annex') return -1;
  }
  return -1;
}
