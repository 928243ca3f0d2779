/** What stands before the body of a document: title, header, covering notice, contents. Gives each unit its role. */
import {
  isAddressees,
  isAdoptionNote,
  isBareKind,
  isBodyName,
  isCoveringTitle,
  isDateLine,
  isDocumentNumber,
  isEndNote,
  isGarbledDate,
  isPageHeader,
  isSignedDate,
  isSigner,
  isTitleLine,
  carriedTitles,
  stripTail,
} from './titles.js';
import { contentsEnd } from './contents.js';
import { isTerminated } from './line.js';
import { edgeReason } from './tail.js';
import type { Unit } from './unit.js';

/** `title-again`: the title, printed a second time above the text. */
export type Role =
  | 'title'
  | 'title-again'
  | 'notice-title'
  | 'header'
  | 'notice'
  | 'contents'
  | 'signature'
  | 'noise'
  | 'body';

/** A title stands among the first lines or nowhere. */
const TITLE_WITHIN = 25;

/** One role per unit. Everything from the body on is 'body'; signatures inside it are found later. */
export function frontRoles(units: readonly Unit[]): Role[] {
  const roles: Role[] = units.map(() => 'body');
  const start = contentsEnd(units, 0);
  roles.fill('contents', 0, start);
  let at = readTitle(units, roles, start);
  at = readHeader(units, roles, at);
  at = readTitleBelow(units, roles, at);
  const title = units
    .filter((_, i) => roles[i] === 'title')
    .map((unit) => unit.text)
    .join('');
  if (isCoveringTitle(title)) at = readNotice(units, roles, at, coveringText(units, at, title));
  readHeader(units, roles, at);
  return roles;
}

/** What looked like the title is the letterhead when 发文字号 and another title follow (GB/T 9704-2012 7.2). */
function readTitleBelow(units: readonly Unit[], roles: Role[], at: number): number {
  const next = units[at];
  if (next === undefined || next.marker !== null || !isTitleLine(next.text) || isTerminated(next.text))
    return at;
  if (!units.slice(0, at).some((unit, i) => roles[i] === 'header' && isDocumentNumber(unit.text))) return at;
  const letterhead = units
    .slice(0, at)
    .flatMap((unit, i) => (roles[i] === 'title' ? [unit.text] : []))
    .join('');
  if (isCoveringTitle(letterhead) || carriedTitles(letterhead).length > 0) return at;
  for (let i = 0; i < at; i++) if (roles[i] === 'title') roles[i] = 'header';
  const end = titleEnd(units, at, at);
  roles.fill('title', at, end);
  return readHeader(units, roles, end);
}

/** Marks the title and what stands before it; gives the index after it. */
function readTitle(units: readonly Unit[], roles: Role[], start: number): number {
  if (start >= units.length) return start;
  if (units[start]!.opensDocument) {
    roles[start] = 'title';
    return start + 1;
  }
  const found = findTitle(units, start);
  if (found < 0) return readUntitled(units, roles, start);
  let first = found;
  while (first > start && isTitlePart(units[first - 1]!, units[first]!)) first--;
  for (let i = start; i < first; i++) roles[i] = isHeaderLine(units[i]!) ? 'header' : 'noise';
  const end = titleEnd(units, first, found);
  for (let i = first; i < end; i++) roles[i] = 'title';
  return end;
}

/** A short line that could be the first half of a title. */
function isOpenLine(unit: Unit): boolean {
  return (
    unit.marker === null &&
    unit.text.length >= 6 &&
    unit.text.length <= 50 &&
    !isTerminated(unit.text) &&
    !isHeaderLine(unit) &&
    !isBodyName(unit.text) &&
    edgeReason(unit.text) === null
  );
}

function findTitle(units: readonly Unit[], start: number): number {
  for (let i = start; i < Math.min(units.length, start + TITLE_WITHIN); i++) {
    const unit = units[i]!;
    if (
      unit.marker === null &&
      (isTitleLine(unit.text) || (i > start && isBareKind(unit.text) && isOpenLine(units[i - 1]!)))
    )
      return i;
    if (unit.marker !== null && unit.marker.form !== 'annex') return -1;
    if (unit.text.length >= 60 && isTerminated(unit.text) && !isAddressees(unit.text)) return -1;
  }
  return -1;
}

/** A text without a recognisable title: its first line, when it is short and no sentence. */
function readUntitled(units: readonly Unit[], roles: Role[], start: number): number {
  const { text, marker, line } = units[start]!;
  if (marker !== null || line.kind === 'row' || text.length > 80 || /[。；：:]$/.test(text)) return start;
  roles[start] = 'title';
  return start + 1;
}

/** The index after a title of several lines, 副标题 and （试行） included. */
function titleEnd(units: readonly Unit[], first: number, found: number): number {
  let end = found + 1;
  let title = units
    .slice(first, end)
    .map((unit) => unit.text)
    .join('');
  for (; end < units.length; end++) {
    const { text, marker } = units[end]!;
    if (isSubtitle(text)) continue;
    const goesOn = marker === null && isTitleLine(text) && !isHeaderLine(units[end]!) && !isFinished(title);
    if (!goesOn || compactTitle(title).includes(compactTitle(text))) break;
    title += text;
  }
  return end;
}

/** "关于印发…行动" goes on; "…的通知", "…方案" without 关于 does not. */
function isFinished(title: string): boolean {
  const bare = stripTail(title.replace(/\s+/g, ''));
  if (/(?:印发|转发|发布|公布|下发|批转)/.test(bare)) return /(?:通知|公告|通告|函|批复|决定|令)$/.test(bare);
  return (
    !/(?:工程|行动|规划|计划|建议|安排|标准|目录|制度|政策|法|令|函|说明)$/.test(bare) || !/关于/.test(bare)
  );
}

/** A line above the title that is its first half: the issuer before "关于…的意见", or the start of a long title. */
export function isTitlePart(before: Unit, title: Unit): boolean {
  const { text } = before;
  if (before.marker !== null || isHeaderLine(before) || isTerminated(text) || text.length < 4) return false;
  if (edgeReason(text) !== null || text.length > 60) return false;
  if (isBodyName(title.text)) return isBodyName(text);
  if (/^(?:关于|印发|转发|批转|发布)/.test(title.text)) {
    return isBodyName(text) || /^(?:中共|[\u4e00-\u9fff]{2,12}(?:省|市|区|县|州|旗))/.test(text);
  }
  if (/关于|印发|转发/.test(text)) return true;
  if (isBareKind(title.text)) return isOpenLine(before);
  return (
    /(?:的|和|与|及|、|》|事业|发展|建设|工作|进一步|推进|促进|加强|规范|年)$/.test(text) &&
    text.length >= 8 &&
    !isBodyName(text)
  );
}

function isSubtitle(text: string): boolean {
  return (
    /^[（(〔][^（）()]{1,40}[）)〕]$/.test(text) &&
    !/(?:此件|联系|公开|通过|批准|公布|施行|修正|修订|号|印发|发布|审议)/.test(text) &&
    !isDateLine(text)
  );
}

function isHeaderLine({ text, marker }: Unit): boolean {
  if (marker !== null && !/^[12]\d{3}/.test(text)) return false;
  return (
    isPageHeader(text) ||
    isDocumentNumber(text) ||
    isAdoptionNote(text) ||
    isDateLine(text) ||
    /文件$/.test(text) ||
    /^签发人/.test(text)
  );
}

/** Header lines, 主送机关 and contents from `at` on; gives the index of the first line that is neither. */
function readHeader(units: readonly Unit[], roles: Role[], at: number): number {
  const title = units
    .slice(0, at)
    .filter((_, k) => roles[k] === 'title')
    .map((unit) => compactTitle(unit.text))
    .join('');
  let i = at;
  while (i < units.length) {
    const unit = units[i]!;
    const contents = contentsEnd(units, i);
    if (contents > i) {
      for (; i < contents; i++) roles[i] = 'contents';
      continue;
    }
    if (unit.line.kind === 'row') break;
    const again = unit.marker === null ? repeatedTitle(units, title, i) : 0;
    if (again > 0) {
      for (const end = i + again; i < end; i++) roles[i] = 'title-again';
      continue;
    }
    if (isRestOfNote(units, roles, i)) roles[i] = 'header';
    else if (isHeaderLine(unit) || isSubtitle(unit.text) || isEndNote(unit.text)) roles[i] = 'header';
    else if (unit.marker === null && isAddressees(unit.text)) roles[i] = 'header';
    else if (unit.marker === null && edgeReason(unit.text) !== null) roles[i] = 'noise';
    else if (
      unit.marker === null &&
      isBodyName(unit.text) &&
      i + 1 < units.length &&
      isDateLine(units[i + 1]!.text)
    )
      roles[i] = 'header';
    else break;
    i++;
  }
  return i;
}

/** The title of a page is often printed again above the text, on one line or several: the number of lines. */
function repeatedTitle(units: readonly Unit[], title: string, at: number): number {
  let joined = '';
  let best = 0;
  for (let i = at; i < Math.min(units.length, at + 5) && units[i]!.marker === null; i++) {
    joined += compactTitle(units[i]!.text);
    if (!title.includes(joined)) break;
    if (joined.length >= 8) best = i + 1 - at;
  }
  return best;
}

function compactTitle(text: string): string {
  return text.replace(/[\s《》〈〉]/g, '');
}

/** 题注 broken into several lines, names of the bodies that published: short lines above the first number or sentence. */
function isRestOfNote(units: readonly Unit[], roles: readonly Role[], i: number): boolean {
  const { text, marker, line } = units[i]!;
  if (marker !== null || line.kind === 'row' || text.length > 60 || /[。；：:]$/.test(text)) return false;
  if (/(?:发布|施行|批准|通过|修正|修订|公布|生效|印发|废止|的决定》?)[）)]?$/.test(text)) return true;
  if (isTitleLine(text)) return false;
  if (roles[i - 1] === 'header' && isBodyName(text)) return true;
  // Above the line that says when it was adopted, nothing of the text stands yet.
  return units.slice(i + 1, i + 4).some((next) => isAdoptionNote(next.text) && next.marker === null);
}

/** An order names what it publishes in its text, not in its title. */
function coveringText(units: readonly Unit[], at: number, title: string): string {
  if (carriedTitles(title).length > 0) return title;
  const first = units.slice(at, at + 4).find((unit) => /^(?:现)?(?:公布|发布|印发)?《/.test(unit.text));
  return first === undefined ? title : first.text;
}

/** The covering notice up to the title of what it carries; without such a title, up to its date. */
function readNotice(units: readonly Unit[], roles: Role[], at: number, title: string): number {
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
  let joined = compactTitle(units[carried]!.text);
  for (; after < units.length; after++) {
    const next = compactTitle(units[after]!.text);
    if (isSubtitle(units[after]!.text)) continue;
    if (!quoted.some((one) => compactTitle(one).startsWith(joined + next))) break;
    joined += next;
  }
  return after === carried + 1 ? titleEnd(units, carried, carried) : after;
}

function findCarried(units: readonly Unit[], at: number, title: string): number {
  const quoted = carriedTitles(title).map((one) => one.replace(/\s/g, ''));
  let dated = -1;
  for (let i = at; i < units.length; i++) {
    const unit = units[i]!;
    const compact = unit.text.replace(/[\s《》]/g, '');
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
        return i;
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

/** A carried title that was broken into two lines. */
function startsWithRest(units: readonly Unit[], i: number, title: string): boolean {
  const next = units[i + 1]?.text.replace(/[\s《》]/g, '') ?? '';
  return title.startsWith(units[i]!.text.replace(/[\s《》]/g, '') + next) && next !== '';
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
