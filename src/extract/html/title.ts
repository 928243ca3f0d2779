/** The title of a text, when it stands above the container of the text. */
import type { Piece } from './flow.js';

/** The title is looked for among so many paragraphs at the head of the text. */
const HEAD = 10;
/** Pages without any name for it: a line close above the text that ends as titles do. */
const NEAR = 8;
const KIND =
  /.{4}(?:规划|方案|意见|通知|办法|规定|细则|条例|要点|公告|通告|决定|计划|纲要|措施|预案|批复|通报)(?:[（(][^（()）]{1,12}[）)])?$/;
const TITLE_NAME =
  /(?:^|[\s_-])(?:title|tit|bt|biaoti|headline|artititle|xl_?tit\w*|art_?tit\w*|article-?title|news_?title)\d?(?:$|[\s_-])/i;

/** The pieces outside the text that are its title, in order: none when the text opens with its title itself. */
export function findTitle(
  around: readonly Piece[],
  text: readonly Piece[],
  stated: readonly string[],
): Set<Piece> {
  const names = stated.map(compact).filter((name) => name.length >= 4);
  const first = text[0]?.map[0]?.source ?? Infinity;
  const above = around.filter((piece) => piece.map[0]!.source < first && piece.linked < 0.5);
  const candidates = [
    above.filter((piece) => isStated(piece, names) && isHeading(piece)),
    above.filter((piece) => isStated(piece, names)),
    above.filter((piece) => piece.owner.name === 'h1'),
    above.filter((piece) => isHeading(piece)),
    above.slice(-NEAR).filter(({ text: own }) => own.length <= 60 && KIND.test(own.trim())),
  ].find((some) => some.length > 0);
  const last = candidates?.at(-1);
  if (last === undefined) return new Set();
  // A title in several lines stands in one element.
  const pieces = candidates!.filter((piece) => piece.owner === last.owner);
  const own = pieces.map((piece) => compact(piece.text)).join('');
  const head = text
    .slice(0, HEAD)
    .map((piece) => compact(piece.text))
    .join('');
  return head.includes(own) || own.length > 200 ? new Set() : new Set(pieces);
}

/** The line, or the page's own title, is the other with the name of the site after it. */
function isStated({ text }: Piece, names: readonly string[]): boolean {
  const own = compact(text);
  return own.length >= 6 && names.some((name) => name.includes(own) && own.length * 3 >= name.length);
}

function isHeading({ owner }: Piece): boolean {
  if (/^h[1-3]$/.test(owner.name)) return true;
  const names = `${owner.attributes['class'] ?? ''} ${owner.attributes['id'] ?? ''}`.slice(0, 300);
  return TITLE_NAME.test(names);
}

function compact(text: string): string {
  return text.replace(/[\s_|-]+/g, '');
}
