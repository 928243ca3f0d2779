/** What a user could take instead of this program, behind one face. */

/** The same data for all: vectors of norm 1, one row a passage. */
export interface Data {
  readonly dimension: number;
  /** [passages × dimension], row-major. */
  readonly vectors: Float32Array;
  /** [queries × dimension], row-major, and the words of each. */
  readonly queries: Float32Array;
  readonly topics: readonly string[];
  readonly texts: readonly string[];
  /** Of each passage: index into `districts`. */
  readonly district: Uint16Array;
  readonly districts: readonly string[];
  /** Folder of our index that all this was read from. */
  readonly index: string;
}

export type Found = readonly number[] | Promise<readonly number[]>;

export interface Opened {
  /** The keys of the k best passages for a query, best first. */
  search(query: number, k: number): Found;
  /** The same within one district; null: it cannot. */
  readonly filtered: ((query: number, district: number, k: number) => Found) | null;
  /** Bytes that it keeps on disk; null: it keeps nothing there, so a process that restarts builds it anew. */
  readonly disk: number | null;
  /** Where answers are units of several passages, each standing for its unit: that of a passage. Recall then counts units. */
  readonly unitOf?: (passage: number) => number;
}

export interface Alternative {
  readonly name: string;
  /** Package that must be installed; null: none. */
  readonly needs: string | null;
  /** How this one is used, in a few words. */
  readonly how: string;
  /** What it lacks of the work, beside clauses, citations and "no provision". */
  readonly lacks: string;
  /** Whether it looks for the nearest vectors; the others look for words, so that recall against vectors says little. */
  readonly byVector: boolean;
  /** Builds an index in an empty folder. `load`: a package by name, from where the user installed it. */
  build(data: Data, folder: string, load: (name: string) => unknown): Promise<Opened>;
}

export const rowOf = (matrix: Float32Array, row: number, dimension: number): Float32Array =>
  matrix.subarray(row * dimension, (row + 1) * dimension);

/** Indices of the k highest scores among those admitted, best first, ties by index. */
export function best(
  scores: Float32Array,
  k: number,
  admits: (index: number) => boolean = () => true,
): number[] {
  const kept: number[] = [];
  scores.forEach((score, index) => {
    if (!admits(index) || (kept.length === k && score <= scores[kept[k - 1]!]!)) return;
    let place = kept.length;
    while (place > 0 && scores[kept[place - 1]!]! < score) place--;
    kept.splice(place, 0, index);
    if (kept.length > k) kept.pop();
  });
  return kept;
}
