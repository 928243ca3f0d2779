/** The title of a document: on one line or several, below a letterhead, below the navigation of a page. */
import { isTerminated } from './line.js';
import type { Role } from './role.js';
import { edgeReason } from './tail.js';
import {
  isAddressees,
  isAdoptionNote,
  isBareKind,
  isBodyName,
  isDateLine,
  isDocumentNumber,
  isPageHeader,
  isSignedDate,
  isTitleLine,
  quotedTitles,
  stripTail,
} from './titles.js';
import type { Unit } from './unit.js';

/** A title stands among the first lines or nowhere. */
const TITLE_WITHIN = 25;

/** Marks the title and what stands before it; gives the index after it. */
export function readTitle(units: readonly Unit[], roles: Role[], start: number): number {
  if (start >= units.length) return start;
  if (units[start]!.opensDocument) {
    const end = isWrapped(units, start) ? start + 2 : start + 1;
    roles.fill('title', start, end);
    return end;
  }
  const found = findTitle(units, start);
  if (found < 0) return readUntitled(units, roles, start);
  let first = found;
  while (first > start && isTitlePart(units[first - 1]!, units[first]!)) first--;
  for (let i = start; i < first; i++)
    roles[i] = isHeaderLine(units[i]!) || isAddressees(units[i]!.text) ? 'header' : 'noise';
  const end = titleEnd(units, first, found);
  const notice = announces(units, start, first, units.slice(first, end));
  for (let i = notice; i < first; i++)
    roles[i] = isDateLine(units[i]!.text) || isSignedDate(units[i]!.text) ? 'signature' : 'notice';
  for (let i = first; i < end; i++) roles[i] = 'title';
  return end;
}

/** "【篇二】2023年学校安全 / 工作计划": the title of a piece of a series on two lines. */
function isWrapped(units: readonly Unit[], start: number): boolean {
  const below = units[start + 1];
  if (below === undefined || below.marker !== null || below.line.kind === 'row' || below.opensDocument)
    return false;
  return !isTitleLine(units[start]!.text) && (isBareKind(below.text) || isTitleLine(below.text));
}

/** Where, above a title, the text stands that announces it by its name ("现将《…》予以公布"): a notice without a title of its own. */
function announces(units: readonly Unit[], start: number, first: number, title: readonly Unit[]): number {
  const own = compactTitle(title.map((unit) => unit.text).join(''));
  for (let i = start; i < first; i++) {
    const { text, marker, line } = units[i]!;
    if (marker !== null || line.kind === 'row' || text.length < 30 || !/[，,。]/.test(text)) continue;
    const named = quotedTitles(text).map(compactTitle);
    if (named.some((one) => one.length >= 6 && (own.startsWith(one) || own.endsWith(one)))) return i;
  }
  return first;
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
    if (
      unit.text.length >= 60 &&
      isTerminated(unit.text) &&
      !isAddressees(unit.text) &&
      !isAnnounced(units, i)
    )
      return -1;
  }
  return -1;
}

/** "修订后的《…规则》已经…审议通过，现印发给你们": a sentence that names the title below it. */
function isAnnounced(units: readonly Unit[], at: number): boolean {
  if (!/印发|公布|发布|下发|颁布|转发/.test(units[at]!.text)) return false;
  const named = quotedTitles(units[at]!.text).map(compactTitle);
  return units
    .slice(at + 1, at + TITLE_WITHIN)
    .some(({ text, marker }) => marker === null && named.includes(compactTitle(text)));
}

/** A text without a recognisable title: its first line, when it is short and no sentence. */
function readUntitled(units: readonly Unit[], roles: Role[], start: number): number {
  const { text, marker, line } = units[start]!;
  if (marker !== null || line.kind === 'row' || text.length > 80 || /[。；：:]$/.test(text)) return start;
  roles[start] = 'title';
  return start + 1;
}

/** The index after a title of several lines, 副标题 and （试行） included. */
export function titleEnd(units: readonly Unit[], first: number, found: number): number {
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
  // "某某规划（草案） 发布时间：2025-12-09": a line of the page.
  if (/(?:时间|日期|来源)\s*[:：]/.test(text)) return false;
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

export function isSubtitle(text: string): boolean {
  // "20162020年)": brackets and dashes are what garbled pages lose.
  if (/^[（(]?(?:19|20)\d{2}[-—–~至]{0,2}(?:19|20)\d{2}年[）)]$/.test(text)) return true;
  return (
    /^[（(〔][^（）()]{1,40}[）)〕]$/.test(text) &&
    !/(?:此件|联系|公开|通过|批准|公布|施行|修正|修订|号|印发|发布|审议)/.test(text) &&
    !isDateLine(text)
  );
}

export function isHeaderLine({ text, marker }: Unit): boolean {
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

export function compactTitle(text: string): string {
  return text.replace(/[\s《》〈〉]/g, '');
}

/** "印发…实施方案的通知" carries "…的实施方案": the 的 comes and goes. */
export function looseTitle(text: string): string {
  return compactTitle(text).replace(/的/g, '');
}
