import { describe, expect, it } from 'vitest';
import { resolveJurisdiction, type PlaceEvidence } from '../../../src/parse/jurisdiction/resolve.js';

const NOTHING: PlaceEvidence = {
  title: '',
  noticeTitle: null,
  issuers: [],
  stated: [],
  documentNumber: null,
  hints: [],
  text: '',
};
const resolve = (evidence: Partial<PlaceEvidence>): ReturnType<typeof resolveJurisdiction> =>
  resolveJurisdiction({ ...NOTHING, ...evidence });
const place = (evidence: Partial<PlaceEvidence>): string | null =>
  resolve(evidence).jurisdiction?.name ?? null;
const doubts = (evidence: Partial<PlaceEvidence>): string[] =>
  resolve(evidence).doubts.map(({ code }) => code);

describe('by the title', () => {
  it.each([
    ['武清区教育事业发展第十四个五年规划', '天津市武清区'],
    ['“十四五”时期深圳市水务发展规划', '广东省深圳市'],
    ['2023年昆山市政府工作报告', '江苏省苏州市昆山市'],
    ['关于印发《义乌市养老服务设施布局规划》的通知', '浙江省金华市义乌市'],
    ['北京市实施《中华人民共和国职业教育法》办法', '北京市'],
    ['深圳经济特区学前教育条例', '广东省深圳市'],
    ['呼和浩特市新城区国土空间规划', '内蒙古自治区呼和浩特市新城区'],
    ['凉山彝族自治州水资源管理条例', '四川省凉山彝族自治州'],
    ['伊犁州直文旅发展规划', '新疆维吾尔自治区伊犁哈萨克自治州'],
    ['酉阳土家族苗族自治县非物质文化遗产条例', '重庆市酉阳土家族苗族自治县'],
    ['阿拉善左旗草原保护方案', '内蒙古自治区阿拉善盟阿拉善左旗'],
    ['锡林郭勒盟行署办公室关于印发草原防火预案的通知', '内蒙古自治区锡林郭勒盟'],
    ['大兴安岭地区林业规划', '黑龙江省大兴安岭地区'],
    ['河北雄安新区条例', '河北省雄安新区'],
    ['上海市浦东新区促进养老托育服务规定', '上海市浦东新区'],
    ['重庆两江新区产业发展行动计划', '重庆市两江新区'],
    ['苏州工业园区学前教育办法', '江苏省苏州工业园区'],
    ['关于加快潍坊市教育现代化的意见', '山东省潍坊市'],
    ['湖北省仙桃市水利规划', '湖北省仙桃市'],
    ['中华人民共和国教育法', '全国'],
    ['中华人民共和国香港特别行政区基本法', '全国'],
    ['国务院关于支持山东深化新旧动能转换的意见', '全国'],
    ['教育部等六部门关于规范校外线上培训的实施意见', '全国'],
    ['幼儿园工作规程', null],
    ['太湖流域管理条例', null],
    ['公安机关办理行政案件程序规定', null],
    ['长江保护条例', null],
    ['关于深化北京大学合作的通知', null],
    ['关于贯彻《天津市学前教育条例》的实施意见', null],
  ])('%s: %s', (title, name) => {
    expect(place({ title })).toBe(name);
  });
});

describe('by the issuers', () => {
  it.each([
    [['中共聊城市委', '聊城市人民政府'], '山东省聊城市'],
    [['中共长寿区委教育工作领导小组'], '重庆市长寿区'],
    [['潍坊教育局'], '山东省潍坊市'],
    [['武清教育局'], '天津市武清区'],
    [['浙江省人民政府办公厅'], '浙江省'],
    [['广西壮族自治区教育厅', '广西壮族自治区财政厅'], '广西壮族自治区'],
    [['国家税务总局天津市武清区税务局'], '天津市武清区'],
    [['国务院办公厅'], '全国'],
    [['教育部', '财政部'], '全国'],
    [['最高人民法院'], '全国'],
    [['西咸新区管委会'], '陕西省西咸新区'],
    [['潍坊高新区管委会'], '山东省潍坊高新区'],
    [['长春经济技术开发区管理委员会'], '吉林省长春经济技术开发区'],
    [['市教育局'], null],
    [['区人民政府办公室'], null],
    [['吉林省教育厅'], '吉林省'],
    [['吉林市教育局'], '吉林省吉林市'],
    [['海南州教育局'], '青海省海南藏族自治州'],
    [['恩施州人民政府'], '湖北省恩施土家族苗族自治州'],
  ])('%j: %s', (issuers, name) => {
    expect(place({ title: '关于加强工作的意见', issuers })).toBe(name);
  });

  it('narrows one with the other', () => {
    expect(place({ title: '长寿区养老规划', issuers: ['重庆市人民政府'] })).toBe('重庆市长寿区');
    expect(place({ title: '鼓楼区社区服务规划', issuers: ['徐州市鼓楼区人民政府'] })).toBe(
      '江苏省徐州市鼓楼区',
    );
    expect(place({ title: '鼓楼区社区服务规划', issuers: ['开封市人民政府'] })).toBe('河南省开封市鼓楼区');
    expect(place({ title: '西湖龙井茶保护管理条例', issuers: ['杭州市人民代表大会常务委员会'] })).toBe(
      '浙江省杭州市',
    );
    expect(place({ title: '泰山风景名胜区保护管理条例', issuers: ['山东省人民代表大会常务委员会'] })).toBe(
      '山东省',
    );
    expect(place({ title: '郑州航空港经济综合实验区条例', issuers: ['河南省人民代表大会常务委员会'] })).toBe(
      '河南省郑州航空港经济综合实验区',
    );
  });
  it('says so when they contradict each other', () => {
    const evidence = { title: '南京市养老规划', issuers: ['苏州市民政局'] };
    expect(place(evidence)).toBe('江苏省苏州市');
    expect(doubts(evidence)).toEqual(['jurisdiction-conflict']);
  });
});

describe('homonyms', () => {
  it.each([
    [
      '鼓楼区教育发展规划',
      '南京市正在建设教育强市，玄武区、秦淮区先行。根据南京市有关规划。',
      '江苏省南京市鼓楼区',
    ],
    ['鼓楼区教育发展规划', '按照福建省和福州市部署，三坊七巷所在的鼓楼区。', '福建省福州市鼓楼区'],
    ['朝阳区养老规划', '根据《长春市养老服务条例》制定。', '吉林省长春市朝阳区'],
    ['城关区学前教育方案', '依据《甘肃省学前教育条例》和兰州市部署。', '甘肃省兰州市城关区'],
    ['海州区水务规划', '按照连云港市委要求，', '江苏省连云港市海州区'],
    ['新华区工作方案', '根据河南省、平顶山市要求', '河南省平顶山市新华区'],
    ['江北区行动方案', '落实《宁波市条例》，宁波市、海曙区、鄞州区', '浙江省宁波市江北区'],
    ['通州区规划', '按照（京政发〔2021〕5号）要求，', '北京市通州区'],
  ])('%s · %s', (title, text, name) => {
    expect(place({ title, text })).toBe(name);
    expect(doubts({ title, text })).toEqual(['jurisdiction-by-context']);
  });
  it.each([
    ['鼓楼区教育发展规划', '全区上下要提高认识。'],
    ['朝阳区养老规划', '北京市和长春市都有经验。'],
    ['市中区规划', '我区实际'],
  ])('%s · %s stays open', (title, text) => {
    expect(place({ title, text })).toBeNull();
    expect(doubts({ title, text })).toEqual(['jurisdiction-ambiguous']);
  });
});

it('takes words of town planning for places only where the text does', () => {
  expect(place({ title: '老城区改造实施方案', text: '全市老城区共有小区30个。' })).toBeNull();
  expect(place({ title: '矿区生态修复规划' })).toBeNull();
  expect(place({ title: '老城区养老服务规划', text: '按照洛阳市委、市政府部署，' })).toBe(
    '河南省洛阳市老城区',
  );
});

it('is helped by where the page comes from', () => {
  expect(place({ title: '鼓楼区养老规划', hints: ['徐州市民政局'] })).toBe('江苏省徐州市鼓楼区');
  expect(place({ title: '鼓楼区养老规划', hints: ['11320302014059837K/2022-00052'] })).toBe(
    '江苏省徐州市鼓楼区',
  );
  expect(place({ title: '幼儿园工作规程', hints: ['武清区教育局'] })).toBeNull();
});

it('takes the short name of a city for the city', () => {
  expect(place({ title: '意见', issuers: ['长沙教育局'] })).toBe('湖南省长沙市');
  expect(place({ title: '意见', issuers: ['朝阳教育局'] })).toBeNull();
  expect(place({ title: '意见', issuers: ['朝阳教育局'], text: '辽宁省' })).toBe('辽宁省朝阳市');
});

describe('by weaker evidence', () => {
  it.each([
    ['渝府办发〔2018〕70号', '重庆市'],
    ['津教委〔2021〕5号', '天津市'],
    ['沪府规〔2022〕3号', '上海市'],
    ['京政办发〔2020〕1号', '北京市'],
    ['武清政发〔2021〕3号', '天津市武清区'],
    ['渝北府发〔2021〕12号', '重庆市渝北区'],
    ['粤府〔2021〕1号', '广东省'],
    ['宁政发〔2021〕1号', null],
    ['国办发〔2021〕1号', null],
  ])('%s: %s', (documentNumber, name) => {
    expect(place({ title: '关于加强工作的意见', documentNumber })).toBe(name);
  });
  it('reads the text last', () => {
    const text = '聊城市教育发展迅速。我市实际……全市上下……聊城市委……聊城市人民政府……山东省要求，全市。';
    expect(place({ title: '关于教育高质量发展的意见', text })).toBe('山东省聊城市');
    expect(doubts({ title: '关于教育高质量发展的意见', text })).toEqual(['jurisdiction-weak']);
    expect(
      place({
        title: '关于新时代聊城教育高质量发展的意见',
        text: '结合我市实际，推动新时代聊城教育，聊城市。',
      }),
    ).toBe('山东省聊城市');
  });
  it('takes the reach that a text states for the whole country', () => {
    expect(place({ title: '节约用水条例', text: '在中华人民共和国境内从事节水活动，适用本条例。' })).toBe(
      '全国',
    );
    expect(place({ title: '价格办法', text: '国务院价格主管部门负责全国的价格工作。' })).toBe('全国');
    expect(place({ title: '节水办法', text: '本市依照中华人民共和国境内的规定执行，本市适用。' })).toBeNull();
  });
  it('does not take a place that is only cited', () => {
    expect(
      place({
        title: '关于教育发展的意见',
        text: '各区要落实。学习上海市、北京市经验。《深圳经济特区学前教育条例》',
      }),
    ).toBeNull();
    expect(
      place({ title: '关于教育发展的意见', text: '全省各区、各县。根据《广州市幼儿园条例》' }),
    ).toBeNull();
    expect(
      place({ title: '关于教育发展的意见', text: '全市要学习杭州市、苏州市、杭州市、苏州市的经验，全市' }),
    ).toBeNull();
  });
  it('takes the organ that a page states', () => {
    expect(place({ title: '义务教育实施方案', stated: ['长寿区教委'] })).toBe('重庆市长寿区');
    expect(place({ title: '义务教育实施方案', stated: ['区教委'] })).toBeNull();
  });
});
