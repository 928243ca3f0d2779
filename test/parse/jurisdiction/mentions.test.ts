import { expect, it } from 'vitest';
import { mentions } from '../../../src/parse/jurisdiction/mentions.js';

/** Each mention as it stands, with the number of places that it can be when there are several. */
const found = (text: string): string[] =>
  mentions(text).map(
    ({ start, end, candidates }) =>
      text.slice(start, end) + (candidates.length > 1 ? `×${candidates.length}` : ''),
  );

it.each([
  ['根据重庆市长寿区人民政府的要求', ['重庆市长寿区']],
  ['江苏省南京市鼓楼区与徐州市鼓楼区', ['江苏省南京市鼓楼区', '徐州市鼓楼区']],
  ['鼓楼区', ['鼓楼区×4']],
  ['河北山区、江西山区和广西安居工程', ['河北', '江西', '广西']],
  ['北京市场监管、南京市场', ['北京', '南京']],
  ['公安机关会同有关部门统筹资源、港口和通道', []],
  ['省、市和县人民政府，主城区', []],
  ['县级以上公安县级机关', []],
  ['内蒙古自治区呼和浩特市新城区', ['内蒙古自治区呼和浩特市新城区']],
  ['潍坊高新区、济南高新区', ['潍坊高新区', '济南高新区']],
  ['各区、县（自治县）', []],
])('%s', (text, expected) => {
  expect(found(text)).toEqual(expected);
});
