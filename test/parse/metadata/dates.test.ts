import { describe, expect, it } from 'vitest';
import {
  chineseNumber,
  chineseYear,
  findDates,
  garbledDate,
  readDate,
} from '../../../src/parse/metadata/dates.js';

describe('readDate', () => {
  it.each([
    ['2023年8月28日', '2023-08-28'],
    ['2023 年 8 月 28 日', '2023-08-28'],
    ['２０２３年８月２８日', '2023-08-28'],
    ['二〇二三年八月二十八日', '2023-08-28'],
    ['二○二一年十二月三十一日', '2021-12-31'],
    ['二零一九年元月一日', '2019-01-01'],
    ['二〇二二年二月十日', '2022-02-10'],
    ['二〇二〇年十一月廿日', '2020-11-20'],
    ['一九九七年九月五日', '1997-09-05'],
    ['二 〇 二 一 年 六 月 三 日', '2021-06-03'],
    ['2021-06-30', '2021-06-30'],
    ['2021-6-3', '2021-06-03'],
    ['2021/6/30', '2021-06-30'],
    ['2021.7.5', '2021-07-05'],
    ['2021．07．05', '2021-07-05'],
    ['2021-07-05 10:20:33', '2021-07-05'],
    ['发布时间：2021-07-05 10:20', '2021-07-05'],
    ['20210630', '2021-06-30'],
    ['2021年6月', '2021-06'],
    ['二〇二一年六月', '2021-06'],
    ['2024-02-29', '2024-02-29'],
  ])('%s → %s', (text, iso) => {
    expect(readDate(text)?.iso).toBe(iso);
  });

  it.each(['2021729', '2021', '12345678', '2021年', '2.5.1', '第2021号', '3.5%', '', '2021-22学年'])(
    '%s is no date',
    (text) => {
      expect(readDate(text)?.iso ?? null).toBeNull();
    },
  );

  it.each(['2023年2月30日', '2021-13-01', '2023-02-29', '二〇二三年十三月一日'])(
    '%s is no day of the calendar',
    (text) => {
      expect(readDate(text)).toMatchObject({ iso: null });
    },
  );
});

describe('findDates', () => {
  it('finds all of them, in order, with their places', () => {
    const text = '2007年10月31日通过，二〇一五年八月二十七日修订，2016.3.1公布';
    expect(findDates(text).map(({ start, end, iso }) => [text.slice(start, end), iso])).toEqual([
      ['2007年10月31日', '2007-10-31'],
      ['二〇一五年八月二十七日', '2015-08-27'],
      ['2016.3.1', '2016-03-01'],
    ]);
  });
});

describe('garbledDate', () => {
  it.each(['2021729', ' 2021729 ', '202179日', '2021年729', '2015年12月3'])('%s lost a part', (line) => {
    expect(garbledDate(line)).not.toBeNull();
  });
  it.each(['2021年7月29日', '2021-07-29', '20210729', '2021', '1234567', '今年2021729人', ''])(
    '%s is whole or something else',
    (line) => {
      expect(garbledDate(line)).toBeNull();
    },
  );
});

it('reads Chinese numerals of dates', () => {
  expect(['十', '十二', '二十', '二十八', '三十一', '廿一', '卅', '九'].map(chineseNumber)).toEqual([
    10, 12, 20, 28, 31, 21, 30, 9,
  ]);
  expect(['二〇二一', '一九九七', '二○三五', '二零二零'].map(chineseYear)).toEqual([2021, 1997, 2035, 2020]);
});
