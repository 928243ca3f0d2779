/** Blanks that a printed line shows but its text does not have: letter-spaced titles, the air between figures and characters. */

/** What may stand before a blank that means something: a number that opens the line. */
const OPENING =
  /^(?:第[一二三四五六七八九十百千零〇\d]{1,8}[编編章节節条條款]|[一二三四五六七八九十]{1,4}、?|[（(][一二三四五六七八九十\d]{1,4}[）)]|\d{1,3}(?:[.．]\d{1,3}){0,4}[.．、]?|附件?[一二三四五六七八九十\d]{0,3}|[①-⑳●•■◆—-]+)$/;
const WORD = /[A-Za-z0-9%℃]/;
/** A letter-spaced line is no longer than this. */
const LONGEST_SPACED = 30;

export function closeUp(raw: string): string {
  const text = raw.trim();
  const parts = text.split(/\s+/);
  if (parts.length === 1) return text;
  const single = parts.filter((part) => [...part].length === 1).length;
  const isSpaced =
    /\p{Script=Han}/u.test(text) && text.length <= LONGEST_SPACED * 2 && single >= parts.length * 0.8;
  if (isSpaced && !OPENING.test(parts[0]!)) return parts.join('');
  return text.replace(/\s+/g, (blank, at: number) => {
    if (OPENING.test(text.slice(0, at))) return blank.includes('　') ? '　' : ' ';
    if (WORD.test(text[at - 1]!) && WORD.test(text[at + blank.length]!)) return ' ';
    return blank.includes('　')
      ? '　'
      : /[A-Za-z,.;:]/.test(text[at - 1]!) && /[A-Za-z]/.test(text[at + blank.length]!)
        ? ' '
        : '';
  });
}
