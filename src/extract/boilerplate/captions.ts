/** Lines that come back again and again: captions of pictures, running titles of pages. */
import type { Block } from '../extracted.js';

/** A line that stands this often, word for word, is no sentence of the text. */
const OFTEN = 3;
/** A running title also heads the file; other repeats (names in forms, parts of titles) must come more often still. */
const OFTEN_ELSEWHERE = 4;
const HEAD = 20;
/** A line this long is text. */
const LONG = 60;
/** Official prose holds no exclamation outside quotations. */
const EXCLAMATION = /^[^“‘「]*[!！]/;
/** The head of every page of a gazette names the gazette, never the text. */
const RUNNING_HEAD = /公报|年鉴|汇编|第\s*\d+\s*期/;

/** A page prints the title of its text in its own head, above an order and above the text: none of these is a caption. */
const KIND = /条例|办法|规定|细则|规则|方案|意见|规划|计划|要点|通知|决定/;
const TITLE = new RegExp(`(?:${KIND.source})(?:[（(][^（()）]{1,12}[）)])*$`);
const NUMBERED = /^\s*(?:第[一1][ 　]?[编章条]|一[、.．])/;

/** Indices of the repeats. The first of them is kept when it opens the file, unless another line there is a title: then it is the title. */
export function findCaptions(blocks: readonly Block[]): Set<number> {
  const seen = new Map<string, number[]>();
  blocks.forEach((block, i) => {
    const key = block.text.replace(/\s+/g, '');
    if (block.kind === 'row' || key.length < 6 || key.length > 120 || !isCaption(key)) return;
    const places = seen.get(key);
    if (places === undefined) seen.set(key, [i]);
    else places.push(i);
  });
  const captions = new Set<number>();
  const titled = blocks.slice(0, HEAD).some((block) => TITLE.test(block.text.trim()));
  const firstNumbered = blocks.findIndex((block) => NUMBERED.test(block.text));
  for (const places of seen.values()) {
    const heads = places[0]! < HEAD && blocks.slice(0, places[0]!).every((above) => above.text.length < LONG);
    const exclaims = EXCLAMATION.test(blocks[places[0]!]!.text);
    if (places.length < (heads || exclaims ? OFTEN : OFTEN_ELSEWHERE)) continue;
    if (!heads && !exclaims && places.filter((i) => isAmongText(blocks, i)).length * 2 < places.length)
      continue;
    const running = RUNNING_HEAD.test(blocks[places[0]!]!.text);
    const title = heads && TITLE.test(blocks[places[0]!]!.text.trim());
    // "…2016年工作要点,总有一件与你有关!": a portal's own title.
    const namesKind = KIND.test(blocks[places[0]!]!.text);
    for (const [nth, i] of places.entries()) {
      if (nth === 0 && heads && !running && (title || namesKind || !(titled || exclaims))) continue;
      if (title && i < firstNumbered) continue;
      captions.add(i);
    }
  }
  return captions;
}

/** No sentence, no numbered line, no quotation, no name or date of a form. */
function isCaption(key: string): boolean {
  return (
    !/[。；;：:][”’"』）)]*$/.test(key) &&
    !/^(?:第[一二三四五六七八九十百零〇\d]+[编章节条款]|[（(]?[一二三四五六七八九十\d]+[）)、.．]|[“‘《〈(（])/.test(
      key,
    ) &&
    !/(?:人民法院|人民政府|委员会)$|月.{0,3}日|通过|批准|公布|施行|修正|修订/.test(key)
  );
}

/** Beside a paragraph of the text: around the lines of a form or a table others as short stand. */
function isAmongText(blocks: readonly Block[], i: number): boolean {
  return [blocks[i - 1], blocks[i + 1]].some((near) => near !== undefined && near.text.length >= LONG);
}
