/** Which family of numbering a document uses, and what follows for ranks: 编章节条 of statutes, 一、（一）1. of official documents, 1.1. */
import type { Form, Marker } from './marker.js';
import { isTerminated } from './line.js';
import { numeralValue } from '../analysis/numerals.js';
import type { Node, Placed } from './node.js';
import type { Unit } from './unit.js';

const ANSWER = /^(?:答|A)\s*[:：]|^[【[]答[】\]]/;
const BARE_SECTION =
  /^\s*([一二三四五六七八九十]{1,3})[ \t　]*(?=[\u4e00-\u9fff“])(?![是个项年月日级类批次届大者、])/;
const TOP_DECIMAL = /^\s*([0-9]{1,2})[.．]?[ \t　]+(?=[\u4e00-\u9fff])/;

/** Usual order of forms, outermost first. */
export const RANK: Readonly<Record<Form, number>> = {
  annex: 0,
  part: 1,
  subpart: 2,
  chapter: 3,
  division: 4,
  article: 5,
  question: 5.5,
  section: 6,
  subsection: 7,
  decimal: 6,
  item: 8,
  subitem: 9,
  half: 10,
  circle: 11,
  letter: 12,
  bullet: 13,
};

export interface FamilyContext {
  /** Some 一、 lines stand directly above articles. */
  readonly sectionsHoldArticles: boolean;
  /** "1.1", "1.2" are headings here. */
  readonly decimal: boolean;
  /** Numbers of the lines that look like articles, in order, with the index of the line. */
  readonly articles: readonly { readonly index: number; readonly number: number }[];
}

export function readContext(placed: readonly Placed[]): FamilyContext {
  const articles: { index: number; number: number }[] = [];
  let decimals = 0;
  let sectionsHoldArticles = false;
  placed.forEach(({ unit }, index) => {
    const { marker } = unit;
    if (marker === null) return;
    if (marker.form === 'article' && marker.number !== null) articles.push({ index, number: marker.number });
    if (marker.form === 'decimal') decimals++;
    if (marker.form === 'section' && placed[index + 1]?.unit.marker?.form === 'article')
      sectionsHoldArticles = true;
  });
  return { sectionsHoldArticles, decimal: decimals >= 2, articles };
}

/** An unnumbered line before "答：" is a question of a 政策解读: it heads its answer. */
export function withQuestions(units: readonly Unit[]): readonly Unit[] {
  return units.map((unit, i) => {
    const next = units[i + 1];
    if (next === undefined || !ANSWER.test(next.text) || unit.line.kind === 'row' || unit.marker !== null)
      return unit;
    if (!/[？?]$/.test(unit.text) || unit.text.length > 200) return unit;
    const start = unit.line.text.length - unit.line.text.trimStart().length;
    const marker: Marker = {
      form: 'question',
      kind: 'question',
      number: null,
      suffix: null,
      path: null,
      start,
      end: start,
      printed: '',
    };
    return { ...unit, marker };
  });
}

/** "三 组织保障" or "三组织保障": the 、 was lost. Told by the number, which is the next one, and by the line, which is a heading. */
export function withBareNumbers(units: readonly Unit[]): readonly Unit[] {
  let last = 0;
  return units.map((unit, i) => {
    if (unit.marker?.form === 'section') last = unit.marker.number ?? last;
    const match =
      unit.marker === null && unit.line.kind === 'text' ? BARE_SECTION.exec(unit.line.text) : null;
    if (match === null || last === 0 || numeralValue(match[1]!) !== last + 1 || units[i + 1] === undefined)
      return unit;
    if (unit.text.length > 24 || /[。；：:，,]/.test(unit.text)) return unit;
    last++;
    const end = match[0].length;
    const start = end - match[0].trimStart().length;
    const marker: Marker = {
      form: 'section',
      kind: 'section',
      number: last,
      suffix: null,
      path: null,
      start,
      end,
      printed: match[1]!,
    };
    return { ...unit, marker };
  });
}

/** In a text that counts 1.1, 1.2 the short line "1 总则" is a heading of that family too. */
export function withTopDecimals(units: readonly Unit[]): readonly Unit[] {
  const decimals = units.filter((unit) => unit.marker?.path != null).length;
  if (decimals < 2) return units;
  return units.map((unit) => {
    const match = unit.marker === null && unit.line.kind === 'text' ? TOP_DECIMAL.exec(unit.line.text) : null;
    if (match === null || unit.text.length > 30 || isTerminated(unit.text)) return unit;
    const number = Number(match[1]);
    const end = match[0].length;
    const start = end - match[0].trimStart().length;
    const marker: Marker = {
      form: 'decimal',
      kind: 'section',
      number,
      suffix: null,
      path: [number],
      start,
      end,
      printed: match[1]!,
    };
    return { ...unit, marker };
  });
}

/** Same key = same level. Decimal markers differ by their depth. */
export function keyOf(marker: Marker): string {
  return marker.path === null ? marker.form : `decimal-${marker.path.length}`;
}

export function rankOf(marker: Marker, placed: readonly Placed[], i: number, context: FamilyContext): number {
  if (marker.path !== null) return RANK.decimal + marker.path.length * 0.1 + 2.01;
  if (marker.form === 'section' && context.sectionsHoldArticles && headsArticles(placed, i, context))
    return RANK.article - 0.5;
  return RANK[marker.form];
}

/** Whether a 一、 line stands above articles: the next numbered line is one. */
export function headsArticles(placed: readonly Placed[], i: number, context: FamilyContext): boolean {
  return (
    context.sectionsHoldArticles &&
    placed[i + 1]?.unit.marker?.form === 'article' &&
    placed[i]!.unit.text.length <= 40
  );
}

/** 第十二条 at the start of a line is an article when it takes its place in the count; else a sentence happens to start so. */
export function articleLooksReal(
  marker: Marker,
  placed: readonly Placed[],
  i: number,
  { articles }: FamilyContext,
): boolean {
  const nth = position(articles, i);
  if (nth < 0 || marker.number === null) return false;
  const before = articles[nth - 1]?.number ?? 0;
  const after = articles[nth + 1]?.number;
  if (marker.suffix !== null) return true;
  if (marker.number === 1 || marker.number === before + 1) return true;
  if (after === marker.number + 1) return true;
  // A gap or a repeat among articles is a defect of the text, not a reason to lose one; a jump back and forth is a reference.
  return (
    articles.length >= 3 &&
    marker.number > before - 2 &&
    marker.number < before + 20 &&
    !placed[i]!.unit.line.glued
  );
}

function position(articles: FamilyContext['articles'], index: number): number {
  let low = 0;
  let high = articles.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const at = articles[middle]!.index;
    if (at === index) return middle;
    if (at < index) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}

/** Forms of official documents that some texts put in another order. */
const OFFICIAL: ReadonlySet<Form> = new Set(['subsection', 'item', 'subitem', 'half']);

/**
 * Some texts number "1." above "（一）". A form that is not open yet and starts at 1 nests under the open place of a usually lower form when
 * that one goes on counting after it.
 */
export function nestsInside(marker: Marker, top: Node, placed: readonly Placed[], i: number): boolean {
  if (marker.number !== 1 || top.form === null || top.rank <= RANK[marker.form] || !OFFICIAL.has(marker.form))
    return false;
  if (top.form === 'bullet' || top.number === null) return false;
  for (let k = i + 1; k < Math.min(placed.length, i + 80); k++) {
    const next = placed[k]!.unit.marker;
    if (next === null) continue;
    if (keyOf(next) === top.key) return next.number === top.number + 1;
    if (RANK[next.form] < RANK[marker.form]) return false;
  }
  return false;
}
