/** Splits the units of a file into documents. A notice with what it carries is one; pieces that do not belong together are several. */
import {
  isAddressees,
  isAdoptionNote,
  isCoveringTitle,
  isDateLine,
  isDocumentNumber,
  isEndNote,
  isSignedDate,
  isTitleLine,
  carriedTitles,
  quotedTitles,
  stripTail,
} from './titles.js';
import { isTitlePart, looseTitle } from './title-block.js';
import type { Form } from './marker.js';
import type { Unit } from './unit.js';

/** How far ahead of a title its header or its first number is looked for. */
const AHEAD = 12;
const TOP_FORMS: ReadonlySet<Form> = new Set(['part', 'chapter', 'article', 'section']);

/** Units of one document, as ranges [start, end) of the units of the file. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

export function splitDocuments(units: readonly Unit[]): Range[] {
  const starts: number[] = [];
  let titleOfCurrent = '';
  let covering = false;
  let seen = new Set<Form>();
  let named = new Set<string>();
  units.forEach((unit, i) => {
    const first = starts.length === 0;
    if (
      first ||
      unit.opensDocument ||
      opensNew(units, i, { title: titleOfCurrent, covering, seen, named, start: starts.at(-1)! })
    ) {
      starts.push(first ? i : titleStart(units, i, starts.at(-1)! + 1));
      seen = new Set();
      named = new Set();
      titleOfCurrent = '';
      covering = false;
    }
    if (seen.size === 0 && isTitleLine(unit.text) && i - starts.at(-1)! < AHEAD) {
      const from = titleOfCurrent === '' ? titleStart(units, i, starts.at(-1)!) : i;
      titleOfCurrent += units
        .slice(from, i + 1)
        .map(({ text }) => text)
        .join('');
      covering ||= isCoveringTitle(titleOfCurrent);
    }
    if (seen.size === 0 && covering) namesOf(unit).forEach((name) => named.add(name));
    // A bare （一） below a title is its last word, not a marker.
    if (unit.marker !== null && unit.text.length > unit.marker.printed.length) seen.add(unit.marker.form);
  });
  return starts.map((start, nth) => ({ start, end: starts[nth + 1] ?? units.length }));
}

/** The issuer or the first half of the title may stand on lines of their own above it. */
function titleStart(units: readonly Unit[], at: number, least: number): number {
  let start = at;
  while (start > least && !units[start]!.opensDocument && isTitlePart(units[start - 1]!, units[start]!))
    start--;
  return start;
}

interface Current {
  readonly title: string;
  readonly covering: boolean;
  readonly seen: ReadonlySet<Form>;
  /** What the text of a notice issues by name, when it is several. */
  readonly named: ReadonlySet<string>;
  readonly start: number;
}

/** Whether a title inside a file opens a document of its own. */
function opensNew(units: readonly Unit[], i: number, current: Current): boolean {
  const unit = units[i]!;
  if (unit.marker !== null || unit.line.kind === 'row' || !isTitleLine(unit.text)) return false;
  if (i - current.start < 3 || current.title === '') return false;
  // The title of the page, printed again above the text.
  if (current.seen.size === 0 && looseTitle(current.title).includes(looseTitle(stripTail(unit.text))))
    return false;
  // A notice may carry several texts: each after the first is a document of its own.
  if (isCarried(unit, current) || current.named.has(looseTitle(unit.text)))
    return [...TOP_FORMS].some((form) => current.seen.has(form));
  if (afterAnnex(units, i)) return false;
  const ended = hasEndedBefore(units, i);
  const hasBody = restarts(units, i, current.seen);
  const hasHeader = units
    .slice(i + 1, i + 4)
    .some(
      ({ text, marker }) =>
        marker === null &&
        (isAdoptionNote(text) || isDocumentNumber(text) || (isAddressees(text) && text.length > 4)),
    );
  if (
    current.covering &&
    !current.seen.has('section') &&
    !current.seen.has('article') &&
    !current.seen.has('chapter') &&
    !hasHeader
  )
    return false;
  return ended ? hasBody || hasHeader : hasHeader && current.seen.size > 0 && hasBody;
}

/** "现将《…制度》《…办法》印发给你们": a notice whose title counts only how many it issues. */
function namesOf({ text }: Unit): readonly string[] {
  if (!/印发|公布|发布|下发/.test(text)) return [];
  const names = quotedTitles(text).map(looseTitle);
  return names.length > 1 ? names : [];
}

/** The text that a notice carries: quoted in its title. */
function isCarried(unit: Unit, current: Current): boolean {
  if (!current.covering) return false;
  const own = looseTitle(unit.text);
  return carriedTitles(current.title).some((title) => {
    const quoted = looseTitle(title);
    return own.includes(quoted) || quoted.includes(own) || own.endsWith(quoted.slice(-12));
  });
}

/** A title below "附件1" is that of an annex. */
function afterAnnex(units: readonly Unit[], i: number): boolean {
  for (let k = i - 1; k >= Math.max(0, i - 3); k--) {
    if (units[k]!.marker?.form === 'annex') return true;
    if (!isTitleLine(units[k]!.text) && units[k]!.text.length > 30) return false;
  }
  return false;
}

function hasEndedBefore(units: readonly Unit[], i: number): boolean {
  return units
    .slice(Math.max(0, i - 4), i)
    .some(({ text }) => isDateLine(text) || isSignedDate(text) || isEndNote(text));
}

/** Whether the numbering that follows starts again at 1 with a form that was open before. */
function restarts(units: readonly Unit[], i: number, seen: ReadonlySet<Form>): boolean {
  for (const { marker } of units.slice(i + 1, i + 1 + AHEAD * 2)) {
    if (marker === null || marker.form === 'bullet') continue;
    if (marker.form === 'annex') return false;
    return marker.number === 1 && (TOP_FORMS.has(marker.form) || seen.has(marker.form));
  }
  return false;
}
