/** What is a marker and what only looks like one. */
import { describe, expect, it } from 'vitest';
import { readMarker } from '../../src/parse/markers.js';
import { numeralValue } from '../../src/analysis/numerals.js';

const read = (text: string): string | null => {
  const marker = readMarker(text);
  return marker === null
    ? null
    : `${marker.form} ${marker.path?.join('.') ?? marker.number}${marker.suffix === null ? '' : `-${marker.suffix}`}`;
};

describe('readMarker', () => {
  it.each([
    ['第三编 分则', 'part 3'],
    ['第二部分　主要任务', 'part 2'],
    ['第十二章　法律责任', 'chapter 12'],
    ['第 一 节 规划', 'division 1'],
    ['第一百零三条 公民…', 'article 103'],
    ['第十条之一 有下列情形', 'article 10-1'],
    ['第3条 本办法', 'article 3'],
    ['第二条本办法所称', 'article 2'],
    ['一、总体要求', 'section 1'],
    ['十二．保障措施', 'section 12'],
    ['（二）基本原则', 'subsection 2'],
    ['( 二 )基本原则', 'subsection 2'],
    ['㈢强化保障', 'subsection 3'],
    ['（一）项目补助', 'subsection 1'],
    ['1.优化布局', 'item 1'],
    ['２ ．推广证照', 'item 2'],
    ['10、深化改革', 'item 10'],
    ['1.2023年底前完成', 'item 1'],
    ['⒈加强领导', 'item 1'],
    ['（１）新增用地', 'subitem 1'],
    ['⑶新增公寓', 'subitem 3'],
    ['2）联合执法', 'half 2'],
    ['⑤强化考核', 'circle 5'],
    ['2.1.1 主要职责', 'decimal 2.1.1'],
    ['——坚持党的领导', 'bullet null'],
    ['───坚持立德树人', 'bullet null'],
    ['• 覆盖率', 'bullet null'],
    ['附件2', 'annex 2'],
    ['附件：任务分工表', 'annex null'],
    ['问：如何入学？', 'question null'],
  ])('%s', (text, expected) => {
    expect(read(text)).toBe(expected);
  });

  it.each([
    '第十二条的规定',
    '第三条第二款',
    '第八条至第十条',
    '第3条生产线',
    '第一节课',
    '2.0版',
    '3.5%以上',
    '2021.7以来',
    '1、2号楼',
    '一、二年级学生',
    '附近学校',
    '附属中学',
    '附件中所列',
    '（一）至（三）项',
    '—3℃',
    '教育',
    '',
  ])('不是编号：%s', (text) => {
    expect(read(text)).toBeNull();
  });
});

describe('numeralValue', () => {
  it.each([
    ['十', 10],
    ['二十一', 21],
    ['一百零三', 103],
    ['一千二百六十', 1260],
    ['二〇二三', 2023],
    ['１２', 12],
    ['7', 7],
  ])('%s', (numeral, value) => {
    expect(numeralValue(numeral)).toBe(value);
  });
  it('给不出数的就是 null', () => {
    expect(numeralValue('甲')).toBeNull();
    expect(numeralValue('')).toBeNull();
  });
});
