/** Files that could not be read: of which place they are, as far as their names tell. */
import type { SourceFile } from '../model/document.js';
import type { Jurisdiction } from '../model/jurisdiction.js';
import type { FindDivision } from './filter.js';

/** The shortest name that is tried: "武清区" has three characters, shorter ones are ordinary words. */
const SHORTEST_NAME = 3;

/**
 * The divisions that the paths of unreadable files name. Their text can't be asked, and an empty cell would be taken for "no document
 * held"; so here, and only here, a file name is believed. A homonym names no place.
 */
export function divisionsOfUnreadable(files: readonly SourceFile[], find: FindDivision): Jurisdiction[] {
  const found = new Map<string, Jurisdiction>();
  for (const { path, state } of files) {
    if (state !== 'unreadable') continue;
    const division = divisionIn(path, find);
    if (division) found.set(division.code, division);
  }
  return [...found.values()];
}

/** The longest name of a division that a part of the path begins with; deeper parts of the path win. */
function divisionIn(path: string, find: FindDivision): Jurisdiction | null {
  const parts = path.match(/\p{Script=Han}+/gu) ?? [];
  for (const part of parts.reverse()) {
    for (let length = Math.min(part.length, 20); length >= SHORTEST_NAME; length--) {
      const divisions = find(part.slice(0, length));
      if (divisions.length === 1) return divisions[0]!;
    }
  }
  return null;
}
