/** One division with its place in the tree. */
import type { Jurisdiction } from '../../model/jurisdiction.js';

export interface Division {
  readonly jurisdiction: Jurisdiction;
  /** Own official name: "武清区". */
  readonly name: string;
  /** "武清"; null when the name is too short to stand without its kind. */
  readonly short: string | null;
  readonly parent: Division | null;
  /** 新区, 开发区 and the like: not a division of the standard, or one that statistics number beside it. */
  readonly zone: boolean;
}

/** What ends the name of a 功能区. */
const ZONE =
  /(?:开发区|新区|新城|新站区|示范区|实验区|试验区|园区|合作区|度假区|管理区|管委会|保税区|产业区|先行区|工业区)$/;

export function isZoneName(name: string): boolean {
  return ZONE.test(name);
}

/** Makes a division under its parent; the names of the jurisdiction follow from the chain. */
export function division(
  code: string,
  level: Jurisdiction['level'],
  name: string,
  short: string | null,
  parent: Division | null,
  zone: boolean,
): Division {
  const above = parent?.jurisdiction;
  const province = level === 'province' ? name : (above?.province ?? null);
  const city = level === 'city' ? name : level === 'district' ? (above?.city ?? null) : null;
  const district = level === 'district' ? name : null;
  return {
    jurisdiction: { code, level, province, city, district, name: fullName(name, parent, zone) },
    name,
    short,
    parent,
    zone,
  };
}

/** 江苏省南京市鼓楼区; a zone named after its city or province does not repeat it: 河北省石家庄高新技术产业开发区. */
function fullName(name: string, parent: Division | null, zone: boolean): string {
  let above: Division | null = parent;
  while (zone && above !== null && startsWithName(name, above)) above = above.parent;
  return `${above?.jurisdiction.name ?? ''}${name}`;
}

function startsWithName(name: string, { name: own, short }: Division): boolean {
  return name.startsWith(own) || (short !== null && name.startsWith(short));
}

/** Whether `inner` is `outer` or lies in it. */
export function liesIn(inner: Division, outer: Division): boolean {
  for (let at: Division | null = inner; at !== null; at = at.parent) if (at === outer) return true;
  return false;
}

/** The whole country: what 国务院 and the ministries issue. */
export const COUNTRY: Jurisdiction = {
  code: '100000',
  level: 'country',
  province: null,
  city: null,
  district: null,
  name: '全国',
};
