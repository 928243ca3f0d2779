/** BM25 of every clause, as a share of what a clause could reach at most. */
import { spareFloats } from '../kernel/spare-columns.js';
import type { IndexReader, LexicalField } from '../store/store.js';

/** Of BM25: a term counts at most k1 + 1 times its inverse document frequency. */
const K1 = 1.2;

/**
 * 0–1, one entry per clause of the index. A query whose words hardly stand in the index has low shares everywhere, so that everyday language,
 * which matches by chance only, does not vote. `column`: to write into; a spare one when not given.
 */
export function lexicalShares(
  reader: IndexReader,
  field: LexicalField,
  terms: readonly string[],
  column?: Float32Array,
): Float32Array {
  const size = reader.status().clauses;
  const shares = column ?? spareFloats(size);
  const ceiling = reader
    .clauseFrequencies(field, terms)
    .reduce((sum, found) => sum + Math.max(0, Math.log((size - found + 0.5) / (found + 0.5))) * (K1 + 1), 0);
  if (ceiling <= 0) return shares.fill(0);
  reader.lexicalShares(field, terms, ceiling, shares);
  return shares;
}
