/** What a hit points at in a web page, decoded, is the text of the hit: character references are covered whole. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeReferences } from '../../../src/extract/html/references.js';
import { toSource } from '../../../src/model/source-map.js';
import { parseFileSync } from '../../../src/parse/parse-file.js';

const REFERENCES = [
  '&mdash;',
  '&#x4e00;',
  '&#20057;',
  '&ldquo;',
  '&amp;',
  '&#x1F600;',
  '&NotEqualTilde;',
  '&hellip;',
];
const anyText = fc.array(fc.constantFrom(...REFERENCES, '学校', '应当', '，', '；', 'A', '1'), {
  minLength: 1,
  maxLength: 30,
});
/** How a browser's text compares with what is between two places of the source, tags left out. */
const shown = (source: string) => decodeReferences(source.replace(/<[^>]*>/g, ''));

const read = (paragraphs: readonly string[]) => {
  const source = `<div class="TRS_Editor">${paragraphs.map((one) => `<p>${one}</p>`).join('\n')}</div>`;
  return { source, documents: parseFileSync(Buffer.from(source), 'a.html').documents };
};

describe('the source of a quote', () => {
  it('ends behind a reference that ends it', () => {
    const { source, documents } = read([
      '第一条 &#x5B66;校应当&mdash;&mdash;报告&#12290;',
      '第二条 甲方应当公开。',
    ]);
    const [clause] = documents[0]!.clauses;
    const { start, end } = toSource(documents[0]!.map, clause!.span)!;
    expect(source.slice(start, end)).toBe('第一条 &#x5B66;校应当&mdash;&mdash;报告&#12290;');
    expect(clause!.text).toBe('第一条 学校应当——报告。');
  });

  it('decodes to the quote, for every part of every clause', () => {
    let compared = 0;
    fc.assert(
      fc.property(fc.array(anyText, { minLength: 1, maxLength: 4 }), fc.nat(), fc.nat(), (lines, a, b) => {
        const paragraphs = lines.map((parts, i) => `第${'一二三四'[i]}条　甲方应当${parts.join('')}。`);
        const { source, documents } = read(paragraphs);
        for (const { text, map, clauses } of documents)
          for (const { span } of clauses) {
            const length = span.end - span.start;
            const from = span.start + (a % length);
            const part = { start: from, end: Math.min(span.end, from + 1 + (b % length)) };
            for (const one of [span, part]) {
              const place = toSource(map, one);
              if (place === null) continue;
              compared++;
              const found = shown(source.slice(place.start, place.end)).replace(/\s/g, '');
              const quote = text.slice(one.start, one.end).replace(/\s/g, '');
              // Half of what one reference stands for is all of it.
              expect(one === span ? found === quote : found.includes(quote)).toBe(true);
              expect(found.length - quote.length).toBeLessThanOrEqual(one === span ? 0 : 2);
            }
          }
      }),
      { numRuns: 500 },
    );
    expect(compared).toBeGreaterThan(500);
  });
});
