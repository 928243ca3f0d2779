/** Tags nested deeper than any page are blanked out, length for length: trees stay shallow enough to walk. */

/** Chrome stops at 512. */
const DEEPEST = 300;
/** How far back an end tag looks for its start tag. */
const BACK = 64;
const VOID = /^(?:area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr)$/;
/** Elements that the next of their kind closes, unless one of the others stands between. */
const OPTIONAL = /^(?:p|li|dt|dd|tr|td|th|option|tbody|thead|tfoot)$/;
const BARRIER = /^(?:table|ul|ol|dl|div|section|article|body|select)$/;

export function limitDepth(source: string): string {
  const open: string[] = [];
  const kept: string[] = [];
  let from = 0;
  let close = 0;
  const tag = /<(\/?)([A-Za-z][\w:-]{0,30})/g;
  for (let match = tag.exec(source); match !== null; match = tag.exec(source)) {
    const name = match[2]!.toLowerCase();
    const depth = open.length;
    if (match[1] === '/') closeElement(open, name);
    else if (!VOID.test(name)) {
      if (OPTIONAL.test(name)) closeOptional(open, name);
      open.push(name);
    }
    if (Math.max(depth, open.length) <= DEEPEST) continue;
    if (close >= 0 && close < match.index) close = source.indexOf('>', match.index);
    const end = close < 0 ? match.index + match[0].length : close + 1;
    kept.push(source.slice(from, match.index), ' '.repeat(end - match.index));
    from = end;
    tag.lastIndex = end;
  }
  return from === 0 ? source : kept.join('') + source.slice(from);
}

function closeElement(open: string[], name: string): void {
  const at = open.lastIndexOf(name);
  if (at >= 0 && open.length - at <= BACK) open.length = at;
}

function closeOptional(open: string[], name: string): void {
  for (let i = open.length - 1; i >= Math.max(0, open.length - BACK); i--) {
    if (open[i] === name) {
      open.length = i;
      return;
    }
    if (BARRIER.test(open[i]!)) return;
  }
}
