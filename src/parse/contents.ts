/** 目录: the list of headings before a long text. It repeats the headings and is no part of the outline. */
import { isTerminated } from './line.js';
import type { Unit } from './unit.js';

const LEADER = /(?:[.．…·\-—_\s]{2,}|\t)\s*[（(]?\d{1,4}[）)]?$|[.．…·]{3,}/;

/** The index after the contents that start at `at`, or `at` when none do. */
export function contentsEnd(units: readonly Unit[], at: number): number {
  if (!/^[【[]?目\s*[录次][】\]]?$/.test(units[at]?.text ?? '')) {
    return /^目\s*[录次]/.test(units[at]?.text ?? '') && LEADER.test(units[at]!.text)
      ? at + 1
      : Math.max(dottedEnd(units, at), listEnd(units, at));
  }
  let end = at + 1;
  const first = key(units[end]);
  while (end < units.length) {
    const unit = units[end]!;
    if (
      unit.text.length > 100 ||
      (isTerminated(unit.text) && !LEADER.test(unit.text) && !/[）)]$/.test(unit.text))
    )
      break;
    // The first entry comes again where the text itself begins.
    if (end > at + 1 && key(unit) === first && !LEADER.test(unit.text)) break;
    end++;
  }
  // A preamble between contents and body has no heading: nothing to give back. A heading right before a sentence has.
  while (
    end > at + 1 &&
    end < units.length &&
    !LEADER.test(units[end - 1]!.text) &&
    key(units[end - 1]) === first
  )
    end--;
  return end;
}

/** "二、主要任务……3": dots that lead to a page number. */
const DOTTED = /[.．…·]{3,}\s*[（(]?\d{1,4}[）)]?$/;
const SHORTEST_DOTTED = 3;

/** Contents that lost the word 目录 and kept their dots: nothing else is printed so. */
function dottedEnd(units: readonly Unit[], at: number): number {
  let end = at;
  while (end < units.length && DOTTED.test(units[end]!.text)) end++;
  return end - at >= SHORTEST_DOTTED ? end : at;
}

/** Contents shorter than this need the word 目录. */
const SHORTEST_LIST = 5;
const LONGEST_LIST = 200;

/**
 * Contents that lost the word 目录 and their page numbers: short lines, of which nearly all come again below, the first of them where
 * the text begins. Their numbers may be lost too ("总则" for "1 总则").
 */
function listEnd(units: readonly Unit[], at: number): number {
  const first = name(units[at]);
  if (first.length < 2) return at;
  let end = at;
  while (end < units.length && end - at < LONGEST_LIST && isEntry(units[end]!)) {
    if (end > at && name(units[end]) === first) break;
    end++;
  }
  if (end - at < SHORTEST_LIST || name(units[end]) !== first) return at;
  const below = new Set<string>();
  for (const unit of units.slice(end)) {
    if (unit.text.length <= LONGEST_ENTRY) below.add(name(unit));
    // "（一）建设水厂。…": listed by its run-in heading.
    const stop = unit.text.indexOf('。');
    if (stop > 0 && stop <= LONGEST_ENTRY) below.add(nameOf(unit.text.slice(0, stop)));
  }
  const again = units.slice(at, end).filter((unit) => below.has(name(unit))).length;
  return again >= (end - at) * 0.9 ? end : at;
}

const LONGEST_ENTRY = 40;

function isEntry({ text, line }: Unit): boolean {
  return line.kind === 'text' && text.length <= LONGEST_ENTRY && !isTerminated(text.replace(/[）)]$/, ''));
}

/** An entry without its number. */
function name(unit: Unit | undefined): string {
  return nameOf(unit?.text ?? '');
}

function nameOf(text: string): string {
  return keyOf(text).replace(/^[\d.．、]+/, '');
}

function key(unit: Unit | undefined): string {
  return keyOf(unit?.text ?? '');
}

function keyOf(text: string): string {
  return text
    .replace(LEADER, '')
    .replace(/[\s\d.．…·]+$/, '')
    .replace(/\s/g, '');
}
