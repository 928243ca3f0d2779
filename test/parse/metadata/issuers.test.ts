import { describe, expect, it } from 'vitest';
import { adoptionNotes } from '../../../src/parse/metadata/adoption.js';
import { isOrgan, organsOf } from '../../../src/parse/metadata/organs.js';
import { documentOf } from './document-of.js';

describe('isOrgan', () => {
  it.each([
    '聊城市人民政府',
    '中共聊城市委',
    '长寿区教委',
    '中共长寿区委教育工作领导小组',
    '浙江省发展改革委',
    '国务院',
    '广州市卫生健康委员会',
    '苏州工业园区管委会',
    '共青团江西省委',
  ])('%s', (name) => expect(isOrgan(name)).toBe(true));
  it.each([
    '关于印发方案的通知',
    '此件主动公开',
    '各有关单位',
    '2021年6月30日',
    '重要机会',
    '联系人：王部',
    '全国教育大会',
    '应当由主管部',
  ])('not %s', (name) => expect(isOrgan(name)).toBe(false));
});

it.each([
  ['市发展改革委 市教育局 市财政局', ['市发展改革委', '市教育局', '市财政局']],
  ['北 京 市 教 育 委 员 会', ['北京市教育委员会']],
  ['中共聊城市委聊城市人民政府', ['中共聊城市委', '聊城市人民政府']],
  ['中共中央国务院', ['中共中央', '国务院']],
  ['中共中央办公厅国务院办公厅', ['中共中央办公厅', '国务院办公厅']],
  ['国家税务总局天津市武清区税务局', ['国家税务总局天津市武清区税务局']],
  ['教育部等六部门', ['教育部等六部门']],
  ['最高人民法院、最高人民检察院', ['最高人民法院', '最高人民检察院']],
  ['请认真贯彻执行', []],
])('organs of %s', (line, names) => {
  expect(organsOf(line).map((organ) => organ.name)).toEqual(names);
});

describe('issuers', () => {
  it('are those of a signature of two lines', () => {
    const reading = documentOf({
      title: '关于加快发展的意见',
      signature: '中共东营市委\n东营市人民政府\n2023年8月28日\n（此件公开发布）',
    });
    expect(reading.metadata).toMatchObject({
      issuers: ['中共东营市委', '东营市人民政府'],
      writtenOn: '2023-08-28',
    });
    expect(reading.printed('issuers')).toBe('中共东营市委\n东营市人民政府');
    expect(reading.metadata.jurisdiction?.name).toBe('山东省东营市');
  });
  it('may share their line with the date', () => {
    expect(documentOf({ title: '招生方案', signature: '长寿区教委 2021年7月29日' }).metadata).toMatchObject({
      issuers: ['长寿区教委'],
      writtenOn: '2021-07-29',
    });
  });
  it('are not those who print or receive it', () => {
    const signature =
      '绵阳市人民政府\n2022年3月1日\n抄送：市委办公室，市人大常委会办公室\n绵阳市人民政府办公室 2022年3月4日印发';
    expect(documentOf({ title: '健身规划', signature }).metadata).toMatchObject({
      issuers: ['绵阳市人民政府'],
      writtenOn: '2022-03-01',
    });
  });
  it('open the title', () => {
    expect(documentOf({ title: '衢州市民政局 衢州市财政局关于提高低保标准的通知' }).metadata.issuers).toEqual(
      ['衢州市民政局', '衢州市财政局'],
    );
    expect(documentOf({ title: '潍坊教育局2016年工作要点' }).metadata.issuers).toEqual(['潍坊教育局']);
    expect(
      documentOf({ title: '国务院办公厅转发教育部等部门关于加强工作意见的通知' }).metadata.issuers,
    ).toEqual(['国务院办公厅']);
  });
  it('stand at the end of a notice', () => {
    const notice =
      '各镇人民政府：\n《规划》已经同意，现印发给你们，请认真贯彻执行。\n\n昆山市人民政府办公室\n\n2022年4月8日';
    expect(
      documentOf({ noticeTitle: '关于印发《昆山市水利规划》的通知', notice, title: '昆山市水利规划' })
        .metadata,
    ).toMatchObject({
      issuers: ['昆山市人民政府办公室'],
      writtenOn: '2022-04-08',
      addressees: '各镇人民政府',
    });
  });
  it('are stated in the table when nothing else names them', () => {
    const reading = documentOf({ title: '托育机构备案办法', fields: { 发布机构: '长寿区教委' } });
    expect(reading.metadata.issuers).toEqual(['长寿区教委']);
    expect(reading.metadata.jurisdiction?.name).toBe('重庆市长寿区');
  });
  it('are the body that adopted a statute, not the one that approved it', () => {
    const header = [
      '（2007年10月31日合肥市第十三届人民代表大会常务委员会第三十六次会议通过',
      '2007年12月22日安徽省第十届人民代表大会常务委员会第三十五次会议批准',
      '2018年8月31日合肥市第十六届人民代表大会常务委员会第五次会议修订',
      '2018年11月23日安徽省第十三届人民代表大会常务委员会第六次会议批准）',
    ].join('\n');
    const reading = documentOf({ title: '合肥市城市节约用水管理条例', header });
    expect(reading.metadata).toMatchObject({
      issuers: ['合肥市人民代表大会常务委员会'],
      writtenOn: '2018-08-31',
    });
    expect(reading.metadata.jurisdiction?.name).toBe('安徽省合肥市');
    expect(reading.printed('writtenOn')).toBe('2018年8月31日');
  });
});

it('reads an order of a government', () => {
  const reading = documentOf({
    noticeTitle: '广州市人民政府令',
    header: '第 185 号',
    notice:
      '《广州市停车场管理规定》已经市政府常务会议通过，现予以公布，自2022年3月1日起施行。\n市长 温国辉\n2021年12月6日',
    title: '广州市停车场管理规定',
    text: '第一条 为了加强管理，制定本规定。',
  });
  expect(reading.metadata).toMatchObject({
    title: '广州市停车场管理规定',
    kind: '规定',
    issuers: ['广州市人民政府'],
    documentNumber: '广州市人民政府令第185号',
    writtenOn: '2021-12-06',
    effectiveOn: '2022-03-01',
  });
});

it('reads the acts of a statute', () => {
  const text =
    '1991年9月2日国务院令第91号发布　根据2011年1月8日《国务院关于废止和修改部分行政法规的决定》修订\n2021年5月1日施行';
  expect(
    adoptionNotes(text).map(({ event, iso, actor, order }) => [
      event,
      iso,
      actor?.name ?? null,
      order?.value ?? null,
    ]),
  ).toEqual([
    ['published', '1991-09-02', '国务院', '国务院令第91号'],
    ['amended', '2011-01-08', null, null],
    ['effective', '2021-05-01', null, null],
  ]);
});
