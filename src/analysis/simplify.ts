/** Traditional characters → simplified ones, for comparing only: what is shown and quoted stays as it was printed. */
import { createRequire } from 'node:module';
import type { Converter } from 'opencc-js/t2cn';

type Convert = (text: string) => string;

let convert: Convert | null = null;

/**
 * OpenCC's own table, with the phrases in which a character stays (乾坤, 著作); no words of a region are changed (軟體 → 软体). Simplified
 * text stays as it is but for characters that both scripts have. Offsets may shift. Loaded at first use.
 */
export function toSimplified(text: string): string {
  convert ??= load();
  return mayChange(text, convert) ? convert(text) : text;
}

function load(): Convert {
  const library = createRequire(import.meta.url)('opencc-js/t2cn') as { Converter: typeof Converter };
  return library.Converter({ from: 't', to: 'cn' });
}

/** Characters that stay when they stand alone, and that some phrase of the table changes. */
export const CHANGED_IN_PHRASES = '坏哩沈瞭藉衹覆甦';

const UNKNOWN = 0;
const STAYS = 1;
const MAY_CHANGE = 2;

/** Of each UTF-16 unit; what is asked first is found out then. */
const known = new Uint8Array(0x10000);
known.fill(MAY_CHANGE, 0xd800, 0xe000);
for (const character of CHANGED_IN_PHRASES) known[character.charCodeAt(0)] = MAY_CHANGE;

/** Whether a text has a character that is ever changed. Hardly one in simplified text: to convert it takes forty times as long as to see that. */
function mayChange(text: string, convert: Convert): boolean {
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (known[unit] === UNKNOWN) {
      const character = text.charAt(i);
      known[unit] = convert(character) === character ? STAYS : MAY_CHANGE;
    }
    if (known[unit] === MAY_CHANGE) return true;
  }
  return false;
}
