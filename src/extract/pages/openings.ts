/** How the lines look that open or close a paragraph, where the place of a line on the page does not tell. */
import { numeralValue } from '../../analysis/numerals.js';

/** Numbers of GB/T 9704 and of statutes, "3 应急响应" of plans, captions of tables, bullets. */
const OPENS =
  /^(?:第[一二三四五六七八九十百千零〇\d]{1,7}[编編章节節条條]|[一二三四五六七八九十]{1,4}、|[（(][一二三四五六七八九十\d]{1,4}[）)]|\d{1,2}(?:[、.．](?!\d)|(?:\.\d{1,2}){1,4}[^\d.%]|[ 　](?=\p{Script=Han}))|[表图專专][栏欄]?[ 　]?\d{1,2}(?![年月日\d])|[①-⑳]|附件|[●•■◆★]|——)/u;
const ENDS = /(?:[。！？；：!?;:][”’"』」）)】》]*|[）)】〕])$/;
const NUMBER =
  /^(?<open>第|[（(]?)(?<numeral>[一二三四五六七八九十百千零〇]{1,7}|\d{1,3})(?<close>[编編章节節条條）)、]|[.．](?!\d))/;
/** A number behind one of these is counted up inside of the sentence: 第一条、第二条, 第三条至第五条. */
const COUNTS_UP = /[、，,和与與及或至第]$/;

/** Whether a line opens with what opens paragraphs. */
export function opens(text: string): boolean {
  return OPENS.test(text);
}

/** Whether a line ends as a paragraph may end: no sentence goes on behind it. */
export function mayEnd(text: string): boolean {
  return ENDS.test(text);
}

/** Whether `below` opens with the number after that of `first`, the first line of the paragraph that `above` ends: "（二）" after "（一）". */
export function isNextNumber(first: string, above: string, below: string): boolean {
  const [one, two] = [numberOf(first), numberOf(below)];
  return (
    one !== null &&
    two !== null &&
    one.form === two.form &&
    two.value === one.value + 1 &&
    !COUNTS_UP.test(above)
  );
}

function numberOf(text: string): { readonly form: string; readonly value: number } | null {
  const { open, numeral, close } = NUMBER.exec(text)?.groups ?? {};
  const value = numeral === undefined ? null : numeralValue(numeral);
  return value === null ? null : { form: `${open}${close}`.normalize('NFKC'), value };
}
