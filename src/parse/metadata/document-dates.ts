/** 成文, 发布 and 施行日期 of a document. */
import { adoptionNotes, type AdoptionNote } from './adoption.js';
import { findDates, garbledDate, readDate } from './dates.js';
import { findNumbers } from './document-number.js';
import { readEffective } from './effective.js';
import { linesOf } from './issuers.js';
import type { Notes } from './notes.js';
import type { Found, Region } from './region.js';
import type { Fields } from './fields.js';

export interface DatesInput {
  readonly fields: Fields;
  readonly title: Region;
  readonly header: Region;
  readonly notice: Region;
  readonly signature: Region;
  readonly body: Region;
}

export interface DocumentDates {
  readonly writtenOn: Found<string> | null;
  readonly publishedOn: Found<string> | null;
  readonly effectiveOn: Found<string> | null;
}

export function readDocumentDates(input: DatesInput, notes: Notes): DocumentDates {
  const adoption = adoptionNotes(input.header.text);
  const writtenOn =
    latest(adoption, ['adopted', 'amended'], input.header) ??
    signatureDate(input.signature, notes) ??
    noticeDate(input.notice, notes) ??
    stated('writtenOn', input.fields, notes) ??
    latest(adoption, ['published'], input.header) ??
    headerDate(input.header, notes) ??
    titleDate(input.title);
  const order = latest(adoption, ['published'], input.header);
  const publishedOn =
    stated('publishedOn', input.fields, notes) ??
    // An order of 1997 published another text than the one revised in 2021.
    (order !== null && (writtenOn === null || order.value >= writtenOn.value) ? order : null) ??
    pageDate(input.header) ??
    printedOn(input.signature);
  return { writtenOn, publishedOn, effectiveOn: effective(input, adoption, writtenOn, publishedOn, notes) };
}

function effective(
  input: DatesInput,
  adoption: readonly AdoptionNote[],
  writtenOn: Found<string> | null,
  publishedOn: Found<string> | null,
  notes: Notes,
): Found<string> | null {
  const field = stated('effectiveOn', input.fields, notes);
  if (field !== null) return field;
  for (const region of [input.body, input.notice]) {
    const match = readEffective(region.text);
    if (match === null) continue;
    const span = region.locate(match.start, match.end);
    if (typeof match.on === 'object') return { value: match.on.iso, span };
    const day = beginning(match.on, adoption, writtenOn, publishedOn);
    if (day !== null) return { value: day.value, span };
  }
  return latest(adoption, ['effective'], input.header);
}

/**
 * 自公布之日起: the day that is known as such; for a paper without one, the day it was written. A statute that was amended or
 * approved later says 公布 of a day that its notes may leave out: then it stays open.
 */
function beginning(
  on: 'published' | 'written',
  adoption: readonly AdoptionNote[],
  writtenOn: Found<string> | null,
  publishedOn: Found<string> | null,
): Found<string> | null {
  if (on === 'written') return writtenOn ?? publishedOn;
  const acts = adoption.filter((note) => note.event !== 'effective' && note.event !== 'published').length;
  return acts > 1 ? null : (publishedOn ?? writtenOn);
}

/** The latest of the acts, or null. */
function latest(
  adoption: readonly AdoptionNote[],
  events: readonly AdoptionNote['event'][],
  region: Region,
): Found<string> | null {
  let best: AdoptionNote | null = null;
  for (const note of adoption) {
    if (note.iso === null || note.iso.length < 10 || !events.includes(note.event)) continue;
    if (best?.iso == null || note.iso >= best.iso) best = note;
  }
  return best?.iso == null ? null : { value: best.iso, span: region.locate(best.start, best.end) };
}

/** The last line of the signature that is a date and nothing else than the organ. */
function signatureDate(region: Region, notes: Notes): Found<string> | null {
  let best: Found<string> | null = null;
  for (const { text, start } of linesOf(region.text)) {
    if (text.length > 160 || /印发[ 　。]*$|印发[：:]|抄送|附件|施行|有效期/.test(text)) continue;
    best = dateOfLine(text, start, region, notes) ?? best;
  }
  return best;
}

/** "2022-01-29　来源：…　【字体：大 中 小】": the line that a page prints below the title. */
function pageDate(region: Region): Found<string> | null {
  for (const { text, start } of linesOf(region.text)) {
    const [date] = findDates(text);
    if (date?.iso == null || date.iso.length < 10 || text.slice(0, date.start).trim() !== '') continue;
    const rest = text.slice(date.end).replace(/^\s*\d{1,2}:\d{2}(?::\d{2})?/, '');
    if (/^[\s|｜【[（(]*(?:来源|信息来源|浏览|点击|阅读|字体|字号|作者)/.test(rest))
      return { value: date.iso, span: region.locate(start + date.start, start + date.end) };
  }
  return null;
}

/** "某某办公室 2022年3月1日印发" (GB/T 9704-2012 7.4.3): the day it was sent out. */
function printedOn(region: Region): Found<string> | null {
  for (const { text, start } of linesOf(region.text)) {
    const date = findDates(text).at(-1);
    if (date?.iso == null || date.iso.length < 10 || !/^\s*印发/.test(text.slice(date.end))) continue;
    return { value: date.iso, span: region.locate(start + date.start, start + date.end) };
  }
  return null;
}

/** In a notice the date stands under the organs, alone or behind them, near the end. */
function noticeDate(region: Region, notes: Notes): Found<string> | null {
  const lines = linesOf(region.text).filter((line) => line.text.trim() !== '');
  for (const { text, start } of lines.slice(-8).reverse()) {
    if (text.trim().length > 60 || /印发|附件|[，。；]/.test(text)) continue;
    const found = dateOfLine(text, start, region, notes);
    if (found !== null) return found;
  }
  return null;
}

/** （2021年6月30日） under the title, or behind 发文字号. A date behind 来源 or 时间 is the page's. */
function headerDate(region: Region, notes: Notes): Found<string> | null {
  for (const { text, start } of linesOf(region.text)) {
    const bare = withoutNumbers(text).replace(/[（()）\s]/g, '');
    const [date] = findDates(text);
    if (
      date === undefined
        ? garbledDate(text) === null
        : text.slice(date.start, date.end).replace(/\s/g, '') !== bare
    )
      continue;
    const found = dateOfLine(text, start, region, notes);
    if (found !== null) return found;
  }
  return null;
}

function withoutNumbers(text: string): string {
  return findNumbers(text).reduceRight(
    (rest, { start, end }) => rest.slice(0, start) + rest.slice(end),
    text,
  );
}

/** 条例(2021-12-03) as some collections name their files. */
function titleDate(region: Region): Found<string> | null {
  const match = /[（(]([^（()）]{8,14})[）)]\s*$/.exec(region.text);
  const date = match === null ? undefined : findDates(match[1]!)[0];
  if (
    match === null ||
    date?.iso == null ||
    date.iso.length < 10 ||
    date.end - date.start < match[1]!.trim().length
  )
    return null;
  const start = match.index + 1 + date.start;
  return { value: date.iso, span: region.locate(start, start + date.end - date.start) };
}

function dateOfLine(line: string, offset: number, region: Region, notes: Notes): Found<string> | null {
  const date = findDates(line).at(-1);
  if (date !== undefined) {
    const span = region.locate(offset + date.start, offset + date.end);
    if (date.iso !== null) return { value: date.iso, span };
    notes.add(
      'date-invalid',
      'warning',
      `日期“${line.slice(date.start, date.end).trim()}”不是日历上的日子，未采用。`,
      span,
    );
    return null;
  }
  const garbled = garbledDate(line);
  if (garbled !== null) {
    const printed = line.slice(garbled.start, garbled.end);
    const message = `日期“${printed}”残缺，无法确定年月日，未采用。`;
    notes.add(
      'date-garbled',
      'warning',
      message,
      region.locate(offset + garbled.start, offset + garbled.end),
    );
  }
  return null;
}

function stated(
  field: 'writtenOn' | 'publishedOn' | 'effectiveOn',
  fields: Fields,
  notes: Notes,
): Found<string> | null {
  for (const { value, region, start } of fields.all(field)) {
    const date = readDate(value);
    if (date?.iso != null)
      return { value: date.iso, span: region.locate(start + date.start, start + date.end) };
    if (value.trim() === '' || !/[0-9０-９]/.test(value)) continue;
    const span = region.locate(start, start + value.length);
    notes.add(
      'date-garbled',
      'warning',
      `日期“${value.trim().slice(0, 30)}”残缺，无法确定年月日，未采用。`,
      span,
    );
  }
  return null;
}
