/** The articles (第…条) of a regulation, each named by a hash: so a clause is told whose text is not ours to ship. */
import { createHash } from 'node:crypto';
import { basename } from 'node:path';

export interface Article {
  /** As written: 第十二条. */
  readonly number: string;
  /** Of the file's text, in UTF-16 units: number, text and what stands before the next article or chapter. */
  readonly start: number;
  readonly end: number;
  /** `clause` of lexicon/clause-sayings.jsonl; with the heading of the next chapter too, since some rows were hashed with it. */
  readonly hashes: readonly string[];
}

const NUMBER = /^\s*第[一二三四五六七八九十百零〇]+条\s*/gm;
const HEADING = /\n\s*第[一二三四五六七八九十]+[章节]/;

export function articlesOf(text: string): Article[] {
  const numbers = [...text.matchAll(NUMBER)];
  return numbers.map(({ index, 0: number }, i) => {
    const whole = text.slice(index + number.length, numbers[i + 1]?.index);
    const body = whole.split(HEADING)[0]!;
    return {
      number: number.trim(),
      start: index,
      end: index + number.length + body.length,
      hashes: [...new Set([hashOf(body), hashOf(whole)])],
    };
  });
}

/** The first 16 hex digits of the SHA-256 of a clause without its number, white space left out. */
export function hashOf(clause: string): string {
  return createHash('sha256').update(clause.replace(/\s+/g, '')).digest('hex').slice(0, 16);
}

/** The title in a file's name, TITLE.txt or TITLE(YYYY-MM-DD).txt; null for any other name. */
export function titleOfFile(path: string): string | null {
  return basename(path).match(/^(.*?)(?:[(（]\d{4}-\d\d-\d\d[)）])?\.txt$/)?.[1] ?? null;
}
