/** What must hold of every parsed file, whatever the input. Used by the property tests and by the tests of real texts. */
import { expect } from 'vitest';
import { decodeReferences } from '../../src/extract/html/references.js';
import type { ParsedFile } from '../../src/model/document.js';
import { sourceOf, toSourcePieces } from '../../src/model/source-map.js';

/** Checks ids, spans, text, source map and that every character is accounted for exactly once. `source` is the decoded file. */
export function expectSound({ file, documents }: ParsedFile, source: string): void {
  const times = new Uint8Array(source.length);
  for (const { span } of file.noise) for (let i = span.start; i < span.end; i++) times[i]!++;
  const ids = documents.flatMap((document) => [
    document.id,
    ...document.headings.map((heading) => heading.id),
    ...document.clauses.map((clause) => clause.id),
  ]);
  expect(new Set(ids).size).toBe(ids.length);
  for (const document of documents) {
    const { text, map, clauses, headings, frontMatter } = document;
    expect(document.id).not.toMatch(/[\s/#?%.]/);
    for (const segment of map) {
      const { start, end } = sourceOf(segment);
      const printed = source.slice(start, end);
      const { clean, length, sourceLength } = segment;
      if (sourceLength !== undefined) expect(printed).toMatch(/^&[^&]+$/);
      expect(text.slice(clean, clean + length)).toBe(
        sourceLength === undefined ? printed : decodeReferences(printed),
      );
    }
    const pieces = [...clauses, ...headings, ...frontMatter]
      .map(({ span }) => span)
      .sort((a, b) => a.start - b.start);
    pieces.forEach((span, i) => {
      expect(span.start).toBeLessThan(span.end);
      if (i > 0) expect(span.start).toBeGreaterThanOrEqual(pieces[i - 1]!.end);
    });
    clauses.forEach((clause, i) => {
      expect(clause.ordinal).toBe(i);
      expect(clause.documentId).toBe(document.id);
      expect(clause.text).toBe(text.slice(clause.span.start, clause.span.end));
      expect(clause.text.trim()).toBe(clause.text);
      expect(clause.label).not.toBe('');
      expect(clause.locator).not.toBe('');
      expect(clause.headingPath.length).toBe(clause.headingIds.length);
      if (i > 0) expect(clause.span.start).toBeGreaterThanOrEqual(clauses[i - 1]!.span.end);
      for (const part of [
        ...clause.parts.map((one) => one.span),
        ...(clause.title === null ? [] : [clause.title]),
      ]) {
        expect(part.start).toBeGreaterThanOrEqual(clause.span.start);
        expect(part.end).toBeLessThanOrEqual(clause.span.end);
      }
    });
    const known = new Set(headings.map((heading) => heading.id));
    for (const id of clauses.flatMap((clause) => clause.headingIds)) expect(known.has(id)).toBe(true);
    for (const span of pieces) {
      for (const segment of map) {
        for (const { start, end } of toSourcePieces([segment], span))
          for (let i = start; i < end; i++) times[i]!++;
      }
    }
  }
  const wrong = [...times.keys()].filter((i) => times[i] !== 1 && /\S/.test(source[i]!));
  expect(wrong.map((i) => `${times[i]}× ${source.slice(i, i + 20)}`).slice(0, 3)).toEqual([]);
}
