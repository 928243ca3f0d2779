/** Documents with any text at all, for property tests of stores. */
import fc from 'fast-check';
import type { PolicyDocument } from '../../src/model/document.js';
import type { ClauseTerms, IndexedDocument } from '../../src/store/store.js';
import { makeDocument, makeRandom } from './make-document.js';

/** Text of whole code points (no lone surrogates): Chinese, rare planes, white space, quotes, control characters, NUL. */
export const anyText = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '教师',
        '一、',
        '〔2018〕',
        '𠮷',
        '\u0000',
        '\u3000',
        '\n',
        '"',
        "'",
        '\u202e',
        'é',
        'e\u0301',
        '👩‍👩‍👧',
        '\ue000',
      ),
      fc.string({ unit: 'binary', maxLength: 3 }),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join('').replace(/\p{Surrogate}/gu, '\ufffd'));

/** Terms as analysis makes them, and some that it never would. */
export const anyTerm = fc.oneof(
  fc.constantFrom(
    '教师',
    '轮岗',
    '5g',
    '3.5%',
    'a',
    'A',
    "o'neill",
    '"',
    'AND',
    'a b',
    '\u0000',
    '\ue000',
    '\ue001',
    '-',
  ),
  anyText,
);

const anyTerms: fc.Arbitrary<ClauseTerms> = fc.record({
  words: fc.array(anyTerm, { maxLength: 6 }),
  bigrams: fc.array(anyTerm, { maxLength: 6 }),
  headings: fc.array(anyTerm, { maxLength: 3 }),
});

const anyMetadata = fc.record({
  title: anyText,
  kind: anyText,
  issuers: fc.array(anyText, { maxLength: 2 }),
  documentNumber: fc.option(anyText),
  writtenOn: fc.option(anyText),
  status: fc.option(anyText),
  template: fc.boolean(),
});

/** A document "d" of the file with any clauses, terms and metadata. */
export function arbitraryIndexed(file: string): fc.Arbitrary<IndexedDocument> {
  return fc
    .record({
      clauses: fc.array(fc.tuple(anyText, anyTerms), { maxLength: 5 }),
      metadata: anyMetadata,
      seed: fc.nat(),
      label: anyText,
    })
    .map(({ clauses, metadata, seed, label }) => {
      const made = makeDocument({
        id: 'd',
        file,
        clauses: clauses.map(([text]) => text),
        random: makeRandom(seed),
        withTokens: seed % 2 === 0,
      });
      const document: PolicyDocument = {
        ...made.document,
        metadata: { ...made.document.metadata, ...metadata },
        clauses: made.document.clauses.map((clause) => ({ ...clause, label, headingPath: [label] })),
      };
      return { ...made, document, terms: clauses.map(([, terms]) => terms) };
    });
}
