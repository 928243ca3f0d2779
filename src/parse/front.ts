/** What stands before the body of a document: title, header, covering notice, contents. Gives each unit its role. */
import { contentsEnd } from './contents.js';
import { isTerminated } from './line.js';
import { coveringText, readNotice } from './notice.js';
import type { Role } from './role.js';
import { edgeReason } from './tail.js';
import { compactTitle, isHeaderLine, isSubtitle, readTitle, titleEnd } from './title-block.js';
import {
  carriedTitles,
  isAddressees,
  isAdoptionNote,
  isBodyName,
  isCoveringTitle,
  isDateLine,
  isDocumentNumber,
  isEndNote,
  isTitleLine,
} from './titles.js';
import type { Unit } from './unit.js';

/** One role per unit. Everything from the body on is 'body'; signatures inside it are found later. */
export function frontRoles(units: readonly Unit[]): Role[] {
  const roles: Role[] = units.map(() => 'body');
  const start = contentsEnd(units, 0);
  roles.fill('contents', 0, start);
  let at = readTitle(units, roles, start);
  at = skipToTitleAgain(units, roles, at);
  at = readHeader(units, roles, at);
  at = readTitleBelow(units, roles, at);
  const title = bareTitle(
    units
      .filter((_, i) => roles[i] === 'title')
      .map((unit) => unit.text)
      .join(''),
  );
  if (isCoveringTitle(title)) at = readNotice(units, roles, at, coveringText(units, at, title));
  else at = readOrder(units, roles, at, title);
  readHeader(units, roles, at);
  return roles;
}

/** 规范性文件登记号: HHCR-2023-01005. */
const REGISTRATION = /^[A-Z]{2,8}[-—]?\d{2,4}[-—]\d{3,8}$/;
/** How far below the title of a page it may be printed again, above the text. */
const AGAIN_WITHIN = 12;

/** A page prints its title, then who read it, key words and the first words of the text, then the title again: all that is of the page. */
function skipToTitleAgain(units: readonly Unit[], roles: Role[], at: number): number {
  const title = compactTitle(
    units
      .slice(0, at)
      .filter((_, i) => roles[i] === 'title')
      .map((unit) => unit.text)
      .join(''),
  );
  if (title.length < 8) return at;
  for (let i = at; i < Math.min(units.length, at + AGAIN_WITHIN); i++) {
    const lines = titleLines(units, title, i);
    if (lines > 0) {
      for (let k = at; k < i; k++)
        roles[k] = isHeaderLine(units[k]!) || REGISTRATION.test(units[k]!.text) ? 'header' : 'noise';
      roles.fill('title-again', i, i + lines);
      return i + lines;
    }
    const { text, line, marker } = units[i]!;
    const ofPage =
      text.length <= 30 ? marker === null && !/[。；：:]$/.test(text) : compactTitle(text).startsWith(title);
    if (line.kind === 'row' || !(ofPage || isHeaderLine(units[i]!))) return at;
  }
  return at;
}

/** How many lines from `at` on are the whole title; 0 when they are not. */
function titleLines(units: readonly Unit[], title: string, at: number): number {
  let joined = '';
  for (let i = at; i < Math.min(units.length, at + 5); i++) {
    joined += compactTitle(units[i]!.text);
    if (joined === title) return i + 1 - at;
    if (!title.startsWith(joined)) return 0;
  }
  return 0;
}

/** "某政办发〔2016〕26号《某某关于印发〈…〉的通知》": some pages print 发文字号 and quotation marks as part of the title. */
function bareTitle(title: string): string {
  const quoted = /^(?:[\u4e00-\u9fff]{1,12}[〔[(（]\d{4}[〕\])）]第?\d{1,4}号)?\s*《(.*)》$/.exec(title);
  if (quoted === null || !/〈/.test(quoted[1]!)) return title;
  return quoted[1]!.replace(/〈/g, '《').replace(/〉/g, '》');
}

/** How far below the title of a page its order may stand. */
const ORDER_WITHIN = 4;

/** Law sites print the title of a rule above the order that publishes it: 令, its sentence, its signature, the title again, the text. */
function readOrder(units: readonly Unit[], roles: Role[], at: number, title: string): number {
  const order = units.findIndex(
    (unit, i) => i >= at && i < at + ORDER_WITHIN && unit.marker === null && /令$/.test(unit.text),
  );
  if (order < 0 || !isCoveringTitle(units[order]!.text)) return at;
  if (!units.slice(at, order).every((unit) => isBodyName(unit.text))) return at;
  const published = coveringText(units, order + 1, units[order]!.text);
  if (!carriedTitles(published).some((one) => compactTitle(one) === compactTitle(title))) return at;
  const trial = [...roles];
  trial.fill('header', at, order);
  trial[order] = 'notice-title';
  const end = readNotice(units, trial, order + 1, published);
  if (!trial.slice(order + 1, end).includes('title')) return at;
  trial.forEach((role, i) => (roles[i] = i < at && role === 'notice-title' ? 'title-again' : role));
  return end;
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
    const again = unit.marker === null && !isDocumentNumber(unit.text) ? repeatedTitle(units, title, i) : 0;
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
    if (joined.length >= 8 || (joined.length >= 4 && title.endsWith(joined))) best = i + 1 - at;
  }
  return best;
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
