/** Index terms as FTS5 gets them: every term of ours is exactly one token of the `ascii` tokenizer. */
import { createHash } from 'node:crypto';

/**
 * FTS5's `ascii` tokenizer takes every character beyond ASCII as part of a token and folds nothing but A–Z. With all printable
 * punctuation added to its token characters only white space and control characters part tokens.
 */
const PUNCTUATION = '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~';
export const TOKENIZER = `ascii tokenchars ${quote(PUNCTUATION, "'")}`;

/** Put before an escaped character. */
const ESCAPE = '\ue000';
/** Put before the hash of a term that FTS5 would cut (it keeps 32,768 bytes). */
const HASHED = '\ue001';
const LONGEST = 1000;

/** One term as one token: white space, control characters and capitals (which would be folded) are escaped, without collisions. */
export function encodeTerm(term: string): string {
  if (term.length > LONGEST) return HASHED + createHash('sha256').update(term, 'utf16le').digest('hex');
  return term.replace(/[\0-\x20A-Z\x7f\ue000\ue001]/g, escape);
}

function escape(character: string): string {
  const code = character.charCodeAt(0);
  return ESCAPE + String.fromCharCode(0x4e00 + (code < 0x80 ? code : 0x80 + (code & 1)));
}

/** The terms of one field of one clause as one column value. */
export function encodeTerms(terms: readonly string[]): string {
  return terms
    .filter((term) => term !== '')
    .map(encodeTerm)
    .join(' ');
}

/** An FTS5 query: the terms joined by OR, each once. Null when there is none. */
export function matchAny(terms: readonly string[]): string | null {
  const distinct = new Set(terms.filter((term) => term !== '').map(encodeTerm));
  if (distinct.size === 0) return null;
  return [...distinct].map((term) => quote(term, '"')).join(' OR ');
}

function quote(text: string, mark: string): string {
  return mark + text.replaceAll(mark, mark + mark) + mark;
}
