import { describe, expect, it } from 'vitest';
import type { Jurisdiction } from '../../src/model/jurisdiction.js';
import { divisionsOf, isWithin, passes } from '../../src/search/filter.js';
import type { DocumentEntry } from '../../src/store/store.js';
import { makeDocument } from '../contract/make-document.js';

const division = (code: string, level: Jurisdiction['level'], ...names: (string | null)[]): Jurisdiction => {
  const [province = null, city = null, district = null] = names;
  return { code, level, province, city, district, name: names.filter(Boolean).join('') || '全国' };
};
const shandong = division('370000', 'province', '山东省');
const weifang = division('370700', 'city', '山东省', '潍坊市');
const kuiwen = division('370705', 'district', '山东省', '潍坊市', '奎文区');
const tianjin = division('120000', 'province', '天津市');
const wuqing = division('120114', 'district', '天津市', null, '武清区');
const country = division('000000', 'country');

const entryOf = (metadata: Partial<DocumentEntry['metadata']>): DocumentEntry => {
  const { document } = makeDocument({ id: 'a', file: 'a.txt', clauses: ['一句话。'] });
  return {
    key: 1,
    id: 'a',
    file: 'a.txt',
    ordinal: 0,
    firstClause: 0,
    clauses: 1,
    diagnostics: 0,
    warnings: 0,
    metadata: {
      ...document.metadata,
      template: false,
      jurisdiction: null,
      period: null,
      writtenOn: null,
      publishedOn: null,
      ...metadata,
    },
  };
};

describe('isWithin', () => {
  it.each([
    [kuiwen, weifang, true],
    [kuiwen, shandong, true],
    [weifang, kuiwen, false],
    [wuqing, tianjin, true],
    [wuqing, shandong, false],
    [wuqing, wuqing, true],
    [wuqing, country, true],
    [country, wuqing, false],
  ])('$0.name in $1.name', (inner, outer, expected) => {
    expect(isWithin(inner, outer)).toBe(expected);
  });

  it('keeps districts of different municipalities apart though neither has a city', () => {
    expect(isWithin(wuqing, division('500115', 'district', '重庆市', null, '长寿区'))).toBe(false);
  });
});

describe('passes', () => {
  it('takes lower divisions of the one asked for, and no template', () => {
    expect(passes(entryOf({ jurisdiction: kuiwen }), { jurisdictions: ['山东'] }, [shandong])).toBe(true);
    expect(passes(entryOf({ jurisdiction: wuqing }), { jurisdictions: ['山东'] }, [shandong])).toBe(false);
    expect(passes(entryOf({ jurisdiction: null }), { jurisdictions: ['山东'] }, [shandong])).toBe(false);
  });

  it('takes a year of writing, of publication, or within the period', () => {
    expect(passes(entryOf({ writtenOn: '2021-06-30' }), { year: 2021 }, [])).toBe(true);
    expect(passes(entryOf({ publishedOn: '2023-12-11' }), { year: 2023 }, [])).toBe(true);
    expect(passes(entryOf({ period: { from: 2021, to: 2025 } }), { year: 2024 }, [])).toBe(true);
    expect(passes(entryOf({ period: { from: 2021, to: 2025 } }), { year: 2026 }, [])).toBe(false);
  });

  it('takes kind and document as they are', () => {
    expect(passes(entryOf({ kind: '规划' }), { kind: '规划' }, [])).toBe(true);
    expect(passes(entryOf({ kind: '规划' }), { kind: '意见' }, [])).toBe(false);
    expect(passes(entryOf({}), { document: 'b' }, [])).toBe(false);
  });
});

describe('divisionsOf', () => {
  it('refuses a name that no division has', () => {
    expect(() => divisionsOf(['武青区'], () => [])).toThrowError(
      expect.objectContaining({ code: 'jurisdiction-unknown' }),
    );
  });
});
