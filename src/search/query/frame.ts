/** The frame 提问框架 of a question: who is asked for what kind of text (各地对…有什么要求), told apart from what it is about. */

import { wordStarts } from '../../analysis/analyze.js';

/** Every place at once; no names. */
const EACH = '(?:全国|我国)?各(?:个地方|地区?|省市?|市|区县?|县)';

/** Which, in front of a noun, or how, in front of a verb. */
const WHICH = '什么样的|什么|哪些|哪几项|何种|何|啥|怎么|怎样|如何';

/** What a text of policy can be said to hold, whatever it is about. 处罚, 限制, 处理 are no such words: they say what is asked for. */
const TEXT = '要求|规定|措施|安排|办法|政策|做法|说法|举措';

/** The sentence about the texts, at the end: …有什么要求, …，各地是怎么规定的, …有没有规定. */
const ENDING = new RegExp(
  `[，,、\\s]*(?:${EACH})?的?(?:条例|文件|法规)?(?:里|中)?(?:都|又|是)?(?:应当|应该|应|需要|要|必须|可以)?` +
    `(?:(?:有|提出?了?|[作做]出?了?|出台了?|采取了?|符合|遵守|达到|满足|享受)?(?:${WHICH})(?:具体|相关|有关|明确|专门|管理)?的?|(?:有没有|有无)(?:相关|有关|明确)?的?)` +
    `(?:${TEXT})(?:的|了|呢|吗)?$`,
);

const OPENING = new RegExp(`(^|[，,])(?:请问)?${EACH}的?`);
const ABOUT = /^(?:对于|关于|针对)/;
const LEFT_OVER = /(?:方面|的情况|的问题|[的是])$/;
const MARKS = /[?？。!！\s]+$/;

/**
 * What a question is about, without its frame: 各地对教师轮岗有什么要求? → 教师轮岗. Words of a frame stand in no provision, and would be
 * looked for in each. Text that is nothing but a frame, or has none, stays as it is.
 */
export function withoutFrame(question: string): string {
  const text = question.replace(MARKS, '');
  const open = text.replace(ENDING, '');
  const topic = open.replace(OPENING, '$1');
  const about = open === text ? topic : withoutAbout(topic).replace(LEFT_OVER, '');
  return about !== text && about.length >= 2 ? about : question;
}

/** 对 stands in front of what is asked about, but not in 对外 or 对口. */
function withoutAbout(topic: string): string {
  if (ABOUT.test(topic)) return topic.replace(ABOUT, '');
  return topic.startsWith('对') && wordStarts(topic).has(1) ? topic.slice(1) : topic;
}
