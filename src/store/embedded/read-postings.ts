/**
 * BM25 over one field, from postings that FTS5 gives and that are kept while their generation is. FTS5's own bm25() looks up the length of
 * each clause that holds a term, in a table, anew for each question: 200 ms for a word that stands in half of 150,000 clauses.
 */
import type { Database, Statement } from 'better-sqlite3';
import type { LexicalField } from '../store.js';
import { encodeTerm } from './terms.js';
import { readDecimals } from './decimals.js';
import { readVarints } from './varints.js';

/** The constants of FTS5 (fts5_aux.c), and what it puts in place of an inverse document frequency that is zero or less. */
const K1 = 1.2;
const B = 0.75;
const LEAST_IDF = 1e-6;
/** Entries that are kept of a field, at 6 bytes, those of terms that were asked last: so many, and in a large index so many for each clause. */
const KEPT = 1_500_000;
const KEPT_A_CLAUSE = 10;

/** Where a term stands: clause keys, and how often in each. */
interface Posting {
  readonly clauses: Int32Array;
  readonly counts: Uint16Array;
}

/** For each clause what BM25 puts for its length: few lengths are different. */
interface Norms {
  /** By clause key. */
  readonly lengths: Uint16Array | Uint32Array;
  readonly ofLength: Float64Array;
}

/** Where scores are added up; all zero between two questions: most clauses have none of the words, and to fill it or to get a fresh one takes longer than the rest. */
let scratch = new Float64Array(0);

export class Postings {
  readonly #database: Database;
  readonly #field: LexicalField;
  readonly #clauses: number;
  readonly #clauseKey: (stored: number) => number;
  readonly #instances: Statement<[string], Buffer | null>;
  readonly #logarithm: Statement<[number], number>;
  readonly #kept = new Map<string, Posting>();
  #entries = 0;
  #norms: Norms | null = null;
  /** Rows of the FTS5 table. */
  #rows = 0;

  /** `clauseKey`: from the key under which a clause is stored. */
  constructor(
    database: Database,
    field: LexicalField,
    clauses: number,
    clauseKey: (stored: number) => number,
  ) {
    this.#database = database;
    this.#field = field;
    this.#clauses = clauses;
    this.#clauseKey = clauseKey;
    const table = `temp.instances_${field}`;
    database.exec(
      `CREATE VIRTUAL TABLE IF NOT EXISTS ${table} USING fts5vocab(main, lexical_${field}, instance)`,
    );
    // Gathered by SQLite into one row: to fetch a row for each place, or to sort what FTS5 gives in order anyway, takes three times as long.
    this.#instances = database
      .prepare<[string], Buffer | null>(`SELECT CAST(group_concat(doc) AS BLOB) FROM ${table} WHERE term = ?`)
      .pluck();
    // SQLite's logarithm and not V8's, which may differ in the last bit: scores are those of FTS5 exactly.
    this.#logarithm = database.prepare<[number], number>('SELECT ln(?)').pluck();
  }

  /** Keys of the clauses that have the term, in the order in which they were put. Not to be changed. */
  clauses(term: string): Int32Array {
    return term === '' ? new Int32Array(0) : this.#posting(encodeTerm(term)).clauses;
  }

  /** How many clauses have the term. */
  frequency(term: string): number {
    return this.clauses(term).length;
  }

  /** One score per clause, by clause key; 0 for clauses without any of the terms. */
  column(terms: readonly string[]): Float64Array {
    const column = new Float64Array(this.#clauses);
    this.#add(this.#postings(terms), column);
    return column;
  }

  /** Writes to `shares` what column() gives, divided by `ceiling`. */
  shares(terms: readonly string[], ceiling: number, shares: Float32Array): void {
    if (scratch.length !== this.#clauses) scratch = new Float64Array(this.#clauses);
    const postings = this.#postings(terms);
    shares.fill(0);
    try {
      this.#add(postings, scratch);
      for (const { clauses } of postings)
        for (let i = 0; i < clauses.length; i++) shares[clauses[i]!] = scratch[clauses[i]!]! / ceiling;
    } finally {
      for (const { clauses } of postings) for (let i = 0; i < clauses.length; i++) scratch[clauses[i]!] = 0;
    }
  }

  /** Of the distinct terms that stand anywhere. */
  #postings(terms: readonly string[]): Posting[] {
    const distinct = new Set(terms.filter((term) => term !== '').map(encodeTerm));
    return Array.from(distinct, (term) => this.#posting(term)).filter(({ clauses }) => clauses.length > 0);
  }

  /** Adds the scores of some terms to a column. */
  #add(postings: readonly Posting[], column: Float64Array): void {
    if (postings.length === 0) return;
    const { lengths, ofLength } = (this.#norms ??= this.#readNorms());
    for (const { clauses, counts } of postings) {
      const idf = this.#idf(clauses.length);
      for (let i = 0; i < clauses.length; i++) {
        const clause = clauses[i]!;
        const count = counts[i]!;
        column[clause]! += idf * ((count * (K1 + 1)) / (count + ofLength[lengths[clause]!]!));
      }
    }
  }

  #idf(found: number): number {
    const idf = this.#logarithm.get((this.#rows - found + 0.5) / (found + 0.5)) ?? 0;
    return idf > 0 ? idf : LEAST_IDF;
  }

  #posting(term: string): Posting {
    const kept = this.#kept.get(term);
    const posting = kept ?? this.#read(term);
    // What was asked last stands last.
    if (kept === undefined) this.#entries += posting.clauses.length;
    else this.#kept.delete(term);
    this.#kept.set(term, posting);
    for (const [oldest, { clauses }] of this.#kept) {
      if (this.#entries <= Math.max(KEPT, KEPT_A_CLAUSE * this.#clauses)) break;
      this.#kept.delete(oldest);
      this.#entries -= clauses.length;
    }
    return posting;
  }

  /** One number for each place at which the term stands, those of a clause together. */
  #read(term: string): Posting {
    const places = readDecimals(this.#instances.get(term) ?? Buffer.alloc(0));
    const clauses = new Int32Array(places.length);
    const counts = new Uint16Array(places.length);
    let last = -1;
    for (let i = 0; i < places.length; i++) {
      if (i === 0 || places[i] !== places[i - 1]) clauses[++last] = this.#clauseKey(places[i]!);
      counts[last]!++;
    }
    return { clauses: clauses.slice(0, last + 1), counts: counts.slice(0, last + 1) };
  }

  #readNorms(): Norms {
    let total = 0;
    let longest = 0;
    // Gathered by SQLite into one row: to fetch a row for each of 150,000 clauses took half of the time until the first answer.
    const { ids, sizes } = this.#database
      .prepare<[], { ids: Buffer | null; sizes: Buffer | null }>(
        `SELECT CAST(group_concat(id) AS BLOB) AS ids, CAST(group_concat(sz, '') AS BLOB) AS sizes FROM lexical_${this.#field}_docsize`,
      )
      .get()!;
    const stored = readDecimals(ids ?? Buffer.alloc(0));
    const found = readVarints(sizes ?? Buffer.alloc(0));
    if (found.length !== stored.length)
      throw new RangeError(`${found.length} lengths for ${stored.length} clauses in lexical_${this.#field}`);
    for (const length of found) {
      total += length;
      if (length > longest) longest = length;
    }
    const lengths = longest < 1 << 16 ? new Uint16Array(this.#clauses) : new Uint32Array(this.#clauses);
    found.forEach((length, i) => {
      lengths[this.#clauseKey(stored[i]!)] = length;
    });
    this.#rows = found.length;
    const average = total / this.#rows;
    const ofLength = new Float64Array(longest + 1).map((_, length) => K1 * (1 - B + (B * length) / average));
    return { lengths, ofLength };
  }
}
