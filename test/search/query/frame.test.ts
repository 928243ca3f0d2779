import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withoutFrame } from '../../../src/search/query/frame.js';
import { parseQuery } from '../../../src/search/query/parse-query.js';

describe('withoutFrame', () => {
  it.each([
    ['各地对教师轮岗交流有什么要求?', '教师轮岗交流'],
    ['各区县对于垃圾分类都有哪些具体措施呢', '垃圾分类'],
    ['河道采砂，各地是怎么规定的？', '河道采砂'],
    ['中小学美育方面各地提了哪些要求', '中小学美育'],
    ['教师轮岗有没有相关规定', '教师轮岗'],
    ['建筑垃圾运输车辆应当遵守哪些规定？', '建筑垃圾运输车辆'],
    ['各地的垃圾处理厂要不要对市民开放', '垃圾处理厂要不要对市民开放'],
    ['对外开放有什么政策', '对外开放'],
    ['关于校车各地怎么规定', '校车'],
  ])('%s is about %s', (question, topic) => {
    expect(withoutFrame(question)).toBe(topic);
  });

  it.each([
    '集团化办学',
    '对口支援',
    '各级政府职责',
    '养犬限制',
    '有什么规定？',
    '各地有哪些要求',
    '弄虚作假领取补贴会受到什么处罚',
    '小区里能不能养鸡？',
    '违反规定的，怎么处理',
  ])('%s has none that says nothing', (question) => {
    expect(withoutFrame(question)).toBe(question);
  });

  it('leaves what is about something and adds nothing, whatever stands there', () => {
    const part = fc.constantFrom(
      '各地',
      '对',
      '教师',
      '轮岗',
      '有什么',
      '要求',
      '的',
      '，',
      '怎么',
      '规定',
      '？',
      '方面',
    );
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 8 }), (parts) => {
        const question = parts.join('');
        const topic = withoutFrame(question);
        expect(topic.length).toBeGreaterThan(0);
        // Characters are left out, none moved or made.
        let at = -1;
        for (const character of topic) expect((at = question.indexOf(character, at + 1))).toBeGreaterThan(-1);
      }),
    );
  });
});

it('what a question asks for is read of its frame too', () => {
  expect(parseQuery('各地对校车由谁负责怎么规定')).toMatchObject({ text: '校车由谁负责', intents: ['unit'] });
  expect(parseQuery('残疾儿童入学比例有什么要求')).toMatchObject({
    typed: '残疾儿童入学比例有什么要求',
    text: '残疾儿童入学比例',
    intents: ['figure'],
  });
});
