import { describe, expect, it } from 'vitest';
import { findNumbers, findOrders } from '../../../src/parse/metadata/document-number.js';
import { documentOf } from './document-of.js';

describe('findNumbers', () => {
  it.each([
    ['渝府办发〔2018〕70号', '渝府办发〔2018〕70号'],
    ['津政办发[2021]5号', '津政办发〔2021〕5号'],
    ['苏教规(2020)3号', '苏教规〔2020〕3号'],
    ['沪府规【2022】11号', '沪府规〔2022〕11号'],
    ['浙教基〔 2019 〕 第 12 号', '浙教基〔2019〕12号'],
    ['粤府办〔２０２３〕１８号', '粤府办〔2023〕18号'],
    ['教基〔2022〕4 号', '教基〔2022〕4号'],
    ['鲁教发（2017）1号', '鲁教发〔2017〕1号'],
    ['聊办发﹝2023﹞9号', '聊办发〔2023〕9号'],
    ['昌政发［2021］08号', '昌政发〔2021〕8号'],
  ])('%s', (text, value) => {
    expect(findNumbers(text).map((match) => match.value)).toEqual([value]);
  });

  it.each(['教督〔20176〕', '渝府办发〔201870号', '渝委发〔20209号', '津政发〔202112〕号'])(
    '%s ran together',
    (text) => {
      expect(findNumbers(text).map((match) => match.value)).toEqual([null]);
    },
  );

  it.each(['第70号', '2018年70号文', '（2018修正）', '第3号楼'])('%s is none', (text) => {
    expect(findNumbers(text)).toEqual([]);
  });
});

it.each([
  ['2019年3月2日中华人民共和国国务院令第709号公布', '国务院令第709号'],
  ['深圳市人民政府令第330号', '深圳市人民政府令第330号'],
  ['教育部令第46号', '教育部令第46号'],
  [
    '新疆维吾尔自治区人民代表大会常务委员会公告（第47号）',
    '新疆维吾尔自治区人民代表大会常务委员会公告第47号',
  ],
  ['杭州市第十二届人民代表大会常务委员会公告第9号公布', '杭州市人民代表大会常务委员会公告第9号'],
  ['北京市人民代表大会常务委员会公告〔十五届〕第36号', '北京市人民代表大会常务委员会公告第36号'],
])('the order in %s', (text, value) => {
  expect(findOrders(text)[0]?.value).toBe(value);
});

describe('the own number of a document', () => {
  const text = '根据《关于加强工作的通知》（国办发〔2020〕1号）和苏政办发〔2021〕9号文件精神，制定本方案。';
  it('comes from the table', () => {
    const reading = documentOf({
      title: '盐城市亭湖区养老服务实施方案',
      text,
      fields: { 发文字号: '亭政办发〔2022〕17号' },
    });
    expect(reading.metadata.documentNumber).toBe('亭政办发〔2022〕17号');
    expect(reading.printed('documentNumber')).toBe('亭政办发〔2022〕17号');
  });
  it('comes from a line of its own', () => {
    const reading = documentOf({ title: '盐城市养老服务实施方案', header: '盐政办发[2022] 17 号', text });
    expect(reading.metadata.documentNumber).toBe('盐政办发〔2022〕17号');
    expect(reading.printed('documentNumber')).toBe('盐政办发[2022] 17 号');
  });
  it('comes from the end of the title', () => {
    const reading = documentOf({
      noticeTitle: '关于印发《盐城市养老服务实施方案》的通知（盐政办发〔2022〕17号）',
      text,
    });
    expect(reading.metadata.documentNumber).toBe('盐政办发〔2022〕17号');
    expect(reading.metadata.title).toBe('盐城市养老服务实施方案');
  });
  it('is never that of a cited document', () => {
    const notice = '各街道办事处：\n根据《关于加强工作的通知》（国办发〔2020〕1号）精神，现印发给你们。';
    expect(documentOf({ title: '养老服务实施方案', notice, text }).metadata.documentNumber).toBeNull();
  });
  it('is a diagnostic and null when year and serial ran together', () => {
    const reading = documentOf({
      title: '养老服务实施方案',
      fields: { 发文字号: '渝府办发〔201870号' },
      text,
    });
    expect(reading.metadata.documentNumber).toBeNull();
    expect(
      reading.diagnostics.map(({ code, span }) => [code, reading.source.slice(span!.start, span!.end)]),
    ).toEqual([['document-number-garbled', '渝府办发〔201870号']]);
  });
  it('is the order that published a statute', () => {
    const header = '（2020年3月5日苏州市人民政府令第150号公布 自2020年5月1日起施行）';
    expect(documentOf({ title: '苏州市停车管理办法', header }).metadata).toMatchObject({
      documentNumber: '苏州市人民政府令第150号',
      issuers: ['苏州市人民政府'],
      writtenOn: '2020-03-05',
      publishedOn: '2020-03-05',
      effectiveOn: '2020-05-01',
    });
  });
  it('is null where the table leaves it blank', () => {
    expect(
      documentOf({ title: '养老服务实施方案', fields: { 发文字号: ' ', 文号: '无' }, text }).metadata
        .documentNumber,
    ).toBeNull();
  });
});
