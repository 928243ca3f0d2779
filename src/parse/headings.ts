/** Which lines are headings: numbered lines without the end of a sentence, and short unnumbered lines above a text. */
import { isTerminated } from './line.js';
import type { Span } from '../model/span.js';
import { isBodyName, isDateLine } from './titles.js';
import type { Unit } from './unit.js';

const LONGEST_HEADING = 70;
const LONGEST_TOPIC = 30;
/** 立法法 names these levels; their lines are headings whatever they look like. */
const ALWAYS = new Set(['part', 'subpart', 'chapter', 'division']);

/** Whether the line of a marker is a heading and no text of its own. `next` is the line after it. */
export function isHeadingText(unit: Unit, next: Unit | undefined): boolean {
  const marker = unit.marker!;
  const text = unit.line.text.slice(marker.end).trim();
  if (ALWAYS.has(marker.form)) return true;
  if (marker.form === 'article' || marker.form === 'bullet') return false;
  if (marker.form === 'annex' || marker.form === 'question') return true;
  if (text === '') return true;
  if (text.length > LONGEST_HEADING) return false;
  const bare = text.replace(/[（(][^（()）]*[）)]$/, '');
  if (/[。！；;]/.test(bare.slice(0, -1))) return false;
  if (/[；;！!]$/.test(bare)) return false;
  // 修正案 and 决定 speak of places of another text: "原第八条作为第九条。"
  if (/[。.]$/.test(bare) && /第[一二三四五六七八九十百\d]+[章节条款项]/.test(bare)) return false;
  if (/[。.]$/.test(bare))
    return bare.length <= 25 && !/[，,：:]/.test(bare) && opensParagraph(marker.form, next);
  if (/[：:]$/.test(bare)) return bare.length <= 30 && !/[，,]/.test(bare);
  return true;
}

/** After "（一）加强领导。" on its own line comes the text it heads, not its sibling. */
function opensParagraph(form: string, next: Unit | undefined): boolean {
  return (
    next !== undefined &&
    !isClosingText(next.text) &&
    next.line.kind === 'text' &&
    next.marker?.form !== form &&
    (next.marker === null || next.marker.number === 1)
  );
}

/** "刘某某　县公安局副局长": a member of a 领导小组, in its list. */
const NAME_AND_OFFICE =
  /^[\u4e00-\u9fff×ＸX*]{1,4}(?:[\s　][\u4e00-\u9fff×ＸX*])?[\s　]+\S{3,}(?:[长员]|主任|书记|主席|经理|负责人)$/;

/** The parts that plans have, whatever their field; they stand above topics of their own. */
const MAJOR_TOPIC =
  /^(?:总体(?:要求|思路|目标)|指导思想|基本原则|(?:工作|主要|发展|总体)目标|(?:主要|重点|工作)任务|(?:主要|重点|工作|政策|具体)(?:措施|举措|内容)|(?:实施|工作|方法)步骤|(?:组织|工作)(?:保障|领导|要求|安排)|保障措施)$/;

export function isMajorTopic(text: string): boolean {
  return MAJOR_TOPIC.test(text.replace(/\s/g, ''));
}

/** A short line without number and punctuation above a text: "学前教育", "【背景】". */
export function isTopicLine(
  unit: Unit,
  before: Unit | undefined,
  next: Unit | undefined,
  inArticle: boolean,
): boolean {
  const { text, line, marker } = unit;
  if (
    marker !== null ||
    line.kind === 'row' ||
    line.glued ||
    next === undefined ||
    text.length > LONGEST_TOPIC ||
    text.length < 2
  )
    return false;
  if (
    /[。，；：！？、,;:!?.…]$/.test(text) ||
    /[，；。]/.test(text) ||
    /^[\d.%\s]+$/.test(text) ||
    isDateLine(text)
  )
    return false;
  if (/^[“‘（(]/.test(text) || NAME_AND_OFFICE.test(text)) return false;
  // A box of a plan, set off by its number: what stands in it may be short.
  if (/^专栏\s*[\d一二三四五六七八九十]{1,3}/.test(text) && !inArticle) return true;
  if (
    before !== undefined &&
    before.line.kind === 'text' &&
    before.marker === null &&
    !isTerminated(before.text) &&
    before.text.length > LONGEST_TOPIC
  )
    return false;
  if (next.line.kind === 'row') return true;
  if (inArticle)
    return next.marker?.form === 'article' && (before === undefined || isTerminated(before.text));
  if (
    isBodyName(text) &&
    !/工作|建设|教育|服务$/.test(text) &&
    next.marker === null &&
    !isTerminated(next.text)
  )
    return false;
  if (next.marker !== null) {
    if (next.marker.number === 1 || next.marker.form === 'bullet' || next.marker.form === 'question')
      return true;
    // Above a number that runs on through the text.
    return (
      next.marker.form === 'item' &&
      (before === undefined || before.marker !== null || isTerminated(before.text))
    );
  }
  return isTerminated(next.text) && next.text.length >= 20;
}

/** The run-in heading at the start of a text: "加强领导。" of "加强领导。各单位要…". Offsets are those of `text`; null when there is none. */
export function runInTitle(text: string, from: number, marked: boolean): Span | null {
  const limit = marked ? 40 : 26;
  const piece = text.slice(from, from + limit + 1);
  const bracketed = /^[【（([]([^】）)\]]{2,30})[】）)\]]/.exec(piece);
  if (bracketed !== null && marked && text.length > from + bracketed[0].length)
    return { start: from, end: from + bracketed[0].length };
  const match = /^[^。；！？：:;\n]{2,40}?(?:。|：|:)/.exec(piece);
  if (match === null) return null;
  const title = match[0];
  const rest = text.slice(from + title.length).trim();
  if (rest.length < (marked ? 3 : 8)) return null;
  if (
    /[：:]$/.test(title) &&
    (title.length > 14 || /[，,《]|修改为|如下|作为|规定|[（(][^）)]*$/.test(title.slice(0, -1)))
  )
    return null;
  if (!marked && /[，,：:]$|[，,]/.test(title)) return null;
  if (/(?:19|20)\d{2}年|%|％|[\d]{3,}/.test(title) || (title.match(/[，,]/g)?.length ?? 0) > 2) return null;
  if (
    /^(?:本|该|对|到|为了|根据|按照|依据|凡|经|由)[^，。]{3,}/.test(title) &&
    !/[：:]$/.test(title) &&
    title.length > 16
  )
    return null;
  return { start: from, end: from + title.length };
}

const OWN_NAME =
  '办法|方案|意见|规划|计划|通知|细则|规定|措施|政策|行动计划|实施方案|实施意见|实施细则|指南|规则|制度|标准|预案|通告|公告|决定|要点|文件';
const CLOSING = new RegExp(
  `^(?:本(?:${OWN_NAME})[^。]{0,20}(?:自|由|有效期|从|印发之日)|(?:上述|以上)(?:意见|措施|规定|政策|内容|通知)[^。]{0,20}(?:自|请|有效期)|特此(?:通知|公告|通告|批复|函告|说明|报告))`,
);

/** "本方案自…起施行", "特此通知": the sentence that closes a document. */
export function isClosingText(text: string): boolean {
  return CLOSING.test(text);
}
