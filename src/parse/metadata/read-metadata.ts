/** What a document says of itself: title, kind, issuers, number, dates, period, status, addressees and jurisdiction. */
import type { Diagnostic } from '../../model/diagnostic.js';
import type { Metadata, Provenance } from '../../model/document.js';
import type { SourceMap } from '../../model/source-map.js';
import type { Span } from '../../model/span.js';
import { resolveJurisdiction, type Resolution } from '../jurisdiction/resolve.js';
import { readAddressees } from './addressees.js';
import { readDocumentDates } from './document-dates.js';
import { Fields } from './fields.js';
import { adoptedBy, signedAtEnd, signedBy, statedBy, titledBy } from './issuers.js';
import { Notes } from './notes.js';
import { readOwnNumber } from './own-number.js';
import { readPeriod } from './period.js';
import { bodyRegion, joinRegions, NOTHING, partRegion, type Found, type Region } from './region.js';
import { readStatus } from './stated-fields.js';
import { isPlaceholder, templateEvidence } from './template.js';
import { endsWithKind, issuedTitle, kindOf, tidyTitle } from './title.js';

/** A stretch of front or end matter. `span` is in the decoded source; `text` may be its clean form. */
export interface MetadataPart {
  readonly role: 'title' | 'notice-title' | 'header' | 'signature' | 'notice';
  readonly text: string;
  readonly span: Span;
}

/** One row of a 信息公开 table: 发文字号, 发布机构, 成文日期 … `span` is in the decoded source and holds the value. */
export interface StatedField {
  readonly name: string;
  readonly value: string;
  readonly span: Span;
}

export interface MetadataInput {
  readonly parts: readonly MetadataPart[];
  /** Clean text of the whole document. */
  readonly body: string;
  /** Clean text → decoded source. */
  readonly map: SourceMap;
  readonly fields: readonly StatedField[];
  /** The decoded source text. */
  readonly source: string;
}

export interface MetadataReading {
  readonly metadata: Metadata;
  /** Offsets in the decoded source. */
  readonly provenance: Provenance;
  readonly diagnostics: readonly Diagnostic[];
}

/** Never throws: what the text does not say is null, and what it says badly is a diagnostic. Linear in the text. */
export function readMetadata(input: MetadataInput): MetadataReading {
  const notes = new Notes();
  const regions = regionsOf(input);
  const { header, notice, signature, body } = regions;
  const fields = new Fields(input.fields, header, input);
  const title = titleOf(regions, fields, ownLength(input));
  const issuers = issuersOf(regions, title, fields);
  const number = readOwnNumber(
    { fields, title: regions.title, noticeTitle: regions.noticeTitle, header, notice, signature },
    notes,
  );
  const dates = readDocumentDates({ fields, title: regions.title, header, notice, signature, body }, notes);
  const period = periodOf(title, body);
  const status = statusOf(fields);
  const addressees = addresseesOf(header, notice);

  const named = issuers?.value.filter((name) => !isPlaceholder(name)) ?? [];
  const resolution = resolveJurisdiction({
    title: title.region.text,
    noticeTitle: title.notice.text,
    issuers: named,
    stated: fields.all('issuer').map((field) => field.value),
    documentNumber: number?.value ?? null,
    hints: [...fields.all('origin'), ...fields.all('index')].map((field) => field.value),
    text: input.body,
  });
  const template = isTemplate(title, named, resolution, body, notes);
  const place = template ? null : placeSpan(resolution, title, regions.body, issuers, number, fields);
  if (!template)
    for (const { code, severity, message } of resolution.doubts) notes.add(code, severity, message, place);

  const provenance: { -readonly [K in keyof Provenance]: Span } = {};
  const note = (field: keyof Metadata, span: Span | null | undefined): void => {
    if (span != null && span.end > span.start) provenance[field] = span;
  };
  const jurisdiction = template ? null : resolution.jurisdiction;
  note('title', title.span);
  note('kind', title.span);
  if (named.length > 0) note('issuers', issuers?.span);
  note('documentNumber', number?.span);
  note('writtenOn', dates.writtenOn?.span);
  note('publishedOn', dates.publishedOn?.span);
  note('effectiveOn', dates.effectiveOn?.span);
  note('status', status?.span);
  note('period', period?.span);
  note('addressees', addressees?.span);
  if (jurisdiction !== null) note('jurisdiction', place);
  return {
    metadata: {
      title: title.value,
      kind: kindOf(title.value),
      issuers: named,
      documentNumber: number?.value ?? null,
      writtenOn: dates.writtenOn?.value ?? null,
      publishedOn: dates.publishedOn?.value ?? null,
      effectiveOn: dates.effectiveOn?.value ?? null,
      status: status?.value ?? null,
      period: period?.value ?? null,
      addressees: addressees?.value ?? null,
      jurisdiction,
      template,
    },
    provenance,
    diagnostics: notes.all,
  };
}

interface Regions {
  readonly title: Region;
  readonly noticeTitle: Region;
  readonly header: Region;
  readonly notice: Region;
  readonly signature: Region;
  readonly body: Region;
}

/** No title and no front matter is longer; what is comes from a mistaken cut, and is read this far. */
const LONGEST_TITLE = 1_000;
const LONGEST_PART = 40_000;

function regionsOf(input: MetadataInput): Regions {
  const of = (role: MetadataPart['role'], longest: number): Region => {
    const regions: Region[] = [];
    let length = 0;
    for (const { role: own, text, span } of input.parts) {
      if (own !== role || length >= longest) continue;
      regions.push(partRegion(text.slice(0, longest - length), span, input));
      length += text.length + 1;
    }
    return joinRegions(regions);
  };
  const header = of('header', LONGEST_PART);
  return {
    title: completed(of('title', LONGEST_TITLE), header, input.source),
    noticeTitle: completed(of('notice-title', LONGEST_TITLE), header, input.source),
    header,
    notice: of('notice', LONGEST_PART),
    signature: of('signature', LONGEST_PART),
    body: bodyRegion(input),
  };
}

/** A title that breaks off ("关于印发…五年行动") goes on in the line below it when that line ends it ("实施方案的通知"). */
function completed(title: Region, header: Region, source: string): Region {
  const line = header.text.split('\n', 1)[0]!.trim();
  if (title.text.trim() === '' || line === '' || line.length > 60 || /[：:。]/.test(line)) return title;
  if (endsWithKind(title.text) || !endsWithKind(line)) return title;
  const start = header.text.indexOf(line);
  const above = title.locate(0, title.text.length);
  const below = header.locate(start, start + line.length);
  const adjoins = above !== null && below !== null && above.end <= below.start;
  if (!adjoins || source.slice(above.end, below.start).trim() !== '') return title;
  return joinRegions([title, { text: line, locate: (from, to) => header.locate(start + from, start + to) }]);
}

interface Title extends Found<string> {
  readonly region: Region;
  /** The title of the notice that issues it; empty when there is none. */
  readonly notice: Region;
}

/** A notice alone is shorter than this; what is longer holds the plan that it issues. */
const NOTICE_ALONE = 600;

/** Length of the text that is no front matter. */
function ownLength({ body, parts }: MetadataInput): number {
  return body.length - parts.reduce((sum, { text }) => sum + text.length, 0);
}

/** Whether a line of the text is this title. */
function hasLine(text: string, title: string): boolean {
  const line = title.replace(/\s+/g, '');
  for (let at = text.indexOf(line); at >= 0; at = text.indexOf(line, at + line.length)) {
    if (
      /^\s*(?:\n|$)/.test(text.slice(at + line.length, at + line.length + 40)) &&
      /(?:^|\n)[ \t　]*$/.test(text.slice(Math.max(0, at - 40), at))
    )
      return true;
  }
  return false;
}

/** The plan's own title; else the one that the notice issues (印发《X》); else the notice's; else the stated one. */
function titleOf({ title, noticeTitle, body }: Regions, fields: Fields, length: number): Title {
  if (title.text.trim() !== '') {
    const own = issuedTitle(title.text);
    const plan =
      own !== null && (length >= NOTICE_ALONE || hasLine(body.text, title.text.slice(own.start, own.end)));
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

function issuersOf(
  { header, notice, signature }: Regions,
  title: Title,
  fields: Fields,
): Found<readonly string[]> | null {
  const signed = signedBy(signature) ?? signedAtEnd(notice);
  const titled = titledBy(title.region) ?? titledBy(title.notice);
  // 市教育局 of a signature is 聊城市教育局 of the title.
  if (signed !== null && titled !== null && !signed.value.some(namesPlace) && titled.value.some(namesPlace))
    return titled;
  if (signed !== null || titled !== null) return signed ?? titled;
  const adopted = adoptedBy(header);
  if (adopted !== null) return adopted;
  for (const { value, region, start } of fields.all('issuer')) {
    const stated = statedBy(value, region, start);
    if (stated !== null) return stated;
  }
  return null;
}

/** 市教育局, 省政府办公厅 name no place. */
function namesPlace(organ: string): boolean {
  return !/^(?:中共)?(?:[省市区县州旗](?!中)|自治区|本|我)/.test(organ);
}

function periodOf(title: Title, body: Region): Found<{ from: number; to: number }> | null {
  const match = readPeriod(title.region.text);
  if (match !== null) return { value: match.period, span: title.region.locate(match.start, match.end) };
  const stated = /规划期(?:限)?(?:为|是|：|:)[^。\n]{4,24}/.exec(body.text);
  const years = stated === null ? null : readPeriod(stated[0]);
  if (stated === null || years === null || years.period.from === years.period.to) return null;
  return { value: years.period, span: body.locate(stated.index + years.start, stated.index + years.end) };
}

function statusOf(fields: Fields): Found<string> | null {
  for (const { value, region, start } of fields.all('status')) {
    const status = readStatus(value);
    if (status === null) continue;
    const at = start + Math.max(0, value.indexOf(status));
    return { value: status, span: region.locate(at, at + status.length) };
  }
  return null;
}

function addresseesOf(header: Region, notice: Region): Found<string> | null {
  for (const region of [notice, header]) {
    const match = readAddressees(region.text);
    if (match !== null) return { value: match.value, span: region.locate(match.start, match.end) };
  }
  return null;
}

/**
 * 范本: placeholders where names and years should stand, and neither an organ nor a title that names a place. A form in the
 * annex of a real document (____年__月__日) has its issuer above it.
 */
function isTemplate(
  title: Title,
  issuers: readonly string[],
  { clue }: Resolution,
  body: Region,
  notes: Notes,
): boolean {
  const message = '以占位符代替地名或年份，按范本处理，不认定适用地域。';
  const blank = /[_＿×✕]{1,4}|某[省市县区]|[XxＸ]{1,3}[省市县区镇乡]|20[XxＸ_＿*]{1,2}/.exec(
    title.region.text,
  );
  if (blank !== null) {
    const span = title.region.locate(blank.index, blank.index + blank[0].length);
    notes.add('template', 'info', `标题${message}`, span);
    return true;
  }
  if (clue !== null && clue.source !== 'text' && clue.source !== 'stated') return false;
  const { count, sorts, first } = templateEvidence(body.text);
  // 市教育局 without a name may be real or not: then the blanks must be many.
  const template = issuers.length > 0 ? count >= 6 && sorts >= 2 : count >= 3 || (count >= 2 && sorts >= 2);
  if (template && first !== null)
    notes.add('template', 'info', `文中${message}`, body.locate(first.start, first.end));
  return template;
}

function placeSpan(
  { clue }: Resolution,
  title: Title,
  body: Region,
  issuers: Found<readonly string[]> | null,
  number: Found<string> | null,
  fields: Fields,
): Span | null {
  switch (clue?.source) {
    case undefined:
      return null;
    case 'title':
      return title.region.locate(clue.start, clue.end);
    case 'notice-title':
      return title.notice.locate(clue.start, clue.end);
    case 'issuer':
      return issuers?.span ?? null;
    case 'number':
      return number?.span ?? null;
    case 'text':
      return body.locate(clue.start, clue.end);
    case 'stated': {
      const field = fields.all('issuer')[clue.index];
      return field === undefined
        ? null
        : field.region.locate(field.start + clue.start, field.start + clue.end);
    }
  }
}
