/** The signature and date of a text that stand outside the container of its paragraphs. */
import type { Piece } from './flow.js';

/** How many lines a signature may have: several issuers, one below the other. */
const MOST = 6;
const DATE =
  /^(?:[12]\d{3}|[一二]\s*[〇○零oO0九]\s*[〇○零oO0一二三四五六七八九]\s*[〇○零oO0一二三四五六七八九])\s*年.{1,12}日$/;
const ISSUER = /^[^，。；：:|]{2,40}(?:政府|办公室|办公厅|委员会|委|局|厅|部|院|会|中心|公司)$/;

/** The pieces right below the last paragraph that are issuers and a date, the date last; none without a date. */
export function findSignature(around: readonly Piece[], text: readonly Piece[]): Piece[] {
  const end = text.at(-1)?.map[0]?.source ?? Infinity;
  const below = around.filter((piece) => piece.map[0]!.source > end).slice(0, MOST);
  const date = below.findIndex((piece) => DATE.test(piece.text.trim()));
  const lines = below.slice(0, date + 1);
  return lines.slice(0, -1).every((piece) => piece.linked === 0 && ISSUER.test(piece.text.trim()))
    ? lines
    : [];
}
