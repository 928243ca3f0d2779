/**
 * Texts in traditional characters. All patterns of the parser are written in simplified ones, so a traditional text is read in a copy in
 * which each character stands for its simplified form; what was found is then said in the characters that were printed.
 */
import { isTraditional, simplifiedLetters as simplified } from '../analysis/letters.js';
import type { Clause, Heading } from '../model/clause.js';
import type { Metadata, PolicyDocument } from '../model/document.js';
import { sourceOf } from '../model/source-map.js';
import type { Span } from '../model/span.js';
import type { Extracted } from '../extract/extracted.js';

export interface Reading {
  /** What the parser is to read. All offsets are those of the file. */
  readonly extracted: Extracted;
  /** A document as parsed → as printed. */
  readonly asPrinted: (document: PolicyDocument) => PolicyDocument;
}

export function readingOf(extracted: Extracted): Reading {
  if (!isTraditional(extracted.blocks.map(({ text }) => text)))
    return { extracted, asPrinted: (document) => document };
  return {
    extracted: {
      ...extracted,
      source: simplified(extracted.source),
      blocks: extracted.blocks.map((block) => ({ ...block, text: simplified(block.text) })),
      fields: extracted.fields.map(({ name, value, span }) => ({
        name: simplified(name),
        value: simplified(value),
        span,
      })),
    },
    asPrinted: (document) => asPrinted(document, extracted),
  };
}

/** Labels, locators, ids and 文种 stay simplified: they name places and kinds alike in all documents, and no part of the text. */
function asPrinted(document: PolicyDocument, { source, blocks }: Extracted): PolicyDocument {
  const text = printedText(document, source, referencesOf(blocks));
  const headings = document.headings.map((heading): Heading => ({
    ...heading,
    text: inLettersOf(heading.text, cut(text, heading.span)),
  }));
  const headingTexts = new Map(headings.map((heading) => [heading.id, heading.text]));
  const clauses = document.clauses.map((clause): Clause => ({
    ...clause,
    text: cut(text, clause.span),
    headingPath: clause.headingPath.map((was, i) => headingTexts.get(clause.headingIds[i]!) ?? was),
  }));
  return { ...document, text, headings, clauses, metadata: printedMetadata(document, source) };
}

/** Character references by where they stand, as the letters that they print. */
function referencesOf(blocks: Extracted['blocks']): ReadonlyMap<number, string> {
  const found = new Map<number, string>();
  for (const { text, map } of blocks)
    for (const { clean, source, length, sourceLength } of map)
      if (sourceLength !== undefined) found.set(source, text.slice(clean, clean + length));
  return found;
}

function printedText(
  { text, map }: PolicyDocument,
  source: string,
  references: ReadonlyMap<number, string>,
): string {
  const pieces: string[] = [];
  let at = 0;
  for (const segment of map) {
    const { clean, length, sourceLength } = segment;
    const own = sourceLength === undefined ? cut(source, sourceOf(segment)) : references.get(segment.source);
    pieces.push(text.slice(at, clean), own?.length === length ? own : text.slice(clean, clean + length));
    at = clean + length;
  }
  return pieces.join('') + text.slice(at);
}

function printedMetadata({ metadata, provenance }: PolicyDocument, source: string): Metadata {
  const printed = (value: string, field: keyof Metadata): string => {
    const span = provenance[field];
    return span === undefined ? value : inLettersOf(value, cut(source, span));
  };
  const { title, issuers, documentNumber, addressees } = metadata;
  return {
    ...metadata,
    title: printed(title, 'title'),
    issuers: issuers.map((issuer) => printed(issuer, 'issuers')),
    documentNumber: documentNumber && printed(documentNumber, 'documentNumber'),
    addressees: addressees && printed(addressees, 'addressees'),
  };
}

/** Each letter of `value` as `printed` has it: the next one there that it is the simplified form of. What is not found stays. */
function inLettersOf(value: string, printed: string): string {
  const simple = simplified(printed);
  let at = 0;
  return value.replace(/\S/gu, (letter) => {
    const found = simple.indexOf(letter, at);
    if (found < 0) return letter;
    at = found + letter.length;
    return printed.slice(found, at);
  });
}

function cut(text: string, { start, end }: Span): string {
  return text.slice(start, end);
}
