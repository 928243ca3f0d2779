/** What the rest of the program knows of an embedding model. */

/** Which model made a vector; an index belongs to exactly one. */
export interface ModelIdentity {
  /** Hub id or folder name: "tiaowen/policy-encoder-small-zh". */
  readonly name: string;
  /** SHA-256 of the weights file, lower-case hexadecimal. */
  readonly sha256: string;
  /** Length of a sentence vector. */
  readonly dimension: number;
  /** Length of a token vector, or null when the model gives none. */
  readonly tokenDimension: number | null;
  readonly pooling: 'cls' | 'mean';
  /** Put before a query (not a passage) for the sentence vector. */
  readonly queryPrefix: string;
}

/**
 * What the model gives for one text. `sentence`: [dimension], L2 norm 1. `tokens`: [tokens × tokenDimension], row-major, each
 * row normalised and scaled to int8 by 127, without [CLS], [SEP] and padding; null when the model has no token vectors.
 */
export interface Encoding {
  readonly sentence: Float32Array;
  readonly tokens: Int8Array | null;
}

export interface EmbedOptions {
  /** Gets the number of texts done so far. */
  readonly onProgress?: ((done: number) => void) | undefined;
  /** Gets each encoding as soon as it is there, by its place in the texts, in any order: what an abort leaves done. */
  readonly onEncoded?: ((index: number, encoding: Encoding) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface Embedder {
  readonly identity: ModelIdentity;
  /** SHA-256 of the weights that encode queries: the identity's own, unless queries have a network of their own. */
  readonly queryModel: string;
  /** The most tokens a text may have, special tokens included. */
  readonly maxTokens: number;
  /** Tokens of a text, special tokens included. */
  countTokens(text: string): number;
  /** Throws TiaowenError passage-too-long (with both numbers) rather than cut a text. */
  embedQuery(text: string): Promise<Encoding>;
  /**
   * In the order of `texts`, whatever batches are made inside.
   * Throws TiaowenError passage-too-long (with both numbers) rather than cut a text.
   */
  embedPassages(texts: readonly string[], options?: EmbedOptions): Promise<Encoding[]>;
  close(): Promise<void>;
}
