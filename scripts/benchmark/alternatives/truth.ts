/** The nearest passages or units, by comparing all: what recall is measured against. */
import { best, type Data } from './alternative.js';
import { cosines } from './brute-force.js';

/** The k best units (of passages; not given: the passages themselves) for a query, of one district (null: of all). */
export function truth(
  data: Data,
  query: number,
  district: number | null,
  k: number,
  unitOf: (passage: number) => number = (passage) => passage,
): number[] {
  const units = new Map<number, number>();
  cosines(data, query).forEach((score, passage) => {
    if (district !== null && data.district[passage] !== district) return;
    const unit = unitOf(passage);
    units.set(unit, Math.max(units.get(unit) ?? -Infinity, score));
  });
  const names = [...units.keys()];
  return best(Float32Array.from(units.values()), k).map((i) => names[i]!);
}

/** The districts with the most passages, most first. */
export function largestDistricts(
  { district, districts }: Pick<Data, 'district' | 'districts'>,
  count: number,
): number[] {
  const passages = new Float32Array(districts.length);
  for (const one of district) passages[one]!++;
  return best(passages, count);
}
