/** Decoding, formats, and what is told from the text as noise. */
import { describe, expect, it } from 'vitest';
import { ExtractError } from '../../src/extract/extract-error.js';
import { extractSync } from '../../src/extract/extract.js';

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
const codeOf = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    if (error instanceof ExtractError) return error.code;
    throw error;
  }
  return '无';
};

describe('extract', () => {
  it('offset 0 is the first character after the byte order mark', () => {
    const { source, blocks } = extractSync(encode('\ufeff　　某某区工作方案\r\n一、任务'), 'a.txt');
    expect(source.startsWith('　　某某区')).toBe(true);
    expect(blocks.map((block) => block.text)).toEqual(['　　某某区工作方案', '一、任务']);
    expect(blocks[1]!.map).toEqual([{ clean: 0, source: source.indexOf('一、'), length: 4 }]);
  });

  it.each([
    ['file-empty', new Uint8Array(), 'a.txt'],
    ['file-empty', encode(' \n　'), 'a.txt'],
    ['file-not-text', encode('a\u0000b'), 'a.txt'],
    ['format-unsupported', encode('a'), 'a.exe'],
    ['format-unsupported', encode('a'), 'toString'],
  ])('%s', (code, bytes, path) => {
    expect(codeOf(() => extractSync(bytes, path))).toBe(code);
  });

  it('values of a 信息公开 table are fields, its lines are noise', () => {
    const { fields, noise, blocks, source } = extractSync(
      encode(
        '索 引 号：640502-01/2022-00186\n[ 发文字号 ] 某政办发〔2022〕31号 [ 有效性 ] 有效\n成文日期\n2022-06-17\n某某区工作方案',
      ),
      'a.txt',
    );
    expect(fields.map(({ name, value }) => `${name}=${value}`)).toEqual([
      '索引号=640502-01/2022-00186',
      '发文字号=某政办发〔2022〕31号',
      '有效性=有效',
      '成文日期=2022-06-17',
    ]);
    for (const { value, span } of fields) expect(source.slice(span!.start, span!.end)).toBe(value);
    expect(new Set(noise.map((one) => one.reason))).toEqual(new Set(['metadata']));
    expect(blocks.map((block) => block.text)).toEqual(['某某区工作方案']);
  });

  it.each([
    ['breadcrumb', '您当前的位置：首页 > 政务公开 > 政策文件'],
    ['share', '【字体：大 中 小】'],
    ['share', '分享到：微信 微博 QQ空间'],
    ['share', '扫一扫在手机打开当前页'],
    ['related', '相关新闻：'],
    ['related', '上一篇：没有了'],
    ['colophon', '责任编辑：王晓梅'],
    ['colophon', '版权声明：本文内容由互联网用户自发贡献。'],
    ['site-footer', '网站标识码：6405020001 某ICP备05003425号-1'],
    ['upload', '上传人：wenku*** 文档编号：5520118'],
  ])('%s: %s', (reason, line) => {
    const { noise, blocks } = extractSync(encode(`某某区工作方案\n${line}\n一、任务`), 'a.txt');
    expect(noise.map((one) => one.reason)).toEqual([reason]);
    expect(blocks).toHaveLength(2);
  });

  it.each([
    '（一）微信办理。开通“一网通办”微信小程序。',
    '1.版权保护。对于版权所有人提出的投诉，应当及时受理。',
    '编辑部应当建立审稿制度，责任编辑：由单位任命。',
    '一、首页设置',
    '相关单位应当配合。',
    '上一年度考核合格的，给予奖励。',
    '主办单位应当制定安全方案。',
  ])('是正文，不是噪声：%s', (line) => {
    expect(extractSync(encode(`某某区工作方案\n${line}\n二、任务`), 'a.txt').noise).toEqual([]);
  });
});
