/** Character references (&nbsp; &#12288; &ldquo;) by the tables that cheerio brings. */
import { load } from 'cheerio/slim';

export const REFERENCE = /&(?:#\d{1,7}|#[xX][\da-fA-F]{1,6}|[A-Za-z][\dA-Za-z]{1,31});?/g;

/** Pages use some dozens of names; a hostile one could use any number. */
const MOST = 2_000;
const known = new Map<string, string>();

/** What a reference stands for; the reference itself when it is none. */
export function decodeReference(raw: string): string {
  const digits = /^&#(?:(\d+)|[xX]([\da-fA-F]+));?$/.exec(raw);
  if (digits !== null) {
    const code = digits[1] === undefined ? parseInt(digits[2]!, 16) : parseInt(digits[1], 10);
    // 0x80–0x9f mean windows-1252 (HTML, 13.2.5.80): left to the tables.
    if (code >= 0x20 && !(code >= 0x7f && code <= 0x9f))
      return code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff) ? '\ufffd' : String.fromCodePoint(code);
  }
  const before = known.get(raw);
  if (before !== undefined) return before;
  if (known.size >= MOST) known.clear();
  const text = load(`<i>${raw}</i>`, { xml: { xmlMode: false, decodeEntities: true } })
    .root()
    .text();
  known.set(raw, text);
  return text;
}

export function decodeReferences(text: string): string {
  return text.replace(REFERENCE, decodeReference);
}
