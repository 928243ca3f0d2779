/** The four reference formats: known forms, and what must hold for any text. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatCitation } from '../../src/cite/format-citation.js';
import { accessedOn, pagesOf } from '../../src/cite/from-file.js';
import { CITATION_STYLES } from '../../src/model/citation.js';
import { anyAccess, anyPlace, anySource, BARE, PLACE, PLAN } from './cited-examples.js';

const ACCESSED = '2026-11-24';

describe('gbt7714', () => {
  it('gives issuer, title, number, place, dates and address', () => {
    expect(formatCitation(PLAN, PLACE, 'gbt7714', ACCESSED)).toBe(
      '天津市武清区人民政府. 武清区教育事业发展第十四个五年规划: 津武清政发〔2021〕5号: 第三部分（三）第3段[A/OL]. ' +
        '(2021-07-02)[2026-11-24]. https://www.tjwq.gov.cn/zwgk/202107/t20210702_1.html.',
    );
  });

  it('is a paper record without an address or a day of access', () => {
    expect(formatCitation({ ...PLAN, url: null, publishedOn: null }, PLACE, 'gbt7714')).toBe(
      '天津市武清区人民政府. 武清区教育事业发展第十四个五年规划: 津武清政发〔2021〕5号: 第三部分（三）第3段[A]. (2021-06-30).',
    );
  });

  it('is a web page when nothing tells who issued it, and says that it is a template', () => {
    expect(formatCitation({ ...BARE, template: true }, PLACE, 'gbt7714', ACCESSED)).toBe(
      '教师轮岗交流实施方案（范本，无适用地域）: 第三部分（三）第3段[EB/OL]. [2026-11-24].',
    );
  });

  it('names three issuers of four', () => {
    const issuers = ['甲局', '乙局', '丙局', '丁局'];
    expect(formatCitation({ ...BARE, issuers }, PLACE, 'gbt7714')).toMatch(/^甲局, 乙局, 丙局, 等\. 教师/u);
  });
});

describe('bibtex', () => {
  it('gives one entry', () => {
    expect(formatCitation(PLAN, PLACE, 'bibtex', ACCESSED)).toBe(
      [
        '@misc{cn120114-2021-KEY,',
        '  author = {{天津市武清区人民政府}},',
        '  title = {{武清区教育事业发展第十四个五年规划}},',
        '  type = {规划},',
        '  number = {津武清政发〔2021〕5号},',
        '  year = {2021},',
        '  day = {2},',
        '  note = {第三部分（三）第3段},',
        '  url = {https://www.tjwq.gov.cn/zwgk/202107/t20210702_1.html},',
        '  urldate = {2026-11-24},',
        '  langid = {chinese},',
        '  month = jul',
        '}',
        '',
      ]
        .join('\n')
        .replace('KEY', /-([0-9a-f]{8}),/u.exec(formatCitation(PLAN, PLACE, 'bibtex'))![1]!),
    );
  });

  it('escapes what TeX would read as a command', () => {
    const entry = formatCitation({ ...BARE, title: '50% & {a_b} \\ #1 $ ^ ~' }, PLACE, 'bibtex');
    expect(entry).toContain(
      '{{50\\% \\& \\textbraceleft{}a\\_b\\textbraceright{} \\textbackslash{} \\#1 \\$ \\textasciicircum{} \\textasciitilde{}}}',
    );
  });

  it('gives different clauses different keys', () => {
    const key = (locator: string) => formatCitation(PLAN, { ...PLACE, locator }, 'bibtex').split(',')[0];
    expect(key('第一条')).not.toBe(key('第二条'));
  });

  it('keeps braces balanced and keys plain, whatever the text holds', () => {
    fc.assert(
      fc.property(anySource, anyPlace, anyAccess, (source, place, accessed) => {
        const entry = formatCitation(source, place, 'bibtex', accessed);
        expect(entry).toMatch(/^@misc\{cn[0-9A-Za-z-]*,\n/u);
        let depth = 0;
        let closedAt = -1;
        for (let i = 0; i < entry.length; i++) {
          if (entry[i] === '{') depth++;
          if (entry[i] === '}' && --depth === 0) closedAt = closedAt < 0 ? i : Infinity;
        }
        expect(depth).toBe(0);
        // It closes once, and at the end: nothing in a field ended the entry early.
        expect(closedAt).toBe(entry.length - 2);
      }),
    );
  });
});

describe('ris', () => {
  it('gives one record', () => {
    expect(formatCitation(PLAN, PLACE, 'ris', ACCESSED).split('\r\n')).toEqual([
      'TY  - GOVDOC',
      'AU  - 天津市武清区人民政府',
      'TI  - 武清区教育事业发展第十四个五年规划',
      'PY  - 2021',
      'DA  - 2021/07/02/',
      'M1  - 津武清政发〔2021〕5号',
      'M3  - 规划',
      'SE  - 第三部分（三）第3段',
      'UR  - https://www.tjwq.gov.cn/zwgk/202107/t20210702_1.html',
      'Y2  - 2026/11/24/',
      'LA  - zh-CN',
      'ER  - ',
      '',
    ]);
  });

  it('keeps statutes apart and dates as short as they are known', () => {
    const record = formatCitation({ ...BARE, kind: '条例', writtenOn: '2021-06' }, PLACE, 'ris');
    expect(record).toMatch(/^TY {2}- STAT\r\n/u);
    expect(record).toContain('DA  - 2021/06//\r\n');
  });

  it('is well formed line by line, whatever the text holds', () => {
    fc.assert(
      fc.property(anySource, anyPlace, anyAccess, (source, place, accessed) => {
        const record = formatCitation(source, place, 'ris', accessed);
        const lines = record.split('\r\n');
        expect(lines.pop()).toBe('');
        for (const line of lines) expect(line).toMatch(/^[A-Z][A-Z0-9] {2}- [^\r\n]*$/u);
        expect(lines.filter((line) => line.startsWith('TY  - '))).toHaveLength(1);
        expect(lines.filter((line) => line.startsWith('ER  - '))).toHaveLength(1);
        expect(lines.at(-1)).toBe('ER  - ');
      }),
    );
  });
});

describe('csl-json', () => {
  it('gives an array with one item', () => {
    const items: unknown = JSON.parse(formatCitation(PLAN, PLACE, 'csl-json', ACCESSED));
    expect(items).toEqual([
      {
        id: expect.stringMatching(/^cn120114-2021-[0-9a-f]{8}$/u),
        type: 'report',
        title: '武清区教育事业发展第十四个五年规划',
        author: [{ literal: '天津市武清区人民政府' }],
        authority: '天津市武清区人民政府',
        number: '津武清政发〔2021〕5号',
        genre: '规划',
        jurisdiction: '天津市武清区',
        issued: { 'date-parts': [[2021, 7, 2]] },
        accessed: { 'date-parts': [[2026, 11, 24]] },
        URL: 'https://www.tjwq.gov.cn/zwgk/202107/t20210702_1.html',
        locator: '第三部分（三）第3段',
        language: 'zh-CN',
      },
    ]);
  });

  it.each([
    ['条例', 'legislation'],
    ['管理办法', 'legislation'],
    ['法', 'legislation'],
    ['实施方案', 'report'],
    ['其他', 'report'],
  ])('%s is %s', (kind, type) => {
    expect(JSON.parse(formatCitation({ ...BARE, kind }, PLACE, 'csl-json'))).toMatchObject([{ type }]);
  });

  it('parses, whatever the text holds', () => {
    fc.assert(
      fc.property(anySource, anyPlace, anyAccess, (source, place, accessed) => {
        const items = JSON.parse(formatCitation(source, place, 'csl-json', accessed)) as unknown[];
        expect(items).toHaveLength(1);
        expect(items[0]).toMatchObject({ type: expect.stringMatching(/^(legislation|report)$/u) });
      }),
    );
  });
});

describe('formatCitation', () => {
  it('gives the same text for the same arguments', () => {
    fc.assert(
      fc.property(anySource, anyPlace, fc.constantFrom(...CITATION_STYLES), (source, place, style) => {
        expect(formatCitation(source, place, style)).toBe(formatCitation(source, place, style));
      }),
    );
  });
});

describe('pages of the original', () => {
  const on = (first: number, last = first) => ({ ...PLACE, pages: { first, last } });
  const fields = (place: typeof PLACE, style: (typeof CITATION_STYLES)[number], sign: RegExp) =>
    formatCitation(PLAN, place, style, ACCESSED)
      .split(/\r?\n/)
      .map((line) => line.trim())
      .filter((line) => sign.test(line));

  it('stand where each format has them', () => {
    expect(formatCitation(PLAN, on(3, 4), 'gbt7714', ACCESSED)).toContain(
      '第三部分（三）第3段[A/OL]. (2021-07-02): 3-4[2026-11-24]. https://',
    );
    expect(fields(on(3, 4), 'bibtex', /^pages/)).toEqual(['pages = {3--4},']);
    expect(fields(on(3, 4), 'ris', /^[SE]P/)).toEqual(['SP  - 3', 'EP  - 4']);
    expect(fields(on(3, 4), 'csl-json', /"page"/)).toEqual(['"page": "3-4",']);
  });

  it('are one number when there is one page, and nothing when there is none', () => {
    expect(
      formatCitation({ ...PLAN, publishedOn: null, writtenOn: null, url: null }, on(12), 'gbt7714'),
    ).toMatch(/\[A\]\. 12\.$/);
    expect(fields(on(12), 'bibtex', /^pages/)).toEqual(['pages = {12},']);
    expect(fields(on(12), 'ris', /^[SE]P/)).toEqual(['SP  - 12']);
    expect(fields(on(12), 'csl-json', /"page"/)).toEqual(['"page": "12",']);
    for (const style of CITATION_STYLES)
      expect(fields({ ...PLACE, pages: null }, style, /page|SP {2}|: \d+\[/)).toEqual([]);
  });
});

describe('the day of access', () => {
  it('is that on which a page was fetched, in China', () => {
    expect(accessedOn({ at: '2026-11-23T16:30:00.000Z', from: 'https://a.gov.cn/' })).toBe('2026-11-24');
    expect(accessedOn({ at: '2026-11-23T15:59:59.000Z', from: 'https://a.gov.cn/' })).toBe('2026-11-23');
  });

  it('is not that on which a file was saved by hand', () => {
    expect(accessedOn({ at: '2026-11-23T16:30:00.000Z', from: null })).toBeUndefined();
    expect(accessedOn(null)).toBeUndefined();
  });

  it('comes with pages from the lines of a clause, in any order', () => {
    const line = (page: number) => ({ start: 0, end: 1, page, box: [0, 0, 1, 1] as const });
    expect(pagesOf([line(4), line(3)])).toEqual({ first: 3, last: 4 });
    expect(pagesOf([])).toBeNull();
  });
});
