/** What must or must not stand in a clause: phrases, exclusions, words that stand together, fields of the document. */
import { analyze } from '../analysis/analyze.js';
import { normalize } from '../analysis/normalize.js';
import type { Clause } from '../model/clause.js';
import type { Metadata } from '../model/document.js';
import type { DocumentEntry, IndexReader } from '../store/store.js';
import { isOfYear } from './filter.js';
import { bare, compact, type FieldTerm, type Operators, type Together } from './query/operators.js';
import type { DocumentRange } from './signals.js';

/** Which clauses of the table the operators of a query let through. */
export interface Admission {
  /** Whether the document passes the fields of the query; one that does not was not asked. */
  readonly document: (entry: DocumentEntry) => boolean;
  /** By index of the table; null where nothing is ruled out. */
  readonly clause: ((index: number) => boolean) | null;
}

const ALL: Admission = { document: () => true, clause: null };

/** `ranges` as in the signal table. */
export function admissionOf(
  reader: IndexReader,
  { phrases, excluded, together, fields }: Omit<Operators, 'rest'>,
  ranges: readonly DocumentRange[],
): Admission {
  if (phrases.length + excluded.length + together.length + fields.length === 0) return ALL;
  const ofDocument = fields.filter(({ field }) => field !== 'heading');
  const headings = fields.filter(({ field }) => field === 'heading').map(({ value }) => compact(value));
  const passes = ({ metadata }: DocumentEntry) => ofDocument.every((term) => holdsField(metadata, term));
  const wanted = [...phrases, ...together.flatMap(({ words }) => words)];
  const maybe = wanted.map((phrase) => clausesThatMayHold(reader, phrase));
  const suspects = excluded.map((phrase) => clausesThatMayHold(reader, phrase));
  const mustRead = wanted.length > 0 || headings.length > 0;
  const admitted = new Set<number>();
  for (const { entry, offset } of ranges) {
    if (!passes(entry)) continue;
    for (let i = 0; i < entry.clauses; i++) {
      const key = entry.firstClause + i;
      if (!maybe.every((keys) => keys === null || keys.has(key))) continue;
      const isSuspect = suspects.some((keys) => keys === null || keys.has(key));
      if (mustRead || isSuspect) {
        const clause = reader.clauseByKey(key);
        const text = compact(clause.text);
        if (!phrases.every((phrase) => text.includes(phrase))) continue;
        if (excluded.some((phrase) => text.includes(phrase))) continue;
        if (!headings.every((heading) => clause.headingPath.some((one) => compact(one).includes(heading))))
          continue;
        if (!together.every((one) => standTogether(reader, key, clause, one))) continue;
      }
      admitted.add(offset + i);
    }
  }
  return { document: passes, clause: (index) => admitted.has(index) };
}

/** Keys of all clauses that have the index terms of a phrase, and may hold it; null when it has none to go by. */
export function clausesThatMayHold(reader: IndexReader, phrase: string): ReadonlySet<number> | null {
  const { bigrams, words } = analyze(phrase);
  const pairs = bigrams.filter((bigram) => Array.from(bigram).length === 2);
  // A single character is an index term only where it stands alone; Latin words and figures are words.
  const terms =
    pairs.length > 0 ? pairs : words.filter((word) => /^[\p{Script=Latin}\p{N}]{2,}$/u.test(word));
  if (terms.length === 0 || (pairs.length === 0 && terms.join('') !== phrase)) return null;
  const field = pairs.length > 0 ? 'bigrams' : 'words';
  let keys: ReadonlySet<number> | null = null;
  for (const term of new Set(terms)) {
    const held = reader.clausesWith(field, term);
    keys = new Set(keys === null ? held : held.filter((key) => keys!.has(key)));
  }
  return keys;
}

function standTogether(
  reader: IndexReader,
  key: number,
  clause: Clause,
  { scope, words }: Together,
): boolean {
  const holdsAll = (text: string) => words.every((word) => compact(text).includes(word));
  if (scope === 'paragraph') return clause.text.split('\n').some(holdsAll);
  const { first, count } = reader.passagesOf(key);
  for (let passage = first; passage < first + count; passage++) {
    const { kind, span } = reader.passage(passage);
    const start = span.start - clause.span.start;
    if (kind === 'sentence' && holdsAll(clause.text.slice(start, start + span.end - span.start))) return true;
  }
  return false;
}

function holdsField(metadata: Metadata, { field, value }: FieldTerm): boolean {
  const { jurisdiction, kind, title, issuers, documentNumber } = metadata;
  const holds = (text: string | null) => text !== null && bare(text).includes(bare(value));
  switch (field) {
    case 'jurisdiction':
      return jurisdiction !== null && holds(jurisdiction.name);
    case 'kind':
      return holds(kind);
    case 'title':
      return holds(title);
    case 'issuer':
      return issuers.some(holds);
    case 'number':
      return holds(documentNumber);
    case 'year': {
      return isOfYear(metadata, Number(normalize(value).replace(/年$/, '')));
    }
    case 'heading':
      return true;
  }
}
