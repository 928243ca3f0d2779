/** A ranked clause → the hit that is shown. */
import { normalize } from '../analysis/normalize.js';
import { citationLine } from '../cite/citation-line.js';
import type { DocumentRef, Hit } from '../model/answer.js';
import type { Clause } from '../model/clause.js';
import type { PolicyDocument } from '../model/document.js';
import type { SourceMap } from '../model/source-map.js';
import type { Span } from '../model/span.js';
import type { IndexReader } from '../store/store.js';
import type { Ranked } from './rank.js';
import { sourcePlace } from './source-place.js';
import type { KeptTable } from './signals.js';

/** What a span needs of the source map of its document. */
export type ReadMap = (documentId: string, span: Span) => SourceMap;

/** How a clause was found: the words that were looked for, and the synonyms that gave them. */
export interface Wording {
  readonly words: readonly string[];
  readonly synonyms: readonly string[];
}

export function makeHit(
  reader: IndexReader,
  readMap: ReadMap,
  { words, synonyms }: Wording,
  table: KeptTable,
  { range, index, clauseKey, score, reranked }: Ranked,
): Hit {
  const { entry } = range;
  const clause = reader.clauseByKey(clauseKey);
  const passage = passageToMark(reader, clause, clauseKey, table.bestSentence[index]!, words) ?? clause.span;
  const normal = normalize(clause.text);
  return {
    clauseId: clause.id,
    documentId: entry.id,
    label: clause.label,
    locator: clause.locator,
    headingPath: clause.headingPath,
    text: clause.text,
    span: clause.span,
    passage: { ...passage, text: textOf(clause, passage) },
    source: sourcePlace(reader, { file: entry.file, map: readMap(entry.id, clause.span) }, clause.span),
    citation: citationLine(entry.metadata, clause),
    score,
    why: {
      terms: words
        .filter((word) => normal.includes(word))
        .sort((a, b) => b.length - a.length || (a < b ? -1 : 1)),
      synonyms,
      cosine: Math.max(table.columns.sentence[index]!, table.columns.window[index]!),
      bm25: table.columns.words[index]!,
      reranked,
    },
    document: documentRef(entry),
  };
}

type Referable = Pick<PolicyDocument, 'id' | 'file' | 'metadata'>;

/** Of the entries of a listing: every comparison names all of them. */
const references = new WeakMap<Referable, DocumentRef>();

/** The same object for the same document, not to be changed. */
export function documentRef(document: Referable): DocumentRef {
  const known = references.get(document);
  if (known !== undefined) return known;
  const { id, file, metadata } = document;
  const made: DocumentRef = { id, file, ...metadata };
  references.set(document, made);
  return made;
}

/**
 * The sentence to mark: the one with the most of the words that were looked for, and among those that tie the one whose vectors
 * match best, else the first. A vector alone may prefer a sentence on the matter at large (校园安全) to the one that names it (校车).
 */
function passageToMark(
  reader: IndexReader,
  clause: Clause,
  clauseKey: number,
  nearest: number,
  words: readonly string[],
): Span | null {
  const { first, count } = reader.passagesOf(clauseKey);
  const sentences: { readonly key: number; readonly span: Span }[] = [];
  for (let key = first; key < first + count; key++) {
    const { kind, span } = reader.passage(key);
    if (kind === 'sentence') sentences.push({ key, span });
  }
  if (sentences.length < 2) return sentences[0]?.span ?? null;
  let best: Span | null = null;
  let most = -1;
  for (const { key, span } of sentences) {
    const normal = normalize(textOf(clause, span));
    const found = words.filter((word) => normal.includes(word)).length + (key === nearest ? 0.5 : 0);
    if (found > most) [most, best] = [found, span];
  }
  return best;
}

/** The text of a span of the document that lies in the clause. */
function textOf({ text, span }: Clause, { start, end }: Span): string {
  return text.slice(start - span.start, end - span.start);
}
