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
  /** By index of the table; null where nothing is ruled out. A clause is read when it is first asked for: most never are. */
  readonly clause: ((index: number) => boolean) | null;
}

const ALL: Admission = { document: () => true, clause: null };

/** What is known of a clause. */
const OUT = 0;
const IN = 1;
const UNREAD = 2;

/** `ranges` as in the signal table, where an index is the key of a clause. */
export function admissionOf(
  reader: IndexReader,
  operators: Omit<Operators, 'rest'>,
  ranges: readonly DocumentRange[],
): Admission {
  const { phrases, excluded, together, fields } = operators;
  if (phrases.length + excluded.length + together.length + fields.length === 0) return ALL;
  const ofDocument = fields.filter(({ field }) => field !== 'heading');
  const headings = fields.filter(({ field }) => field === 'heading').map(({ value }) => compact(value));
  const passes = ({ metadata }: DocumentEntry) => ofDocument.every((term) => holdsField(metadata, term));
  const wanted = [...phrases, ...together.flatMap(({ words }) => words)];
  const states = new Uint8Array(reader.status().clauses);
  const unless = wanted.length > 0 || headings.length > 0 ? UNREAD : IN;
  for (const { entry, offset } of ranges)
    if (passes(entry)) states.fill(unless, offset, offset + entry.clauses);
  for (const phrase of wanted) {
    const held = clausesThatMayHold(reader, phrase);
    if (held !== null) for (let i = 0; i < states.length; i++) if (held[i] === 0) states[i] = OUT;
  }
  for (const phrase of excluded) {
    const held = clausesThatMayHold(reader, phrase);
    for (let i = 0; i < states.length; i++)
      if (states[i] === IN && (held === null || held[i] === 1)) states[i] = UNREAD;
  }
  const clause = (index: number) => {
    if (states[index] === UNREAD) states[index] = holds(reader, index, operators, headings) ? IN : OUT;
    return states[index] === IN;
  };
  return { document: passes, clause };
}

/** Whether the clause itself, read, has what it must and nothing that it must not have. */
function holds(
  reader: IndexReader,
  key: number,
  { phrases, excluded, together }: Omit<Operators, 'rest'>,
  headings: readonly string[],
): boolean {
  if (phrases.length + excluded.length > 0) {
    const text = compact(reader.clauseText(key));
    if (!phrases.every((phrase) => text.includes(phrase))) return false;
    if (excluded.some((phrase) => text.includes(phrase))) return false;
  }
  if (headings.length > 0) {
    const path = reader.clauseHeadings(key).map(compact);
    if (!headings.every((heading) => path.some((one) => one.includes(heading)))) return false;
  }
  if (together.length === 0) return true;
  const clause = reader.clauseByKey(key);
  return together.every((one) => standTogether(reader, key, clause, one));
}

/** By clause key, 1 for all clauses that have the index terms of a phrase, and may hold it; null when it has none to go by. */
export function clausesThatMayHold(reader: IndexReader, phrase: string): Uint8Array | null {
  const { bigrams, words } = analyze(phrase);
  const pairs = bigrams.filter((bigram) => Array.from(bigram).length === 2);
  // A single character is an index term only where it stands alone; Latin words and figures are words.
  const terms =
    pairs.length > 0 ? pairs : words.filter((word) => /^[\p{Script=Latin}\p{N}]{2,}$/u.test(word));
  if (terms.length === 0 || (pairs.length === 0 && terms.join('') !== phrase)) return null;
  const field = pairs.length > 0 ? 'bigrams' : 'words';
  const held = new Uint8Array(reader.status().clauses).fill(1);
  for (const term of new Set(terms)) {
    // Those that have this one too become 2, and then what is 2 becomes 1 and what is 1 becomes 0.
    for (const key of reader.clausesWith(field, term)) held[key]! <<= 1;
    for (let key = 0; key < held.length; key++) held[key]! >>= 1;
  }
  return held;
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
