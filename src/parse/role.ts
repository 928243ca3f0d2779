/** What a line of a document is. */

/** `title-again`: the title, printed a second time above the text. */
export type Role =
  | 'title'
  | 'title-again'
  | 'notice-title'
  | 'header'
  | 'notice'
  | 'contents'
  | 'signature'
  | 'noise'
  | 'body';
