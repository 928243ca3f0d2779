/** XML of Office and OFD parts: encodings, alternatives, and what hostile parts try. */
import { describe, expect, it } from 'vitest';
import { ExtractError } from '../../src/extract/extract-error.js';
import { readXml } from '../../src/extract/xml.js';
import { encodeAs } from './encoding/encode.js';

function textOf(bytes: Uint8Array, leftOut: readonly string[] = []): string {
  let found = '';
  readXml(bytes, {
    open: (name) => !leftOut.includes(name),
    text: (text) => {
      found += text;
    },
  });
  return found;
}
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const isBroken = (xml: string): boolean => {
  try {
    textOf(utf8(xml));
  } catch (error) {
    expect(error).toBeInstanceOf(ExtractError);
    expect((error as ExtractError).code).toBe('document-broken');
    return true;
  }
  return false;
};

describe('readXml', () => {
  it('reads text and CDATA, with the entities of XML and numbers', () => {
    expect(textOf(utf8('<a>条&amp;文<b><![CDATA[<一>]]></b>&#x7B2C;&#19968;</a>'))).toBe('条&文<一>第一');
  });

  it('gives names and attributes without prefixes', () => {
    const seen: unknown[] = [];
    readXml(utf8('<w:p xmlns:w="urn:w" w:val="1"/>'), {
      open(name, { val }) {
        seen.push(name, val);
        return true;
      },
    });
    expect(seen).toEqual(['p', '1']);
  });

  it('leaves out an element with all that is in it', () => {
    expect(textOf(utf8('<a>一<b>二<c>三</c></b>四<b/>五</a>'), ['b'])).toBe('一四五');
  });

  it('takes one alternative', () => {
    const choice = '<mc:Choice>甲</mc:Choice>';
    const xml = `<a xmlns:mc="urn:mc"><mc:AlternateContent>${choice}${choice}<mc:Fallback>乙</mc:Fallback></mc:AlternateContent>丙</a>`;
    expect(textOf(utf8(xml))).toBe('甲丙');
  });

  it.each(['utf-16le', 'utf-16be', 'gbk'] as const)('reads %s', (encoding) => {
    const head = encoding === 'gbk' ? '<?xml version="1.0" encoding="GBK"?>' : '\ufeff';
    expect(textOf(encodeAs(`${head}<a>第一条 条文</a>`, encoding))).toBe('第一条 条文');
  });
});

describe('hostile parts', () => {
  it.each([
    ['entities', '<!DOCTYPE a [<!ENTITY x "lol"><!ENTITY y "&x;&x;">]><a>&y;</a>'],
    ['an entity from outside', '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'],
    ['a DTD from outside', '<!DOCTYPE a SYSTEM "http://127.0.0.1/a.dtd"><a>一</a>'],
    ['an entity that nothing declares', '<a>&x;</a>'],
    ['elements that are not closed', '<a><b></a>'],
    ['a tag that is cut', '<a>一</a'],
    ['nothing', ''],
    ['no XML', '第一条'],
    ['attributes twice', '<a b="1" b="2"/>'],
  ])('%s', (_, xml) => {
    expect(isBroken(xml)).toBe(true);
  });

  it('2,000 levels are read, one more is not', () => {
    const nested = (depth: number): string => '<a>'.repeat(depth) + '</a>'.repeat(depth);
    expect(isBroken(nested(2_000))).toBe(false);
    expect(isBroken(nested(2_001))).toBe(true);
    expect(isBroken('<a>'.repeat(1_000_000))).toBe(true);
  });
});
