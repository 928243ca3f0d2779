/** What the rest of the program knows of a cross-encoder: a model that reads a query and a passage together. */

export interface Reranker {
  readonly identity: {
    /** Hub id or folder name. */
    readonly name: string;
    /** SHA-256 of the weights file, lower-case hexadecimal. */
    readonly sha256: string;
  };
  /** The most tokens that a query and a passage may have together, special tokens included. */
  readonly maxTokens: number;
  /** Tokens of the two together, special tokens included. */
  countTokens(query: string, passage: string): number;
  /**
   * How well each passage answers the query, 0–1, in the order of `passages`. A passage scores the same whatever stands beside it.
   * Throws TiaowenError passage-too-long (with both numbers) rather than cut a text.
   */
  rerank(query: string, passages: readonly string[]): Promise<number[]>;
  close(): Promise<void>;
}
