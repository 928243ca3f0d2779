import { describe, expect, it } from 'vitest';
import { documentOf } from './document-of.js';

describe('dates', () => {
  it('tells 成文 from 发布', () => {
    const reading = documentOf({
      title: '无障碍环境建设办法',
      header: '来源: 区残联 时间: 2023-12-11',
      signature: '2021年6月30日',
    });
    expect(reading.metadata).toMatchObject({ writtenOn: '2021-06-30', publishedOn: '2023-12-11' });
    expect(reading.printed('publishedOn')).toBe('2023-12-11');
  });
  it('takes the stated ones from the table', () => {
    expect(
      documentOf({
        title: '办法',
        fields: { 成文日期: '2022-02-28', 发布日期: '2022/3/1', 施行日期: '2022年4月1日' },
      }).metadata,
    ).toMatchObject({
      writtenOn: '2022-02-28',
      publishedOn: '2022-03-01',
      effectiveOn: '2022-04-01',
    });
  });
  it('never guesses a garbled one', () => {
    const reading = documentOf({ title: '实施方案', signature: '中共长寿区委教育工作领导小组\n2021729' });
    expect(reading.metadata.writtenOn).toBeNull();
    expect(
      reading.diagnostics.map(({ code, span }) => [code, reading.source.slice(span!.start, span!.end)]),
    ).toEqual([['date-garbled', '2021729']]);
  });
  it('refuses a day that the calendar lacks', () => {
    const reading = documentOf({ title: '实施方案', signature: '温州市民政局\n2023年2月30日' });
    expect(reading.metadata.writtenOn).toBeNull();
    expect(reading.diagnostics[0]?.code).toBe('date-invalid');
  });
  it('takes a date in brackets under the title for that of writing', () => {
    expect(
      documentOf({ title: '关于加强供销社建设的意见', header: '（2019年5月6日）' }).metadata.writtenOn,
    ).toBe('2019-05-06');
  });
});

describe('effectiveOn', () => {
  const on = (text: string, signature = ''): string | null =>
    documentOf({ title: '供热管理办法', text, signature }).metadata.effectiveOn;
  it('is the day that the document names for itself', () => {
    expect(on('第四十条 本办法自2023年1月1日起施行。')).toBe('2023-01-01');
    expect(on('本通知自二〇二二年五月一日起执行，有效期五年。')).toBe('2022-05-01');
    expect(on('五、本意见自2020年7月1日起实施。')).toBe('2020-07-01');
    expect(on('第五十条　自2024年3月1日起施行。2003年5月1日起施行的《供热办法》同时废止。')).toBe(
      '2024-03-01',
    );
    expect(on('第三十九条 本办法自2019年10月1日起施行，《临时办法》（自2001年1月1日起施行）同时废止。')).toBe(
      '2019-10-01',
    );
  });
  it('is not that of another law or of one clause', () => {
    expect(on('《民法典》自2021年1月1日起施行。')).toBeNull();
    expect(on('自2021年1月1日起施行的收费标准继续有效。')).toBeNull();
    expect(on('第三条规定自2025年1月1日起施行。')).toBeNull();
  });
  it('follows from the day of publication or writing', () => {
    expect(on('本办法自公布之日起施行。', '淮南市人民政府\n2020年2月3日')).toBe('2020-02-03');
    expect(on('本方案自印发之日起施行。', '淮南市人民政府\n2020年2月3日')).toBe('2020-02-03');
    expect(on('本办法自公布之日起施行。')).toBeNull();
    expect(on('本办法自公布之日起30日后施行。', '淮南市人民政府\n2020年2月3日')).toBeNull();
  });
});

describe('status', () => {
  it.each([
    [{ 有效性: '有效' }, '有效'],
    [{ 时效性: '现行有效' }, '现行有效'],
    [{ 文件状态: '已废止' }, '已废止'],
    [{ 时效: '失效' }, '失效'],
    [{ 时效性: '尚未生效' }, '尚未生效'],
    [{ 有效性: '' }, null],
  ])('%j', (fields, status) => {
    expect(documentOf({ title: '办法', fields: fields as Record<string, string> }).metadata.status).toBe(
      status,
    );
  });
  it('stands in a line of the page', () => {
    const reading = documentOf({ title: '办法', header: '发布日期：2021-05-06  时效性：部分失效' });
    expect(reading.metadata).toMatchObject({ status: '部分失效', publishedOn: '2021-05-06' });
    expect(reading.printed('status')).toBe('部分失效');
  });
});

describe('addressees', () => {
  it.each([
    '各镇人民政府、各街道办事处、各委办局、各相关单位',
    '各区、县（自治县）人民政府，市政府有关部门，有关单位',
    '委教育工作领导小组成员单位，有关单位',
    '各设区市教育局，省属各中等职业学校',
    '各省、自治区、直辖市人民政府，国务院各部委、各直属机构',
  ])('%s', (line) => {
    const reading = documentOf({
      title: '通知',
      notice: `${line}：\n现将有关事项通知如下：\n一、提高认识。`,
    });
    expect(reading.metadata.addressees).toBe(line);
    expect(reading.printed('addressees')).toBe(line);
  });
  it('are not any line with a colon', () => {
    expect(
      documentOf({ title: '通知', header: '字号：\n现就有关问题通知如下：' }).metadata.addressees,
    ).toBeNull();
  });
});

describe('template', () => {
  const text =
    '一、为贯彻党的_大精神，根据_市人民政府关于印发_市规划的通知，结合_实际，制定本方案。二、到20_年，入学率达*%以上，X县平悦初中、桥圩镇先行，打造八桂品牌。';
  it('is a document of placeholders', () => {
    const reading = documentOf({ title: '教育高质量发展三年行动计划实施方案(一)', text });
    expect(reading.metadata).toMatchObject({ template: true, jurisdiction: null, issuers: [] });
    expect(reading.diagnostics.map(({ code }) => code)).toContain('template');
  });
  it('has no place even where a real name leaked in', () => {
    expect(
      documentOf({ title: 'XX市养老服务规划', text: '广西贵港市港南区先行先试。全市推进。贵港市、贵港市。' })
        .metadata,
    ).toMatchObject({ template: true, jurisdiction: null });
    expect(
      documentOf({ title: '养老服务规划', text: `${text}昆明市、昆明市、昆明市要求全市，全市。` }).metadata,
    ).toMatchObject({ template: true, jurisdiction: null });
  });
  it('is not a real document with a form in its annex', () => {
    const form = '附件：申请表\n____市____区（县）____街道 ____年__月__日 填表人：×××';
    expect(documentOf({ title: '宜昌市居家养老补贴办法', text: form }).metadata).toMatchObject({
      template: false,
    });
    expect(
      documentOf({ title: '居家养老补贴办法', text: form, signature: '宜昌市民政局' }).metadata,
    ).toMatchObject({ template: false });
  });
});

it('says nothing that the text does not say', () => {
  expect(documentOf({ title: '幼儿园工作规程', text: '第一条 为了加强管理，制定本规程。' }).metadata).toEqual(
    {
      title: '幼儿园工作规程',
      kind: '规程',
      issuers: [],
      documentNumber: null,
      writtenOn: null,
      publishedOn: null,
      effectiveOn: null,
      status: null,
      period: null,
      addressees: null,
      jurisdiction: null,
      template: false,
    },
  );
});
