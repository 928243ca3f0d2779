/** Chinese text → index terms: the one tokenisation of documents and queries. */
import { Jieba } from '@node-rs/jieba';
import { dict } from '@node-rs/jieba/dict.js';
import { normalize } from './normalize.js';

/**
 * Words and character bigrams of a text, in text order, repeats included. Bigrams stand beside words so that no two-character
 * word can be missed, however the dictionary cuts (a recall floor: `field.md`, Dify #24466).
 */
export interface Terms {
  readonly words: readonly string[];
  readonly bigrams: readonly string[];
}

/**
 * Version of what a text gives, in terms and in the form that the model sees (toSimplified). An index of another is brought up to date by
 * an ingest, and answers nothing before. 1: characters as printed; 2: simplified.
 */
export const TERMS_VERSION = 2;

const HAN_RUN = /\p{Script=Han}+/gu;
const HAS_TERM_CHARACTER = /[\p{L}\p{N}]/u;

let jieba: Jieba | null = null;

/** Loaded at first use: the dictionary takes about 0.25 s, which a start that only serves pages does not need. */
function dictionary(): Jieba {
  jieba ??= Jieba.withDict(dict);
  return jieba;
}

/** Terms of a text. The text is normalised first (see normalize.ts); punctuation gives no terms. */
export function analyze(text: string): Terms {
  const normal = normalize(text);
  const words = dictionary()
    .cutForSearch(normal, true)
    .filter((word) => HAS_TERM_CHARACTER.test(word));
  return { words, bigrams: bigramsOf(normal) };
}

/** Offsets in a normalised text where a word begins, and its end. */
export function wordStarts(normal: string): Set<number> {
  const starts = new Set([0]);
  let offset = 0;
  for (const word of dictionary().cut(normal, true)) starts.add((offset += word.length));
  return starts;
}

/** Overlapping pairs of each run of Han characters; a run of one character gives that character. */
function bigramsOf(normal: string): string[] {
  const bigrams: string[] = [];
  for (const [run] of normal.matchAll(HAN_RUN)) {
    const characters = Array.from(run);
    if (characters.length === 1) bigrams.push(run);
    for (let i = 1; i < characters.length; i++) bigrams.push(characters[i - 1]! + characters[i]!);
  }
  return bigrams;
}
