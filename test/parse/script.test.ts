/** The same text in the other script has the same clauses, and is quoted as it was printed. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Converter } from 'opencc-js/cn2t';
import { describe, expect, it } from 'vitest';
import type { ParsedFile } from '../../src/model/document.js';
import { parseFileSync } from '../../src/parse/parse-file.js';
import { encodeAs } from '../extract/encoding/encode.js';
import { expectSound } from './accounted.js';
import { readGold } from './gold/read-gold.js';

const FIXTURES = join(import.meta.dirname, '../fixtures');
const ROOT = join(FIXTURES, '../..');
const STATUTE = readFileSync(join(FIXTURES, 'traditional-statute-macau/source.txt'), 'utf8');

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
const clausesOf = ({ documents }: ParsedFile) =>
  documents.flatMap(({ clauses }) => clauses.map(({ id, headingPath, text }) => [id, ...headingPath, text]));

describe('a statute in traditional characters', () => {
  it('is quoted as printed: text, headings, title; its place and kind are those of all documents', () => {
    const parsed = parseFileSync(encode(STATUTE), 'a.txt');
    expectSound(parsed, STATUTE);
    const [{ metadata, clauses, text }] = parsed.documents as [ParsedFile['documents'][0]];
    expect(text).toBe(STATUTE.trimEnd());
    expect(metadata).toMatchObject({ title: '澳門特別行政區長者社區照顧服務條例', kind: '条例' });
    expect(metadata.jurisdiction?.code).toBe('820000');
    const article = clauses.find(({ number }) => number === 4)!;
    expect(article).toMatchObject({
      label: '第四条',
      headingPath: ['第一編 總則', '第二章 服務機構'],
    });
    expect(article.text).toContain('其面積按每名長者不少於五平方米計算');
  });

  it('gives the same in Big5 and as a web page of character references', () => {
    const expected = clausesOf(parseFileSync(encode(STATUTE), 'a.txt'));
    // Big5 has none of the marks that Macau prints with.
    const big5 = parseFileSync(encodeAs(STATUTE.replace(/[“”]/g, '"'), 'big5'), 'a.txt');
    expect(big5.file.encoding).toBe('big5');
    expect(clausesOf(big5)).toEqual(expected.map((one) => one.map((text) => text.replace(/[“”]/g, '"'))));
    const lines = STATUTE.split('\n').map(
      (line) => `<p>${line.replace(/[編條節標]/g, (letter) => `&#${letter.charCodeAt(0)};`)}</p>`,
    );
    const page = `<html><body><div class="TRS_Editor">${lines.join('\n')}</div></body></html>`;
    const parsed = parseFileSync(encode(page), 'a.html');
    expectSound(parsed, page);
    expect(clausesOf(parsed)).toEqual(expected);
  });
});

describe('every fixture, in traditional characters', () => {
  const convert = Converter({ from: 'cn', to: 't' });
  /** Letter by letter: no offset moves. */
  const traditional = (text: string): string =>
    text.replace(/\p{Script=Han}/gu, (letter) => {
      const other = convert(letter);
      return other.length === letter.length ? other : letter;
    });
  const slugs = readdirSync(FIXTURES, { withFileTypes: true })
    .filter((one) => one.isDirectory())
    .map((one) => one.name);

  it.each(slugs)('%s', (slug) => {
    const gold = readGold(readFileSync(join(FIXTURES, slug, 'gold.txt'), 'utf8'));
    const source = gold.sourcePath === null ? gold.source : readFileSync(join(ROOT, gold.sourcePath), 'utf8');
    const plain = parseFileSync(encode(source), 'a.txt').documents;
    const other = traditional(source);
    const parsed = parseFileSync(encode(other), 'a.txt');
    expectSound(parsed, other);
    expect(
      parsed.documents.map(({ text, clauses, headings }) => ({
        text,
        clauses: clauses.map(({ span, label }) => [span, label]),
        headings: headings.map(({ span }) => span),
      })),
    ).toEqual(
      plain.map(({ text, clauses, headings }) => ({
        text: traditional(text),
        clauses: clauses.map(({ span, label }) => [span, label]),
        headings: headings.map(({ span }) => span),
      })),
    );
    expect(parsed.documents.map(({ metadata }) => metadata.title)).toEqual(
      plain.map(({ metadata }) => traditional(metadata.title)),
    );
  });
});
