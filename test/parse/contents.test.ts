/** 目录 that lost its name is told by its dots, or by what comes again below it. */
import { describe, expect, it } from 'vitest';
import { parseFileSync } from '../../src/parse/parse-file.js';

const NOTICE =
  '关于印发《涿水县农村饮水安全实施方案》的通知\n各乡镇人民政府：\n现将方案印发给你们。\n涿水县人民政府\n2021年3月2日\n涿水县农村饮水安全实施方案\n';
const BODY =
  '一、总体要求\n坚持城乡统筹，保障供水。\n二、主要任务\n（一）建设水厂。2022年底前建成水厂3座。\n（二）铺设管网。新铺管网50公里。\n三、保障措施\n县水利局每月调度一次。\n';
const ENTRIES = ['一、总体要求', '二、主要任务', '（一）建设水厂', '（二）铺设管网', '三、保障措施'];

const clausesOf = (contents: string) =>
  parseFileSync(Buffer.from(NOTICE + contents + BODY), 'a.txt').documents.map(({ clauses }) =>
    clauses.map(({ text, headingPath }) => [...headingPath, text]),
  );

describe('contents without the word 目录', () => {
  const expected = clausesOf('');

  it('has the body to compare with', () => {
    expect(expected[0]!.at(-1)).toEqual(['三、保障措施', '县水利局每月调度一次。']);
    expect(expected[0]).toHaveLength(4);
  });

  it.each([
    ['with dots and page numbers', (entry: string, i: number) => `${entry}..........${i + 1}`],
    ['with an ellipsis', (entry: string, i: number) => `${entry}……… ${i + 1}`],
    ['bare', (entry: string) => entry],
  ])('%s', (_, print) => {
    expect(clausesOf(`${ENTRIES.map(print).join('\n')}\n`)).toEqual(expected);
  });
});
