/** How much a file of printed pages may hold: more than any print has, less than what fills the memory. */

export const MOST_PAGES = 3_000;
/** Pieces of text on one page, and on all pages of a file. */
export const MOST_PIECES = 60_000;
export const MOST_PIECES_OF_ALL = 3_000_000;
/** Ruling lines on one page: any more are a drawing. */
export const MOST_RULES = 8_000;
