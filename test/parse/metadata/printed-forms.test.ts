/** The same document printed in other ways: each field is read the same, and none is invented. */
import { describe, expect, it } from 'vitest';
import type { Metadata } from '../../../src/model/document.js';
import { parseFileSync } from '../../../src/parse/parse-file.js';

/** The pieces of one invented notice; each form below prints one of them otherwise. */
interface Printed {
  readonly head: readonly string[];
  readonly title: readonly string[];
  readonly number: string;
  readonly addressees: string;
  readonly signature: readonly string[];
  readonly body: (text: string) => string;
}

const ISSUER = '宁夏回族自治区盐池县人民政府办公室';
const PLAN = '盐池县滩羊产业发展实施方案';
const NUMBER = '盐政办发〔2023〕28号';
const PLAIN: Printed = {
  head: [],
  title: [`${ISSUER}关于印发《${PLAN}》的通知`],
  number: NUMBER,
  addressees: '各乡镇人民政府、街道办事处，县直各部门：',
  signature: [ISSUER, '2023年8月8日'],
  body: (text) => text,
};

function read(printed: Partial<Printed>): readonly Metadata[] {
  const { head, title, number, addressees, signature, body } = { ...PLAIN, ...printed };
  const text = [
    ...head,
    ...title,
    number,
    addressees,
    `《${PLAN}》已经县人民政府同意，现印发给你们，请认真贯彻执行。`,
    ...signature,
    PLAN,
    '为推动滩羊产业发展，结合我县实际，制定本方案。',
    '一、总体要求',
    '（一）基本原则。坚持草畜平衡，严守禁牧规定。',
    '（二）主要目标。到2025年，滩羊饲养量稳定在320万只。',
    '二、重点任务',
    '（一）建设良种繁育场。每场补助不超过30万元。',
    '（二）推广标准化养殖。新建圈舍应当符合防疫要求。',
  ]
    .filter((line) => line !== '')
    .join('\n');
  const parsed = parseFileSync(new TextEncoder().encode(body(text)), 'a.txt');
  return parsed.documents.map((document) => document.metadata);
}

const full = (text: string): string =>
  text.replace(/[0-9]/g, (char) => String.fromCharCode(char.charCodeAt(0) + 0xfee0));
const half = (text: string): string =>
  text.replace(/，/g, ',').replace(/：/g, ':').replace(/（/g, '(').replace(/）/g, ')');

const EXPECTED = {
  title: PLAN,
  kind: '实施方案',
  issuers: [ISSUER],
  documentNumber: NUMBER,
  writtenOn: '2023-08-08',
  publishedOn: null,
  effectiveOn: null,
  status: null,
  period: null,
  template: false,
};

const FORMS: Readonly<Record<string, Partial<Printed>>> = {
  plain: {},
  'half width': { body: half },
  'full-width figures': { body: full },
  'number in [ ]': { number: '盐政办发[2023]28号' },
  'number in ( )': { number: '盐政办发(2023)28号' },
  'number in 【 】': { number: '盐政办发【2023】28号' },
  'number in ﹝ ﹞': { number: '盐政办发﹝2023﹞28号' },
  'number in brackets': { number: '（盐政办发〔2023〕28号）' },
  'number with blanks': { number: '盐政办发〔 2023 〕 28 号' },
  'number with leading zero and 第': { number: '盐政办发〔2023〕第028号' },
  'number named': { number: '发文字号：盐政办发〔2023〕28号' },
  'number named in spaced letters': { number: '发 文 字 号：盐政办发〔2023〕28号' },
  'number with 签发人': { number: '盐政办发〔2023〕28号　　　签发人：马某某' },
  'number before the title': { number: '', head: [NUMBER] },
  'number in the title': { number: '', title: [`${PLAIN.title[0]!}（${NUMBER}）`] },
  'date in Chinese figures': { signature: [ISSUER, '二〇二三年八月八日'] },
  'date in Chinese figures with ○': { signature: [ISSUER, '二○二三年八月八日'] },
  'date with stops': { signature: [ISSUER, '2023.8.8'] },
  'date with hyphens': { signature: [ISSUER, '2023-08-08'] },
  'date with strokes': { signature: [ISSUER, '2023/8/8'] },
  'date with blanks': { signature: [ISSUER, '2023 年 8 月 8 日'] },
  'signature on one line': { signature: [`${ISSUER}　　2023年8月8日`] },
  'signature indented': { signature: [`　　　　　　${ISSUER}`, '　　　　　　　　2023年8月8日　　'] },
  'title on two lines': { title: [ISSUER, `关于印发《${PLAN}》的通知`] },
  'title on three lines': { title: [ISSUER, '关于印发《盐池县滩羊产业发展', '实施方案》的通知'] },
  'title without quotation marks': { title: [`${ISSUER}关于印发${PLAN}的通知`] },
  'title in quotation marks': { title: [`《${ISSUER}关于印发〈${PLAN}〉的通知》`] },
  'title quoted behind its issuer': { title: [`${ISSUER}《关于印发${PLAN}的通知》`] },
  'title behind its number': { number: '', title: [`${NUMBER}《${ISSUER}关于印发〈${PLAN}〉的通知》`] },
  'title printed twice': { title: [PLAIN.title[0]!, PLAIN.title[0]!] },
  'red head': { head: [`${ISSUER}文件`], number: '', title: [NUMBER, `关于印发《${PLAN}》的通知`] },
};

describe('one notice in many printed forms', () => {
  it.each(Object.entries(FORMS))('%s', (_, printed) => {
    const [document, ...others] = read(printed);
    expect(others).toEqual([]);
    expect(document).toMatchObject(EXPECTED);
    expect(half(document!.addressees ?? '')).toBe(half('各乡镇人民政府、街道办事处，县直各部门'));
    expect(document!.jurisdiction?.code).toBe('640323');
  });
});

/** The rows of a 信息公开 table: name and value. */
const ROWS = [
  ['索引号', '640323001/2023-00142'],
  ['发文字号', NUMBER],
  ['发布机构', '盐池县人民政府办公室'],
  ['成文日期', '2023-08-08'],
  ['发布日期', '2023-08-10'],
  ['有效性', '有效'],
] as const;
const spaced = (name: string): string => [...name].join(' ');

const TABLES: Readonly<Record<string, readonly string[]>> = {
  'lines with a colon': ROWS.map(([name, value]) => `${name}：${value}`),
  'lines with a half-width colon': ROWS.map(([name, value]) => `${name}: ${value}`),
  'spaced names': ROWS.map(([name, value]) => `${spaced(name)}：${value}`),
  'names in brackets': ROWS.map(([name, value]) => `[ ${name} ] ${value}`),
  'names in 【】': ROWS.map(([name, value]) => `【${name}】${value}`),
  'value on the next line': ROWS.flatMap(([name, value]) => [`${name}：`, value]),
  'list with dashes': ROWS.map(([name, value]) => `- ${name}：${value}`),
  'list with bullets': ROWS.flatMap(([name, value]) => [`• ${name}：`, `  ${value}`]),
  'rows with bars': ROWS.map(([name, value]) => `${name} | ${value} |`),
  'pairs in rows': [0, 2, 4].map((i) => `${ROWS[i]!.join(' ')} ${ROWS[i + 1]!.join(' ')}`),
  'all on one line': [ROWS.map(([name, value]) => `${name}：${value}`).join(' ')],
};

describe('one table of fields in many printed forms', () => {
  it.each(Object.entries(TABLES))('%s', (_, head) => {
    const [document, ...others] = read({ head, number: '', signature: [ISSUER] });
    expect(others).toEqual([]);
    expect(document).toMatchObject({ ...EXPECTED, publishedOn: '2023-08-10', status: '有效' });
  });
});
