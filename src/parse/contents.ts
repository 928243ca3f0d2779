/** 目录: the list of headings before a long text. It repeats the headings and is no part of the outline. */
import { isTerminated } from './line.js';
import type { Unit } from './unit.js';

const LEADER = /(?:[.．…·\-—_\s]{2,}|\t)\s*[（(]?\d{1,4}[）)]?$|[.．…·]{3,}/;

/** The index after the contents that start at `at`, or `at` when none do. */
export function contentsEnd(units: readonly Unit[], at: number): number {
  if (!/^[【[]?目\s*[录次][】\]]?$/.test(units[at]?.text ?? '')) {
    return /^目\s*[录次]/.test(units[at]?.text ?? '') && LEADER.test(units[at]!.text) ? at + 1 : at;
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

function key(unit: Unit | undefined): string {
  return unit === undefined
    ? ''
    : unit.text
        .replace(LEADER, '')
        .replace(/[\s\d.．…·]+$/, '')
        .replace(/\s/g, '');
}
