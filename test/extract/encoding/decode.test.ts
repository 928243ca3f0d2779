/** Encodings of policy texts as they are found: with and without marks and declarations, true and false ones. */
import { readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decode } from '../../../src/extract/decode.js';
import { ExtractError } from '../../../src/extract/extract-error.js';
import { parseFileSync } from '../../../src/parse/parse-file.js';
import { encodeAs, withMark } from './encode.js';

const SIMPLIFIED =
  '某某区教育发展规划\n一、总体要求\n（一）加强领导。各单位要落实责任，到2025年覆盖率达到95%。\n';
const TRADITIONAL =
  '某某區教育發展規劃\n一、總體要求\n（一）加強領導。各單位要落實責任，到2025年覆蓋率達到95%。\n';
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const page = (charset: string, text: string): string =>
  `<html><head><meta http-equiv="Content-Type" content="text/html; charset=${charset}"></head><body>${text}</body></html>`;

function codeOf(bytes: readonly number[]): string {
  try {
    return decode(new Uint8Array(bytes)).encoding;
  } catch (error) {
    if (error instanceof ExtractError) return error.code;
    throw error;
  }
}

describe('decode', () => {
  it.each([
    ['UTF-8', utf8(SIMPLIFIED), 'utf-8', SIMPLIFIED],
    ['UTF-8 带 BOM', withMark(utf8(SIMPLIFIED), 0xef, 0xbb, 0xbf), 'utf-8', SIMPLIFIED],
    ['UTF-16LE 带 BOM', withMark(encodeAs(SIMPLIFIED, 'utf-16le'), 0xff, 0xfe), 'utf-16le', SIMPLIFIED],
    ['UTF-16BE 带 BOM', withMark(encodeAs(SIMPLIFIED, 'utf-16be'), 0xfe, 0xff), 'utf-16be', SIMPLIFIED],
    ['UTF-16LE', encodeAs(SIMPLIFIED, 'utf-16le'), 'utf-16le', SIMPLIFIED],
    ['UTF-16BE', encodeAs(SIMPLIFIED, 'utf-16be'), 'utf-16be', SIMPLIFIED],
    ['GBK', encodeAs(SIMPLIFIED, 'gbk'), 'gb18030', SIMPLIFIED],
    ['GBK 里的繁体', encodeAs(TRADITIONAL, 'gbk'), 'gb18030', TRADITIONAL],
    ['Big5', encodeAs(TRADITIONAL, 'big5'), 'big5', TRADITIONAL],
    ['很短的 GBK', encodeAs('加强领导', 'gbk'), 'gb18030', '加强领导'],
    ['ASCII', utf8('Policy 2025'), 'utf-8', 'Policy 2025'],
  ])('%s', (_, bytes, encoding, text) => {
    expect(decode(bytes)).toEqual({ text, encoding, diagnostics: [] });
  });

  it.each([
    ['声明 gb2312，实为 GBK', encodeAs(page('gb2312', SIMPLIFIED), 'gbk'), 'gb18030', 0],
    ['声明 big5，实为 Big5', encodeAs(page('big5', TRADITIONAL), 'big5'), 'big5', 0],
    ['声明 gbk，实为 UTF-8', utf8(page('gbk', SIMPLIFIED)), 'utf-8', 1],
    ['声明 utf-8，实为 GBK', encodeAs(page('utf-8', SIMPLIFIED), 'gbk'), 'gb18030', 1],
    ['声明 big5，实为 GBK', encodeAs(page('big5', SIMPLIFIED), 'gbk'), 'gb18030', 1],
    ['声明 gb2312，实为 Big5', encodeAs(page('gb2312', TRADITIONAL), 'big5'), 'big5', 1],
  ])('%s', (_, bytes, encoding, doubts) => {
    const decoded = decode(bytes);
    expect(decoded.encoding).toBe(encoding);
    expect(decoded.diagnostics.map(({ code }) => code)).toEqual(
      Array.from({ length: doubts }, () => 'encoding-declared-wrong'),
    );
  });

  it('只有网站说明编码的短页面，按网站所说读取', () => {
    // These characters in GBK happen to be valid UTF-8.
    const bytes = encodeAs('<p>学校</p>', 'gbk');
    expect(decode(bytes).text).toBe('<p>ѧУ</p>');
    expect(decode(bytes, 'GB2312')).toEqual({ text: '<p>学校</p>', encoding: 'gb18030', diagnostics: [] });
  });

  it.each([
    ['网站说错，以内容为准', encodeAs(SIMPLIFIED, 'gbk'), 'utf-8', 'gb18030', 1],
    ['网站说 utf-8 而页面说 gbk，实为 UTF-8', utf8(page('gbk', SIMPLIFIED)), 'UTF-8', 'utf-8', 0],
    ['网站所说认不得，看页面所说', encodeAs(page('gbk', '学校'), 'gbk'), 'iso-8859-1', 'gb18030', 0],
  ])('%s', (_, bytes, label, encoding, doubts) => {
    const decoded = decode(bytes, label);
    expect([decoded.encoding, decoded.diagnostics.length]).toEqual([encoding, doubts]);
  });

  it('一两个坏字节不致整篇不可读，但要说明', () => {
    const bytes = encodeAs(SIMPLIFIED.repeat(20), 'gbk');
    const decoded = decode(bytes.subarray(0, bytes.length - 2).with(-1, 0xb5));
    expect(decoded.encoding).toBe('gb18030');
    expect(decoded.diagnostics).toMatchObject([{ code: 'encoding-damaged', severity: 'warning' }]);
    const cut = utf8(SIMPLIFIED.repeat(20));
    expect(decode(cut.subarray(0, cut.length - 6)).encoding).toBe('utf-8');
  });

  it.each([
    ['随机字节', [0xff, 0xfe, 0xfd, 0x80, 0x81], 'encoding-unknown'],
    ['零字节', [0x41, 0x00, 0xff, 0x00, 0x01], 'file-not-text'],
    ['PDF', [...utf8('%PDF-1.7\n')], 'file-not-text'],
    ['Word', [0x50, 0x4b, 0x03, 0x04, 0x14, 0x00], 'file-not-text'],
    ['西文', [...Buffer.from('Règlement général été', 'latin1')], 'encoding-unknown'],
    ['空白', [0x20, 0x0a], 'file-empty'],
  ])('不是文本：%s', (_, bytes, code) => {
    expect(codeOf(bytes)).toBe(code);
  });

  it('随库文本转成 GBK 后读出同样的条款', () => {
    const corpus = resolve(import.meta.dirname, '../../../corpus');
    for (const name of readdirSync(corpus).filter((one) => one.endsWith('.txt'))) {
      const text = readFileSync(join(corpus, name), 'utf8').replace(/[^\u0000-\u9fff\uff00-\uffef]/g, '');
      const printable = [...text].filter((char) => isIn(char)).join('');
      const [a, b] = [utf8(printable), encodeAs(printable, 'gbk')].map((bytes) =>
        parseFileSync(bytes, name).documents.flatMap(({ clauses }) => clauses.map((clause) => clause.text)),
      );
      expect(b).toEqual(a);
      expect(b!.length).toBeGreaterThan(0);
    }
  });

  it('任何字节：要么读出，要么说明原因；两次结果相同', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(codeOf([...bytes])).toBe(codeOf([...bytes]));
      }),
      { numRuns: 500 },
    );
  });
});

function isIn(char: string): boolean {
  try {
    encodeAs(char, 'gbk');
    return true;
  } catch {
    return false;
  }
}
