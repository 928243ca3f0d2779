/** A ranked clause → the hit that is shown. */
import { normalize } from '../analysis/normalize.js';
import { citationLine } from '../cite/citation-line.js';
import type { DocumentRef, Hit } from '../model/answer.js';
import type { PolicyDocument } from '../model/document.js';
import { toSource } from '../model/source-map.js';
import { contains, type Span } from '../model/span.js';
import type { IndexReader } from '../store/store.js';
import type { Ranked } from './rank.js';
import type { SignalTable } from './signals.js';

/** Documents read while an answer is put together: each is needed for several hits. */
export type ReadDocument = (id: string) => PolicyDocument;

/** How a clause was found: the words that were looked for, and the synonyms that gave them. */
export interface Wording {
  readonly words: readonly string[];
  readonly synonyms: readonly string[];
}

export function makeHit(
  reader: IndexReader,
  read: ReadDocument,
  { words, synonyms }: Wording,
  table: SignalTable,
  { range, index, clauseKey, score }: Ranked,
): Hit {
  const document = read(range.entry.id);
  const clause = reader.clauseByKey(clauseKey);
  const passage = bestPassage(reader, table.bestSentence[index]!, clause.span);
  const source = toSource(document.map, clause.span);
  if (!source) throw new RangeError(`clause ${clause.id} has no place in its source`);
  const normal = normalize(clause.text);
  return {
    clauseId: clause.id,
    documentId: document.id,
    label: clause.label,
    locator: clause.locator,
    headingPath: clause.headingPath,
    text: clause.text,
    span: clause.span,
    passage: { ...passage, text: document.text.slice(passage.start, passage.end) },
    source: { file: document.file, ...source },
    citation: citationLine(document.metadata, clause),
    score,
    why: {
      terms: words
        .filter((word) => normal.includes(word))
        .sort((a, b) => b.length - a.length || (a < b ? -1 : 1)),
      synonyms,
      cosine: Math.max(table.columns.sentence[index]!, table.columns.window[index]!),
      bm25: table.columns.words[index]!,
    },
    document: documentRef(document),
  };
}

export function documentRef({
  id,
  file,
  metadata,
}: Pick<PolicyDocument, 'id' | 'file' | 'metadata'>): DocumentRef {
  return { id, file, ...metadata };
}

function bestPassage(reader: IndexReader, key: number, clause: Span): Span {
  if (key < 0) return clause;
  const { span } = reader.passage(key);
  return contains(clause, span) ? span : clause;
}
