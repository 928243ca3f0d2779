/** 施行日期: "本条例自2023年1月1日起施行", "本办法自公布之日起施行". */
import { findDates } from './dates.js';

export interface EffectiveMatch {
  readonly start: number;
  readonly end: number;
  /** A stated day, or `published` / `written` when it begins with 公布 or 印发. */
  readonly on: { readonly iso: string } | 'published' | 'written';
}

const BEGINS = /起(?:正式|试)?(?:施行|实施|执行|生效|试行)|起开始(?:施行|实施|执行)/g;
/** How far before 起施行 its sentence is looked at. */
const REACH = 90;
const SELF =
  /(?:本|该|此)?(?:法|条例|办法|规定|细则|规则|决定|意见|方案|通知|规划|计划|措施|标准|规程|章程|制度|准则|通告|公告|解释|规范|要点|政策|文件)/;

/** How many places are looked at, from the end: the sentence stands in the last article. */
const MOST = 200;

/** The last sentence that says when the document itself takes effect; null when none does. */
export function readEffective(text: string): EffectiveMatch | null {
  let best: (EffectiveMatch & { rank: number }) | null = null;
  const places = [...text.matchAll(BEGINS)].slice(-MOST).reverse();
  for (const match of places) {
    const end = match.index + match[0].length;
    const from = Math.max(sentenceStart(text, match.index), match.index - REACH);
    const found = beginning(text.slice(from, match.index), from);
    if (found === null) continue;
    const before = text.slice(from, found.start);
    const rank = rankOf(before, text.slice(end, end + 20));
    if (rank > (best?.rank ?? 0)) best = { start: found.start, end, on: found.on, rank };
    if (rank === 3) break;
  }
  return best === null ? null : { start: best.start, end: best.end, on: best.on };
}

/** 自…起: the last day or "公布之日" of the stretch. */
function beginning(text: string, offset: number): { start: number; on: EffectiveMatch['on'] } | null {
  const words = /自?(公布|发布|颁布|公告|印发|下发|通过|签发)之日(?:$|[ 　]*$)/.exec(text);
  if (words !== null) {
    return {
      start: offset + words.index,
      on: /公布|发布|颁布|公告/.test(words[1]!) ? 'published' : 'written',
    };
  }
  const last = findDates(text).at(-1);
  if (
    last?.iso == null ||
    last.iso.length < 10 ||
    !/^[ 　]*(?:[0-9]{1,2}[时:：][0-9]{0,2})?[ 　]*$/.test(text.slice(last.end))
  )
    return null;
  return { start: offset + last.start, on: { iso: last.iso } };
}

/** 3 本条例自…, 2 自… with no other subject, 0 the date of another document or of a clause of this one. */
function rankOf(before: string, after: string): number {
  if (/^的/.test(after)) return 0;
  const subject = before
    .replace(/自$/, '')
    .replace(/^[ \t　]*第[一二三四五六七八九十百零〇0-9]{1,6}条(?:[ \t　]+|(?=本|自))/, '');
  if (/第[一二三四五六七八九十百0-9]{1,5}条|[款项]/.test(subject)) return 0;
  if (/[》〉][^《〈]{0,12}$/.test(subject)) return /[《〈]/.test(subject) ? 0 : 1;
  if (/本/.test(subject) && SELF.test(subject)) return 3;
  return subject.trim() === '' || SELF.test(subject) ? 2 : 0;
}

function sentenceStart(text: string, at: number): number {
  for (let i = at - 1; i >= 0 && i > at - REACH; i--) if (/[。；;\n]/.test(text[i]!)) return i + 1;
  return Math.max(0, at - REACH);
}
