/** BM25 over one field in memory, with the formula of SQLite's FTS5 (fts5_aux.c). */

const K1 = 1.2;
const B = 0.75;
/** What FTS5 puts in place of an inverse document frequency that is zero or less. */
const LEAST_IDF = 1e-6;

/** Postings of one field; document = clause. */
export class Bm25 {
  /** Term → clause key → how often. */
  readonly #postings = new Map<string, Map<number, number>>();
  readonly #lengths: number[] = [];
  #total = 0;

  /** The clauses' keys are 0, 1, 2 … in the order in which they are added. */
  add(terms: readonly string[]): void {
    const key = this.#lengths.length;
    let length = 0;
    for (const term of terms) {
      if (term === '') continue;
      length++;
      const posting = this.#postings.get(term) ?? new Map<number, number>();
      posting.set(key, (posting.get(key) ?? 0) + 1);
      this.#postings.set(term, posting);
    }
    this.#lengths.push(length);
    this.#total += length;
  }

  /** Keys of the clauses that have the term. */
  clauses(term: string): Int32Array {
    return Int32Array.from(this.#postings.get(term)?.keys() ?? []);
  }

  /** How many clauses have the term. */
  frequency(term: string): number {
    return this.#postings.get(term)?.size ?? 0;
  }

  /** Clause key → score, in ascending order of keys. */
  score(terms: readonly string[]): Map<number, number> {
    const scores = new Map<number, number>();
    const averageLength = this.#total / this.#lengths.length;
    for (const term of new Set(terms)) {
      const posting = this.#postings.get(term);
      if (posting === undefined) continue;
      const idf = this.#idf(posting.size);
      for (const [key, frequency] of posting) {
        const norm = K1 * (1 - B + (B * this.#lengths[key]!) / averageLength);
        const gain = idf * ((frequency * (K1 + 1)) / (frequency + norm));
        scores.set(key, (scores.get(key) ?? 0) + gain);
      }
    }
    return new Map([...scores].sort(([a], [b]) => a - b));
  }

  #idf(found: number): number {
    const idf = Math.log((this.#lengths.length - found + 0.5) / (found + 0.5));
    return idf > 0 ? idf : LEAST_IDF;
  }
}
