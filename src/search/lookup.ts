/** Look-ups: a query that names a place in a document (第十二条, 津武政发〔2021〕5号, 《…条例》) wants what stands there. */
import { chineseNumeral, numeralValue } from '../analysis/numerals.js';
import type { Clause } from '../model/clause.js';
import type { Metadata } from '../model/document.js';
import type { IndexReader } from '../store/store.js';
import { clausesThatMayHold } from './constraints.js';
import { bare } from './query/operators.js';
import type { DocumentRange } from './signals.js';

const NUMERAL = '[一二三四五六七八九十百零〇\\d０-９]{1,7}';
const ARTICLE = new RegExp(`第\\s*(${NUMERAL})\\s*条(?:之(${NUMERAL}))?`, 'g');
const DOCUMENT_NUMBER = /[\u4e00-\u9fff]{1,12}[〔[（(【［]\s*(?:19|20)\d{2}\s*[〕\])）】］]\s*第?\d{1,5}号/g;
const TITLE = /《([^《》]{4,80})》/g;

/**
 * Writes to `column`, one entry per clause of the table, the share of the places named in the query that the clause stands at, 0–1. An
 * article counts only in the documents that are named, when any is.
 */
export function addLookups(
  reader: IndexReader,
  text: string,
  ranges: readonly DocumentRange[],
  column: Float32Array,
): void {
  const articles = [...text.matchAll(ARTICLE)].flatMap(([, printed, suffix]) => {
    const number = numeralValue(printed!);
    if (number === null || number < 1 || number > 9999) return [];
    const keys = clausesThatMayHold(reader, `第${chineseNumeral(number)}条`);
    return [{ number, suffix: suffix === undefined ? null : numeralValue(suffix), keys }];
  });
  const maybe = articles.map(({ keys }) => keys);
  const mayStand = (key: number) => maybe.some((keys) => keys === null || keys[key] === 1);
  const numbers = [...text.matchAll(DOCUMENT_NUMBER)].map(([whole]) => bare(whole));
  const titles = [...text.matchAll(TITLE)].map(([, title]) => bare(title!));
  if (articles.length + numbers.length + titles.length === 0) return;
  for (const { entry, offset } of ranges) {
    const named =
      numbers.length + titles.length === 0 ? 0 : isNamed(entry.metadata, numbers, titles) ? 0.5 : null;
    if (named === null) continue;
    for (let i = 0; i < entry.clauses; i++) {
      const key = entry.firstClause + i;
      const stands = mayStand(key) && isOneOf(articles, reader.clauseLabel(key));
      column[offset + i] = named + (stands ? (named > 0 ? 0.5 : 1) : 0);
    }
  }
}

/** Whether a query says only where to look, and no topic. */
export function isLookupOnly(text: string): boolean {
  const rest = [ARTICLE, DOCUMENT_NUMBER, TITLE].reduce((left, place) => left.replace(place, ''), text);
  return !/[\p{L}\p{N}]/u.test(rest);
}

function isNamed(
  { title, documentNumber }: Metadata,
  numbers: readonly string[],
  titles: readonly string[],
): boolean {
  const own = documentNumber === null ? null : bare(documentNumber);
  return (
    (own !== null && numbers.some((number) => number.endsWith(own))) ||
    titles.some((one) => bare(title).endsWith(one))
  );
}

interface Article {
  readonly number: number;
  /** Of 第十条之一. */
  readonly suffix: number | null;
  /** 1 for clauses in which its label may stand, by clause key; null: it may in any. */
  readonly keys: Uint8Array | null;
}

function isOneOf(
  articles: readonly Article[],
  { kind, number, label }: Pick<Clause, 'kind' | 'number' | 'label'>,
): boolean {
  if (kind !== 'article') return false;
  const suffix = /之(.+)$/.exec(label)?.[1];
  const own = suffix === undefined ? null : numeralValue(suffix);
  return articles.some((one) => one.number === number && one.suffix === own);
}
