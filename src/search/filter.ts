/** Filters of a question → the documents it is about. */
import { TiaowenError } from '../model/errors.js';
import type { Metadata } from '../model/document.js';
import type { Jurisdiction } from '../model/jurisdiction.js';
import type { DocumentEntry } from '../store/store.js';

export interface Filter {
  /** Name ("武清区", "天津市武清区") or code of a division; its lower divisions are included. Several are joined by OR. */
  readonly jurisdictions?: readonly string[];
  /** 规划, 意见 … */
  readonly kind?: string;
  /** Year of writing, publication or of a period that includes it. */
  readonly year?: number;
  /** Document id. */
  readonly document?: string;
}

/** All divisions with a name or code; more than one for homonyms such as 鼓楼区. */
export type FindDivision = (nameOrCode: string) => readonly Jurisdiction[];

/** Whether `inner` is `outer` or lies within it. */
export function isWithin(inner: Jurisdiction, outer: Jurisdiction): boolean {
  if (outer.level === 'country') return true;
  if (inner.code === outer.code) return true;
  if (outer.level === 'province') return inner.province === outer.province;
  return outer.level === 'city' && inner.province === outer.province && inner.city === outer.city;
}

/**
 * The divisions that a list of names means. Throws TiaowenError jurisdiction-unknown for a name that no division has: a filter
 * that matches nothing by a slip of the pen would look like "no provision".
 */
export function divisionsOf(names: readonly string[], find: FindDivision): Jurisdiction[] {
  return names.flatMap((name) => {
    const found = find(name.trim());
    if (found.length === 0) {
      throw new TiaowenError(
        'jurisdiction-unknown',
        `没有名为“${name}”的行政区划。请写全称（如 天津市武清区）或六位代码（如 120114）。`,
      );
    }
    return found;
  });
}

/** Whether a document passes; `divisions` are those of filter.jurisdictions. */
export function passes(
  { id, metadata }: DocumentEntry,
  filter: Filter,
  divisions: readonly Jurisdiction[],
): boolean {
  if (filter.jurisdictions?.length && !appliesIn(metadata, divisions)) return false;
  if (filter.kind !== undefined && metadata.kind !== filter.kind) return false;
  if (filter.document !== undefined && id !== filter.document) return false;
  return filter.year === undefined || isOfYear(metadata, filter.year);
}

/** Whether a document applies in one of the divisions; a template applies nowhere. */
export function appliesIn({ jurisdiction, template }: Metadata, divisions: readonly Jurisdiction[]): boolean {
  return !template && jurisdiction !== null && divisions.some((division) => isWithin(jurisdiction, division));
}

/** Written or published in this year, or of a period that includes it. */
export function isOfYear({ writtenOn, publishedOn, period }: Metadata, year: number): boolean {
  const dated = [writtenOn, publishedOn].some((date) => date?.startsWith(`${year}`));
  return dated || (period !== null && period.from <= year && year <= period.to);
}
