import { describe, expect, it } from 'vitest';
import { findDivision } from '../../../src/parse/jurisdiction/divisions.js';

const names = (asked: string): string[] => findDivision(asked).map((found) => found.name);

describe('findDivision', () => {
  it.each([
    ['武清区', '天津市武清区'],
    ['武清', '天津市武清区'],
    ['天津市武清区', '天津市武清区'],
    ['天津武清', '天津市武清区'],
    ['天津市 武清区', '天津市武清区'],
    ['120114', '天津市武清区'],
    ['潍坊', '山东省潍坊市'],
    ['370700', '山东省潍坊市'],
    ['山东', '山东省'],
    ['重庆市', '重庆市'],
    ['吉林', '吉林省'],
    ['吉林市', '吉林省吉林市'],
    ['海南', '海南省'],
    ['内蒙古', '内蒙古自治区'],
    ['呼和浩特市新城区', '内蒙古自治区呼和浩特市新城区'],
    ['江苏省南京市鼓楼区', '江苏省南京市鼓楼区'],
    ['南京鼓楼', '江苏省南京市鼓楼区'],
    ['仙桃市', '湖北省仙桃市'],
    ['湖北省仙桃市', '湖北省仙桃市'],
    ['石河子', '新疆维吾尔自治区石河子市'],
    ['延边州', '吉林省延边朝鲜族自治州'],
    ['恩施土家族苗族自治州', '湖北省恩施土家族苗族自治州'],
    ['凉山', '四川省凉山彝族自治州'],
    ['石柱县', '重庆市石柱土家族自治县'],
    ['阿拉善左旗', '内蒙古自治区阿拉善盟阿拉善左旗'],
    ['大兴安岭地区', '黑龙江省大兴安岭地区'],
    ['神农架林区', '湖北省神农架林区'],
    ['长沙县', '湖南省长沙市长沙县'],
    ['赵县', '河北省石家庄市赵县'],
    ['和平', null],
    ['铜梁县', '重庆市铜梁区'],
    ['章丘市', '山东省济南市章丘区'],
    ['襄樊市', '湖北省襄阳市'],
    ['北京市崇文区', '北京市东城区'],
    ['沙县', '福建省三明市沙县区'],
    ['浦东新区', '上海市浦东新区'],
    ['雄安新区', '河北省雄安新区'],
    ['河北雄安新区', '河北省雄安新区'],
    ['两江新区', '重庆市两江新区'],
    ['西咸新区', '陕西省西咸新区'],
    ['四川天府新区', '四川省天府新区'],
    ['西海岸新区', '山东省青岛市黄岛区'],
    ['苏州工业园区', '江苏省苏州工业园区'],
    ['北京经济技术开发区', '北京经济技术开发区'],
    ['潍坊高新区', '山东省潍坊高新区'],
    ['潍坊市高新技术产业开发区', '山东省潍坊高新区'],
    ['石家庄高新区', '河北省石家庄高新技术产业开发区'],
    ['香港特别行政区', '香港特别行政区'],
    ['全国', '全国'],
  ])('%s: %s', (asked, name) => {
    if (name === null) expect(names(asked).length).toBeGreaterThan(1);
    else expect(names(asked)).toEqual([name]);
  });

  it('gives all of one name', () => {
    expect(names('鼓楼区')).toEqual([
      '江苏省南京市鼓楼区',
      '江苏省徐州市鼓楼区',
      '福建省福州市鼓楼区',
      '河南省开封市鼓楼区',
    ]);
    expect(names('江苏省鼓楼区')).toEqual(['江苏省南京市鼓楼区', '江苏省徐州市鼓楼区']);
    expect(names('朝阳区')).toEqual(['北京市朝阳区', '吉林省长春市朝阳区']);
    expect(names('朝阳')).toEqual(expect.arrayContaining(['辽宁省朝阳市', '北京市朝阳区']));
  });

  it.each([
    '',
    '　',
    '某市',
    '武清区政府',
    '不存在的地方',
    '999999',
    '各区',
    '市',
    '北京市场',
    '天津市海淀区',
  ])('%j is none', (asked) => {
    expect(findDivision(asked)).toEqual([]);
  });

  it('names every level', () => {
    expect(findDivision('320106')[0]).toEqual({
      code: '320106',
      level: 'district',
      province: '江苏省',
      city: '南京市',
      district: '鼓楼区',
      name: '江苏省南京市鼓楼区',
    });
    expect(findDivision('120114')[0]).toMatchObject({
      level: 'district',
      province: '天津市',
      city: null,
      district: '武清区',
    });
    expect(findDivision('潍坊市')[0]).toMatchObject({
      level: 'city',
      province: '山东省',
      city: '潍坊市',
      district: null,
    });
    expect(findDivision('仙桃市')[0]).toMatchObject({ level: 'district', city: null, district: '仙桃市' });
    expect(findDivision('中国')[0]).toMatchObject({ code: '100000', level: 'country', province: null });
  });
});
