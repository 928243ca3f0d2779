/** The same document as text and as a page of each content system: the same clauses, and every character accounted for. */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { decode } from '../../../src/extract/decode.js';
import { parseFileSync } from '../../../src/parse/parse-file.js';
import { expectSound } from '../../parse/accounted.js';
import { encodeAs } from '../encoding/encode.js';
import { FORBIDDEN, SHAPES, type Line } from './pages.js';

const PLAN: readonly Line[] = [
  { role: 'title', text: '某某区推进义务教育优质均衡发展实施方案' },
  { text: '为深入推进我区义务教育优质均衡发展，根据国家和市有关要求，结合我区实际，制定本方案。' },
  { text: '一、总体要求' },
  { text: '（一）指导思想。坚持以人民为中心，把教育摆在“优先发展”的位置，办好人民满意的教育。' },
  { text: '（二）工作目标。到2025年，全区义务教育学校达标率达到95%以上，新建学校12所。' },
  { text: '二、主要任务' },
  { text: '（一）优化资源配置' },
  { text: '1.加快学校建设。按照规划新建、改扩建一批学校，增加学位1.2万个。' },
  { text: '2.推进教师交流。每年交流轮岗教师比例不低于10%。' },
  { text: '（二）提高办学质量' },
  { text: '1.深化课程改革。开齐开足国家规定课程——重点加强科学教育。' },
  { text: '2.做好课后服务。实现义务教育学校课后服务全覆盖。' },
  { text: '三、保障措施' },
  { text: '各镇、各部门要加强组织领导，落实经费保障，确保各项任务按期完成。' },
  { role: 'right', text: '某某区人民政府' },
  { role: 'right', text: '2023年5月6日' },
];
const RULES: readonly Line[] = [
  { role: 'title', text: '某某市城市生活垃圾分类管理办法' },
  { text: '第一章　总则' },
  { text: '第一条　为了加强城市生活垃圾分类管理，改善人居环境，根据有关法律、法规，制定本办法。' },
  { text: '第二条　本市行政区域内生活垃圾的分类投放、收集、运输和处理，适用本办法。' },
  { text: '第二章　分类投放' },
  { text: '第三条　单位和个人应当按照下列规定投放生活垃圾：' },
  { text: '（一）可回收物投放至蓝色收集容器；' },
  { text: '（二）厨余垃圾沥干水分后投放至绿色收集容器。' },
  { text: '第四条　禁止随意倾倒、抛撒或者堆放生活垃圾。' },
  { text: '第三章　附则' },
  { text: '第五条　本办法自2023年7月1日起施行。' },
];
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const clausesOf = (data: Uint8Array, name: string): string[] =>
  parseFileSync(data, name).documents.flatMap(({ clauses }) =>
    clauses.map(({ headingPath, text }) => [...headingPath, text].join(' / ')),
  );

describe.each([
  ['方案', PLAN],
  ['办法', RULES],
])('%s', (_, lines) => {
  const expected = clausesOf(bytes(lines.map(({ text }) => text).join('\n')), 'a.txt');

  it.each(Object.keys(SHAPES))('%s', (shape) => {
    const source = SHAPES[shape]!(lines);
    const parsed = parseFileSync(bytes(source), 'a.html');
    expect(clausesOf(bytes(source), 'a.html')).toEqual(expected);
    expect(parsed.file).toMatchObject({ state: 'read', mediaType: 'text/html', encoding: 'utf-8' });
    expect(parsed.documents.map(({ metadata }) => metadata.title)).toEqual([lines[0]!.text]);
    expectSound(parsed, source);
    const text = parsed.documents.map((document) => document.text).join('\n');
    for (const word of FORBIDDEN) expect(text).not.toContain(word);
    expect(clausesOf(bytes(source), 'a.txt')).toEqual(expected);
  });

  it.each(Object.keys(SHAPES))('%s，GBK', (shape) => {
    const page = SHAPES[shape]!(lines).replace('charset="utf-8"', 'charset="gb2312"');
    const data = encodeAs(page, 'gbk');
    expect(decode(data).encoding).toBe('gb18030');
    expect(clausesOf(data, 'a.htm')).toEqual(expected);
  });
});

describe('随库文本', () => {
  const corpus = resolve(import.meta.dirname, '../../../corpus');
  const { files } = JSON.parse(readFileSync(join(corpus, 'manifest.json'), 'utf8')) as {
    files: { file: string }[];
  };
  it.each(files)('$file 作为网页', ({ file }) => {
    const text = readFileSync(join(corpus, file), 'utf8');
    const source = `<!DOCTYPE html><html><body><div class="TRS_Editor">${text
      .split(/\r\n?|\n/)
      .map((line) => `<p>${line.replace(/&/g, '&amp;').replace(/</g, '&lt;')}</p>`)
      .join('\n')}</div></body></html>`;
    const parsed = parseFileSync(bytes(source), file.replace(/\.txt$/, '.html'));
    expectSound(parsed, source);
    const expected = parseFileSync(bytes(text), file).documents.flatMap(({ clauses }) => clauses);
    const found = parsed.documents.flatMap(({ clauses }) => clauses);
    const known = new Set(found.map((clause) => clause.text.replace(/\s+/g, '')));
    const missing = expected.filter((clause) => !known.has(clause.text.replace(/\s+/g, '')));
    expect(missing.length).toBeLessThanOrEqual(expected.length * 0.02);
  });
});
