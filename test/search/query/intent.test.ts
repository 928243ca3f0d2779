import { describe, expect, it } from 'vitest';
import { answers, intentsOf } from '../../../src/search/query/intent.js';

describe('intents', () => {
  it.each([
    ['教师交流比例是多少', ['figure']],
    ['校车由谁负责', ['unit']],
    ['申请后多少天答复', ['figure', 'deadline']],
    ['什么时候建成', ['deadline']],
    ['教师轮岗交流', []],
    ['民办学校怎么设立', []],
  ])('%s', (query, expected) => {
    expect(intentsOf(query)).toEqual(expected);
  });

  it.each([
    ['figure', '每年交流比例不低于10%。', true],
    ['figure', '处以二万元以下罚款。', true],
    ['figure', '加强教师队伍建设。', false],
    ['unit', '（牵头单位：区教委）', true],
    ['unit', '公安机关交通管理部门应当加强巡查。', true],
    ['unit', '推动学校食堂建设。', false],
    ['deadline', '自受理之日起二十个工作日内作出决定。', true],
    ['deadline', '及时作出决定。', false],
  ] as const)('%s: %s', (intent, clause, expected) => {
    expect(answers(intent, clause)).toBe(expected);
  });
});
