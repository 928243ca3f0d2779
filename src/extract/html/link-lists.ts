/** Lists of links below or above a text: 相关新闻, other notices. */
import type { Piece } from './flow.js';

/** So many neighbouring lines that are links only make a list. */
const LEAST = 3;
/** 附件 are links too, and belong to the text. */
const ATTACHMENT = /附件|\.(?:docx?|xlsx?|pdf|wps|ofd|et|zip|rar|pptx?)\b/i;

export interface LinkLists {
  readonly text: readonly Piece[];
  readonly dropped: readonly Piece[];
}

/** Only at the two ends: a linked 目录 or list of names inside a text is text. */
export function dropLinkLists(pieces: readonly Piece[]): LinkLists {
  const isLink = pieces.map((piece) => piece.linked > 0.9 && !ATTACHMENT.test(piece.text));
  let start = 0;
  while (start < pieces.length && isLink[start]) start++;
  let end = pieces.length;
  while (end > start && isLink[end - 1]) end--;
  if (start < LEAST || end === 0) start = 0;
  if (pieces.length - end < LEAST || end === 0) end = pieces.length;
  return { text: pieces.slice(start, end), dropped: [...pieces.slice(0, start), ...pieces.slice(end)] };
}
