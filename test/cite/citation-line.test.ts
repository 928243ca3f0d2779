/** The line under a quote. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { citationLine } from '../../src/cite/citation-line.js';
import { anyPlace, anySource, BARE, PLACE, PLAN } from './cited-examples.js';

describe('citationLine', () => {
  it('gives issuer, title, number, date and place', () => {
    expect(citationLine(PLAN, PLACE)).toBe(
      '天津市武清区人民政府：《武清区教育事业发展第十四个五年规划》（津武清政发〔2021〕5号，2021年6月30日），第三部分（三）第3段。',
    );
  });

  it('leaves out what the document does not state', () => {
    expect(citationLine({ ...PLAN, documentNumber: null }, PLACE)).toBe(
      '天津市武清区人民政府：《武清区教育事业发展第十四个五年规划》（2021年6月30日），第三部分（三）第3段。',
    );
    expect(citationLine({ ...BARE, documentNumber: '国办发〔2015〕45号' }, PLACE)).toBe(
      '《教师轮岗交流实施方案》（国办发〔2015〕45号），第三部分（三）第3段。',
    );
    expect(citationLine(BARE, PLACE)).toBe('《教师轮岗交流实施方案》，第三部分（三）第3段。');
    expect(citationLine({ ...BARE, title: '' }, PLACE)).toBe('第三部分（三）第3段。');
  });

  it('joins several issuers as Chinese does', () => {
    expect(citationLine({ ...BARE, issuers: ['聊城市教育和体育局', '聊城市财政局'] }, PLACE)).toBe(
      '聊城市教育和体育局、聊城市财政局：《教师轮岗交流实施方案》，第三部分（三）第3段。',
    );
  });

  it.each([
    [{ writtenOn: '2021-06' }, '（2021年6月）'],
    [{ writtenOn: '2021' }, '（2021年）'],
    [{ publishedOn: '2021-07-02' }, '（2021年7月2日发布）'],
    [{ effectiveOn: '2021-08-01' }, '（2021年8月1日起施行）'],
    [{ writtenOn: '去年' }, ''],
    [{ writtenOn: '2010-05-01', status: '废止' }, '（2010年5月1日，废止）'],
    [{ status: '现行有效' }, ''],
  ])('says which date it is and whether the document still holds: %j', (given, printed) => {
    expect(citationLine({ ...BARE, ...given }, PLACE)).toBe(
      `《教师轮岗交流实施方案》${printed}，第三部分（三）第3段。`,
    );
  });

  it('marks a template', () => {
    expect(citationLine({ ...BARE, template: true }, PLACE)).toBe(
      '《教师轮岗交流实施方案》（范本，无适用地域），第三部分（三）第3段。',
    );
  });

  it.each([
    ['关于印发《武清区教育规划》的通知', '《关于印发〈武清区教育规划〉的通知》'],
    ['《武清区教育规划》', '《武清区教育规划》'],
    ['《教师法》与《教育法》', '《〈教师法〉与〈教育法〉》'],
    ['关于《<甲>办法》', '《关于〈<甲>办法〉》'],
    ['关于印发《贯彻〈教师法〉办法》的通知', '《关于印发〈贯彻《教师法》办法〉的通知》'],
    ['武清区\n教育规划', '《武清区 教育规划》'],
  ])('nests title marks: %s', (title, printed) => {
    expect(citationLine({ ...BARE, title }, PLACE)).toBe(`${printed}，第三部分（三）第3段。`);
  });

  it('is one line, whatever the text holds', () => {
    fc.assert(
      fc.property(anySource, anyPlace, (source, place) => {
        const line = citationLine(source, place);
        expect(line).toMatch(/^[^\r\n\t\u2028\u2029]*。$/u);
      }),
      { examples: [[{ ...BARE, title: '\ud800' }, PLACE]] },
    );
  });
});
