/** What a document says of itself: title, kind, issuers, number, dates, period, status, addressees and jurisdiction. */
import type { Diagnostic } from '../../model/diagnostic.js';
import type { Metadata, Provenance } from '../../model/document.js';
import type { Span } from '../../model/span.js';
import { resolveJurisdiction } from '../jurisdiction/resolve.js';
import { readAddressees } from './addressees.js';
import { readDocumentDates } from './document-dates.js';
import { ownLength, titleOf, type Title } from './document-title.js';
import { Fields } from './fields.js';
import type { MetadataInput } from './input.js';
import { isTemplate } from './is-template.js';
import { adoptedBy, letterhead, signedAtEnd, signedBy, statedBy, titledBy } from './issuers.js';
import { Notes } from './notes.js';
import { readOwnNumber } from './own-number.js';
import { readPeriod } from './period.js';
import { placeSpan } from './place-span.js';
import type { Found, Region } from './region.js';
import { regionsOf, type Regions } from './regions.js';
import { readStatus } from './stated-fields.js';
import { isPlaceholder } from './template.js';
import { kindOf } from './title.js';

export type { MetadataInput, MetadataPart, StatedField } from './input.js';

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
  const head = letterhead(header);
  const issuers = issuersOf(regions, title, fields) ?? head?.organ ?? null;
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
    stated: [...fields.all('issuer').map((field) => field.value), ...(head === null ? [] : [head.line])],
    documentNumber: number?.value ?? null,
    hints: [...fields.all('origin'), ...fields.all('index')].map((field) => field.value),
    text: input.body,
  });
  const template = isTemplate(title, named, resolution, body, notes);
  const place = template
    ? null
    : placeSpan(resolution, title, regions.body, issuers, number, fields, header, head);
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
