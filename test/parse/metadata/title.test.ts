import { describe, expect, it } from 'vitest';
import { issuedTitle, kindOf, tidyTitle } from '../../../src/parse/metadata/title.js';
import { documentOf } from './document-of.js';

describe('kindOf', () => {
  it.each([
    ['武清区教育事业发展第十四个五年规划', '规划'],
    ['国民经济和社会发展第十四个五年规划和二〇三五年远景目标纲要', '纲要'],
    ['推动义务教育优质均衡发展实施方案', '实施方案'],
    ['教育高质量发展三年行动计划（2023—2025年）', '行动计划'],
    ['关于深化医保支付方式改革的实施意见', '实施意见'],
    ['关于促进养老托育服务健康发展的指导意见（试行）', '指导意见'],
    ['关于新时代教育高质量发展的意见', '意见'],
    ['潍坊教育局2016年工作要点', '工作要点'],
    ['市生态环境局2023年工作要点（全文）', '工作要点'],
    ['关于做好2023年义务教育招生入学工作的通知', '通知'],
    ['北京市学前教育条例', '条例'],
    ['北京市实施《中华人民共和国职业教育法》办法', '办法'],
    ['河南省〈消防法〉实施办法', '办法'],
    ['城市生活垃圾分类管理办法（2022年修订）', '办法'],
    ['公共数据管理暂行规定', '规定'],
    ['住房公积金提取实施细则', '细则'],
    ['关于修改《南京市市容管理条例》的决定', '决定'],
    ['幼儿园工作规程', '规程'],
    ['关于加强校外培训监管的公告', '公告'],
    ['中华人民共和国教育法', '法'],
    ['突发公共卫生事件应急预案', '预案'],
    ['促进民营经济发展若干措施', '措施'],
    ['《长江经济带发展规划》政策解读', '解读'],
    ['XX大学章程', '章程'],
    ['优质幼儿园建设标准', '标准'],
    ['教育高质量发展三年行动计划实施方案4篇 .docx', '实施方案'],
    ['关于“十四五”期间发展思路的汇编', '其他'],
    ['', '其他'],
  ])('%s: %s', (title, kind) => {
    expect(kindOf(title)).toBe(kind);
  });
});

describe('tidyTitle', () => {
  it.each([
    [
      '中共聊城市委 聊城市人民政府 关于新时代聊城教育高质量发展的意见',
      '中共聊城市委 聊城市人民政府关于新时代聊城教育高质量发展的意见',
    ],
    ['关于印发丽水市“十四五”\n教育发展规划的通知', '关于印发丽水市“十四五”教育发展规划的通知'],
    ['中 华 人 民 共 和 国 教 育 法', '中华人民共和国教育法'],
    ['柳州市 2022 年 工作要点', '柳州市2022年工作要点'],
    ['潍坊教育局2016年工作要点,总有一件与你有关!(潍坊教育局郭)', '潍坊教育局2016年工作要点'],
    ['关于推进 STEM 教育的意见', '关于推进STEM教育的意见'],
  ])('%j', (printed, title) => {
    expect(tidyTitle(printed)).toBe(title);
  });
});

it.each([
  ['关于发布《武清区教育事业发展第十四个五年规划》的通知', '武清区教育事业发展第十四个五年规划'],
  ['市教育局关于印发《〈民办教育促进法〉实施办法》的通知', '〈民办教育促进法〉实施办法'],
  ['关于印发《关于贯彻《教育法》的意见》的通知', '关于贯彻《教育法》的意见'],
  [
    '县政府办公室关于印发灵山县荔枝产业发展规划（2022—2026年）的通知',
    '灵山县荔枝产业发展规划（2022—2026年）',
  ],
  ['关于发布2023年中考日程的通知', null],
  ['关于批准《临沂市供热条例》的决定', null],
  ['关于学习《教育法》的通知', null],
  ['关于做好招生工作的通知', null],
])('%s issues %s', (notice, title) => {
  const span = issuedTitle(notice);
  expect(span === null ? null : notice.slice(span.start, span.end)).toBe(title);
});

it('prefers the title of the plan to that of the notice', () => {
  const noticeTitle = '关于印发《青羊区托育服务发展规划》的通知';
  const both = documentOf({ noticeTitle, title: '青羊区托育服务发展规划（2021—2025年）' });
  expect(both.metadata).toMatchObject({
    title: '青羊区托育服务发展规划（2021—2025年）',
    kind: '规划',
    period: { from: 2021, to: 2025 },
  });
  const alone = documentOf({ noticeTitle });
  expect(alone.metadata.title).toBe('青羊区托育服务发展规划');
  expect(alone.printed('title')).toBe('青羊区托育服务发展规划');
});

it('joins a title that goes on in the next line', () => {
  const reading = documentOf({
    title: '关于印发海州区农村人居环境整治提升五年行动',
    header: '实施方案（2021—2025年）的通知\n海政办发〔2022〕23号',
  });
  expect(reading.metadata).toMatchObject({
    title: '关于印发海州区农村人居环境整治提升五年行动实施方案（2021—2025年）的通知',
    kind: '通知',
    documentNumber: '海政办发〔2022〕23号',
    period: { from: 2021, to: 2025 },
  });
  expect(documentOf({ title: '全民健身三年行动', header: '来源：体育局\n2022年通知' }).metadata.title).toBe(
    '全民健身三年行动',
  );
});

it('takes the plan for the title where its text follows the notice', () => {
  const title = '关于印发云龙县旅游规划（2021—2025年）的通知';
  const plan = '云龙县旅游规划（2021—2025年）';
  expect(documentOf({ title, text: `${plan}\n一、发展基础` }).metadata.title).toBe(plan);
  expect(documentOf({ title, text: `一、发展基础。${'旅游业持续发展。'.repeat(100)}` }).metadata.title).toBe(
    plan,
  );
  expect(documentOf({ title, text: '请认真贯彻执行。' }).metadata.title).toBe(title);
});

it('ends on a notice that issues a blank', () => {
  expect(documentOf({ title: '关于印发《　　》的通知', text: '请执行。' }).metadata.kind).toBe('通知');
});
