import { describe, expect, it } from 'vitest';
import type { Jurisdiction } from '../../../src/model/jurisdiction.js';
import { findDivision, findPlaces } from '../../../src/parse/jurisdiction/divisions.js';
import { isWithin } from '../../../src/search/filter.js';
import { parseQuery } from '../../../src/search/query/parse-query.js';

const HELD = ['天津市武清区', '山东省潍坊市', '重庆市长寿区', '北京市'].map((name) => findDivision(name)[0]!);
const held = (division: Jurisdiction) => HELD.some((one) => isWithin(one, division));
const read = (typed: string) => {
  const { text, places } = parseQuery(typed, { findDivision, findPlaces, held });
  return [text, ...places.map(({ name }) => name)];
};

describe('places in a query', () => {
  it.each([
    ['武清区教师轮岗', ['教师轮岗', '武清区']],
    ['天津市武清区的课后服务收费', ['课后服务收费', '天津市武清区']],
    ['武清区和长寿区对集团化办学有什么要求', ['集团化办学', '武清区', '长寿区']],
    ['潍坊的校车', ['校车', '潍坊']],
    ['武清区对口支援有哪些措施', ['对口支援', '武清区']],
    ['武清区在校生人数', ['在校生人数', '武清区']],
    ['武清区、潍坊市对外贸易', ['对外贸易', '武清区', '潍坊市']],
    ['教师轮岗 武清区', ['教师轮岗', '武清区']],
    ['在潍坊市民办学校怎么设立', ['民办学校怎么设立', '潍坊市']],
    // Not held, but named in full at the head: the answer is that nothing is held of it.
    ['海淀区课后服务', ['课后服务', '海淀区']],
    ['地区:武清区 校车', ['校车', '武清区']],
    ['校车 地区：潍坊市 地区:长寿区', ['校车', '潍坊市', '长寿区']],
  ])('%s', (typed, expected) => {
    expect(read(typed)).toEqual(expected);
  });

  it.each([
    '对口支援新疆',
    '与北京合作办学',
    '长寿老人补贴',
    '北京师范大学附属学校',
    '老城区改造',
    '开发区企业补贴',
    '武清区',
    '平安校园建设',
  ])('%s: a word of the topic, no place', (typed) => {
    expect(read(typed)).toEqual([typed]);
  });

  it('takes no place without being asked to, and refuses a place that is none', () => {
    expect(parseQuery('武清区教师轮岗').places).toEqual([]);
    expect(parseQuery('武清区教师轮岗', { findDivision, findPlaces: null, held }).text).toBe(
      '武清区教师轮岗',
    );
    expect(() => read('校车 地区:火星区')).toThrow(expect.objectContaining({ code: 'jurisdiction-unknown' }));
  });
});
