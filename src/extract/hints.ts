/** What is known of a file from outside it: from the answer of the server that it was fetched from. */

export interface Hints {
  /** Label of the charset in the Content-Type header ("gbk"), as sent; null: none. As doubtful as a declaration in the page. */
  readonly charset: string | null;
  /** Address that the file was fetched from; one that the file itself states is preferred. */
  readonly url: string | null;
}

export const NO_HINTS: Hints = { charset: null, url: null };
