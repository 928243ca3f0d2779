/** Finds the names of divisions in a text: chains such as 重庆市长寿区, single names, short names. */
import { division, liesIn, type Division } from './division.js';
import { divisionTable, type Named, type NameForm } from './division-table.js';
import { COMMON_WORDS } from './common-words.js';
import { ZONE_KINDS } from './zones.js';

/** One name, or names in a row that narrow each other: [start, end) of the text that was scanned. */
export interface Mention {
  readonly start: number;
  readonly end: number;
  /** All divisions that the innermost name can mean here; never empty. */
  readonly candidates: readonly Division[];
  /** Form of the innermost name. */
  readonly form: NameForm;
  /** How many names stand in the chain. */
  readonly links: number;
}

/** The chain that starts at `at`, or null. `lenient`: a name that was typed as one, so that 和平 means 和平区. */
export function mentionAt(text: string, at: number, lenient = false): Mention | null {
  const first = nameAt(text, at, null, lenient);
  if (first === null) return null;
  let { named, end } = first;
  let links = 1;
  for (;;) {
    const above = named.map((entry) => entry.division);
    const zone = zoneAt(text, end, above);
    if (zone !== null)
      return { start: at, end: zone.end, candidates: [zone.division], form: 'full', links: links + 1 };
    const next = nameAt(text, skipBlank(text, end), above, lenient);
    if (next === null) break;
    ({ named, end } = next);
    links++;
  }
  const meant = lenient ? named : preferProvince(named);
  return { start: at, end, candidates: meant.map((entry) => entry.division), form: formOf(meant), links };
}

/** 河北, 河南, 海南, 吉林 alone are the provinces; their namesakes write 区, 县, 州 or 市. */
function preferProvince(named: readonly Named[]): readonly Named[] {
  const provinces = named.filter(({ division: { jurisdiction } }) => jurisdiction.level === 'province');
  return provinces.length > 0 ? provinces : named;
}

/** All mentions from left to right, not overlapping. Linear in the length of the text. */
export function mentions(text: string, from = 0, to = text.length): Mention[] {
  const found: Mention[] = [];
  const { lengths } = divisionTable();
  for (let at = from; at < to;) {
    const mention = lengths.has(text.slice(at, at + 2)) ? mentionAt(text, at) : null;
    if (mention !== null) found.push(mention);
    at = mention?.end ?? at + 1;
  }
  return found;
}

interface NameMatch {
  readonly named: readonly Named[];
  readonly end: number;
}

/** The longest name at `at`; below `above`, when given. */
function nameAt(
  text: string,
  at: number,
  above: readonly Division[] | null,
  lenient: boolean,
): NameMatch | null {
  const { byName, lengths } = divisionTable();
  for (const length of lengths.get(text.slice(at, at + 2)) ?? []) {
    if (at + length > text.length) continue;
    const name = text.slice(at, at + length);
    const entries = byName.get(name);
    if (entries === undefined || runsOn(name, text, at + length)) continue;
    if (!lenient && (COMMON_WORDS.has(name) || (above === null && isFragment(name, text, at)))) continue;
    const named =
      above === null
        ? entries
        : entries.filter((entry) =>
            above.some((outer) => outer !== entry.division && liesIn(entry.division, outer)),
          );
    if (named.length > 0) return { named: preferOfficial(named), end: at + length };
  }
  return null;
}

/** 北京市场, 朝阳区域, 长沙县域, 海州区间: the last character belongs to the next word. */
function runsOn(name: string, text: string, end: number): boolean {
  const next = text[end];
  if (next === undefined) return false;
  const last = name.at(-1);
  if (last === '市') return next === '场' || (next === '域' && text[end + 1] !== '外');
  if (last === '县' && next === '级') return true;
  if (last === '区' || last === '县') return next === '域' || next === '间' || next === '块';
  return false;
}

/** 市和县, 主城区, 上级: a county of one character (和县) or a bare 城区 must stand at the head of what is read. */
function isFragment(name: string, text: string, at: number): boolean {
  return name.length === 2 && /[县区市]$/.test(name) && /[\u4e00-\u9fff]/.test(text[at - 1] ?? '');
}

/** An official name outweighs a former one of the same letters. */
function preferOfficial(named: readonly Named[]): readonly Named[] {
  const official = named.filter((entry) => entry.form !== 'former');
  return official.length > 0 ? official : named;
}

function formOf(named: readonly Named[]): NameForm {
  if (named.some((entry) => entry.form === 'full')) return 'full';
  return named[0]?.form ?? 'short';
}

/** 潍坊 + 高新区: a zone of our making under the one city or province before it. */
function zoneAt(
  text: string,
  at: number,
  above: readonly Division[],
): { division: Division; end: number } | null {
  const owners = above.filter((outer) => outer.jurisdiction.level !== 'district');
  // 吉林 names a province and its city: the zone is the city's.
  const owner = owners.find((outer) => outer.jurisdiction.level === 'city') ?? owners[0];
  if (owner === undefined) return null;
  for (const [suffix, kind, pattern] of ZONE_KINDS) {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (match !== null) return { division: zoneOf(owner, suffix, kind), end: at + match[0].length };
  }
  return null;
}

const made = new Map<string, Division>();

function zoneOf(owner: Division, suffix: string, kind: string): Division {
  const code = `${owner.jurisdiction.code}-${suffix}`;
  const known = divisionTable().byCode.get(code) ?? made.get(code);
  if (known !== undefined) return known;
  const zone =
    listedZone(owner, kind) ??
    division(code, 'district', `${owner.short ?? owner.name}${kind}`, null, owner, true);
  made.set(code, zone);
  return zone;
}

/** The statistics number some of these zones: 石家庄高新技术产业开发区 is 130171. */
function listedZone(owner: Division, kind: string): Division | null {
  const pattern = kind === '高新区' ? /高新?技术/ : /经济技术开发区$/;
  for (const known of divisionTable().byCode.values()) {
    if (
      known.zone &&
      known.parent === owner &&
      pattern.test(known.name) &&
      known.name.startsWith(owner.short ?? owner.name)
    )
      return known;
  }
  return null;
}

function skipBlank(text: string, at: number): number {
  let end = at;
  while (end < at + 4 && /\s/.test(text[end] ?? '')) end++;
  return end;
}
