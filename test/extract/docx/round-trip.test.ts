/** The same text as txt and as .docx with automatic numbers gives the same clauses. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { ParsedFile } from '../../../src/model/document.js';
import { parseFileSync } from '../../../src/parse/parse-file.js';
import { numberedCopy } from './numbered-copy.js';

const FIXTURES = join(import.meta.dirname, '../../fixtures');

/** Ids are the path of a clause: the outline is compared with the texts. */
const clausesOf = ({ documents }: ParsedFile): string[] =>
  documents.flatMap(({ text, clauses }) =>
    clauses.map(
      ({ id, span }) => `${id.replace(/^.*#/, '')} ${text.slice(span.start, span.end).replace(/\s/g, '')}`,
    ),
  );

it.each([
  ['wenshan-plan-chapters', 10],
  ['nanning-parking-measures', 10],
  ['held-out-deep-levels-half-width', 3],
  ['pudong-business-measures', 5],
  ['beilin-emergency-plan-decimals', 0],
  ['taijiang-measures-with-annexes', 5],
])('%s', (slug, least) => {
  const source = readFileSync(join(FIXTURES, slug, 'source.txt'));
  const { bytes, numbers } = numberedCopy(source.toString('utf8'));
  expect(numbers).toBeGreaterThanOrEqual(least);
  expect(clausesOf(parseFileSync(bytes, 'a.docx'))).toEqual(clausesOf(parseFileSync(source, 'a.txt')));
});
