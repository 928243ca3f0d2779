/** Traditional text letter by letter in simplified characters, for patterns that are written in these: no offset moves. */
import { toSimplified } from './simplify.js';

/**
 * Of the Chinese characters of a text: nearly a third of a traditional one have another simplified form, and hardly one in a thousand of a
 * simplified one (乾, 著). A notice in simplified characters may carry a traditional annex.
 */
const TRADITIONAL = 0.03;
const HAN = /\p{Script=Han}/gu;
/** The unified ideographs of the basic plane: what texts are written in. */
const [FIRST, LAST] = [0x3400, 0x9fff];

const known = new Map<string, string>();
/** By code: 0 not known yet, 1 the same in both scripts, 2 another. */
const scripts = new Uint8Array(LAST + 1);

/** Whether a text, given in pieces, is written in traditional characters, or a good part of it. */
export function isTraditional(pieces: Iterable<string>): boolean {
  let [all, other] = [0, 0];
  for (const piece of pieces)
    for (let i = 0; i < piece.length; i++) {
      const code = piece.charCodeAt(i);
      if (code < FIRST || code > LAST) continue;
      scripts[code] ||= simplifiedLetter(piece[i]!) === piece[i] ? 1 : 2;
      all++;
      if (scripts[code] === 2) other++;
    }
  return other > all * TRADITIONAL;
}

/** As long as `text`, and the same where it is simplified already. */
export function simplifiedLetters(text: string): string {
  return text.replace(HAN, simplifiedLetter);
}

function simplifiedLetter(letter: string): string {
  let found = known.get(letter);
  if (found === undefined) {
    const other = toSimplified(letter);
    found = other.length === letter.length ? other : letter;
    known.set(letter, found);
  }
  return found;
}
