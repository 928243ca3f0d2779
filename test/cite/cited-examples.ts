/** Documents and clauses to cite, and generators of any such. */
import fc from 'fast-check';
import type { CitedClause, CitedSource } from '../../src/cite/cited.js';
import type { Jurisdiction } from '../../src/model/jurisdiction.js';

/** All that a document may state. */
export const PLAN: CitedSource = {
  id: '120114-jin-wu-qing-zheng-fa-2021-5',
  title: '武清区教育事业发展第十四个五年规划',
  kind: '规划',
  issuers: ['天津市武清区人民政府'],
  documentNumber: '津武清政发〔2021〕5号',
  writtenOn: '2021-06-30',
  publishedOn: '2021-07-02',
  effectiveOn: null,
  status: '有效',
  template: false,
  jurisdiction: {
    code: '120114',
    level: 'district',
    province: '天津市',
    city: null,
    district: '武清区',
    name: '天津市武清区',
  },
  url: 'https://www.tjwq.gov.cn/zwgk/202107/t20210702_1.html',
};

export const PLACE: CitedClause = { label: '第3段', locator: '第三部分（三）第3段' };

/** A text that states nothing of itself. */
export const BARE: CitedSource = {
  id: 'bare',
  title: '教师轮岗交流实施方案',
  kind: '其他',
  issuers: [],
  documentNumber: null,
  writtenOn: null,
  publishedOn: null,
  effectiveOn: null,
  status: null,
  template: false,
  jurisdiction: null,
};

const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom(...'{}\\%&$#_^~"\'《》〈〉,，\r\n\t\u2028 @=-A乡\ud800') }),
);
function jurisdictionNamed(name: string): Jurisdiction {
  return { code: name, level: 'city', province: null, city: name, district: null, name };
}

const anyDate = fc.constantFrom('2021-06-30', '2021-06', '2021', '不详', '');

export const anySource: fc.Arbitrary<CitedSource> = fc.record({
  id: anyText,
  title: anyText,
  kind: fc.oneof(anyText, fc.constantFrom('规划', '条例', '办法')),
  issuers: fc.array(anyText, { maxLength: 5 }),
  documentNumber: fc.option(anyText),
  writtenOn: fc.option(anyDate),
  publishedOn: fc.option(anyDate),
  effectiveOn: fc.option(anyDate),
  status: fc.option(anyText),
  template: fc.boolean(),
  jurisdiction: fc.option(anyText.map(jurisdictionNamed)),
  url: fc.option(anyText),
});

const anyPages = fc
  .tuple(fc.integer({ min: 1, max: 999 }), fc.nat(9))
  .map(([first, more]) => ({ first, last: first + more }));
export const anyPlace: fc.Arbitrary<CitedClause> = fc.record({
  label: anyText,
  locator: anyText,
  pages: fc.option(anyPages),
});
export const anyAccess = fc.option(anyDate, { nil: undefined });
