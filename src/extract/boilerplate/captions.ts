/** Lines that come back again and again: captions of pictures, running titles of pages. */
import type { Block } from '../extracted.js';

/** A line that stands this often, word for word, is no sentence of the text. */
const OFTEN = 3;

/** Indices of the repeats. The first of them is kept when it opens the file: then it is the title. */
export function findCaptions(blocks: readonly Block[]): Set<number> {
  const seen = new Map<string, number[]>();
  blocks.forEach((block, i) => {
    const key = block.text.replace(/\s+/g, '');
    if (
      block.kind === 'row' ||
      key.length < 6 ||
      key.length > 120 ||
      /[。；;：:]$/.test(key) ||
      isNumbered(key)
    )
      return;
    const places = seen.get(key);
    if (places === undefined) seen.set(key, [i]);
    else places.push(i);
  });
  const captions = new Set<number>();
  for (const places of seen.values()) {
    if (places.length < OFTEN) continue;
    for (const [nth, i] of places.entries()) if (nth > 0 || i > 3) captions.add(i);
  }
  return captions;
}

function isNumbered(key: string): boolean {
  return /^(?:第[一二三四五六七八九十百零〇\d]+[编章节条款]|[（(]?[一二三四五六七八九十\d]+[）)、.．])/.test(
    key,
  );
}
