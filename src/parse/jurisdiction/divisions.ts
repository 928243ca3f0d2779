/** The divisions of GB/T 2260 and our own list of 新区 and 开发区, by name and by code. */
import type { Jurisdiction } from '../../model/jurisdiction.js';
import { COUNTRY, liesIn, type Division } from './division.js';
import { divisionTable } from './division-table.js';
import { GENERIC_DISTRICT } from './common-words.js';
import { mentionAt, mentions } from './mentions.js';

/**
 * All divisions that a name or code can mean ("武清区", "武清", "天津市武清区", "天津武清", "120114"); empty when none.
 * 鼓楼区 gives four. A short name that is a province's ("吉林", "海南") means the province, which holds the others of that name
 * as far as they lie in it.
 */
export function findDivision(nameOrCode: string): readonly Jurisdiction[] {
  const asked = nameOrCode.replace(/\s+/g, '');
  if (asked === '') return [];
  if (/^(?:全国|中国|国家|中华人民共和国|100000)$/.test(asked)) return [COUNTRY];
  const coded = divisionTable().byCode.get(asked);
  if (coded !== undefined) return [coded.jurisdiction];
  const mention = mentionAt(asked, 0, true);
  const found = mention?.end === asked.length ? mention.candidates : [];
  const provinces = found.filter((division) => division.jurisdiction.level === 'province');
  return (provinces.length > 0 ? provinces : found).map((division) => division.jurisdiction);
}

/**
 * Names of divisions in a query: [start, end), what each can mean, and whether it was written with its kind (武清区). Words of town
 * planning that are names too (老城区) and short names that are ordinary words (长寿) need their kind or a division before them.
 */
export function findPlaces(text: string): {
  readonly start: number;
  readonly end: number;
  readonly divisions: readonly Jurisdiction[];
  readonly full: boolean;
}[] {
  return mentions(text)
    .filter(({ start, end, links }) => links > 1 || !GENERIC_DISTRICT.test(text.slice(start, end)))
    .filter(({ form, candidates }) => form === 'full' || candidates.every(isProvinceOrCity))
    .map(({ start, end, candidates, form }) => ({
      start,
      end,
      divisions: candidates.map(({ jurisdiction }) => jurisdiction),
      full: form === 'full',
    }));
}

function isProvinceOrCity({ jurisdiction: { level } }: Division): boolean {
  return level !== 'district';
}

/** The division of a code, or null. */
export function divisionByCode(code: string): Division | null {
  return divisionTable().byCode.get(code) ?? null;
}

/** The division under which all of these lie, the innermost one; null when they share none. */
export function commonDivision(divisions: readonly Division[]): Division | null {
  let common: Division | null = divisions[0] ?? null;
  for (const division of divisions) {
    while (common !== null && !liesIn(division, common)) common = common.parent;
  }
  return common;
}
