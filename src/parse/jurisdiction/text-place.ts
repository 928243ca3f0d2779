/** The place of a document whose title and signature name none: the division that its text keeps naming as its own. */
import { GENERIC_DISTRICT } from './common-words.js';
import type { Context } from './context.js';
import type { Clue } from './evidence.js';
import type { Mention } from './mentions.js';
import type { Division } from './division.js';

/** 我市, 全区, 本县: of which level the document speaks. */
const OWN = /[我全本]([省市区县州旗盟])(?!域)/g;
const LEAST = 3;
/** What only a rule for the whole country says of its reach. */
const NATIONWIDE = /中华人民共和国(?:境内|领域)|国务院[^。；\n]{0,30}(?:主管|负责|管理)[^。；\n]{0,16}全国/;

const KINDS: Readonly<Record<string, (division: Division) => boolean>> = {
  省: ({ jurisdiction }) => jurisdiction.level === 'province',
  市: ({ jurisdiction, name }) => name.endsWith('市') && jurisdiction.level !== 'country',
  区: ({ jurisdiction, name }) => name.endsWith('区') && jurisdiction.level !== 'city',
  县: ({ jurisdiction, name }) => name.endsWith('县') && jurisdiction.level === 'district',
  州: ({ name }) => name.endsWith('州'),
  旗: ({ name }) => name.endsWith('旗'),
  盟: ({ name }) => name.endsWith('盟'),
};

/**
 * Null unless the text says 我市 (全区 …) and one division of that kind is named at least three times in full and three times as
 * often as any other: a plan cites its province and its neighbours too.
 */
export function placeOfText(text: string, { text: mentions }: Context): Clue | null {
  const read = text.slice(0, 60_000);
  const nationwide = NATIONWIDE.exec(read);
  if (nationwide !== null && read.search(OWN) < 0) {
    const start = nationwide.index;
    const end = start + nationwide[0].length;
    return {
      source: 'text',
      index: 0,
      start,
      end,
      candidates: [],
      national: true,
      form: 'full',
      leading: false,
    };
  }
  const kind = ownKind(read);
  const fits = kind === null ? undefined : KINDS[kind];
  if (fits === undefined) return null;
  const counts = new Map<string, { count: number; first: Mention }>();
  for (const mention of mentions) {
    const [one] = mention.candidates;
    if (
      mention.form !== 'full' ||
      one === undefined ||
      !mention.candidates.some(fits) ||
      GENERIC_DISTRICT.test(one.name)
    )
      continue;
    const key = one.name;
    const known = counts.get(key);
    if (known === undefined) counts.set(key, { count: 1, first: mention });
    else known.count++;
  }
  const [best, second] = [...counts.values()].sort((a, b) => b.count - a.count);
  if (best === undefined || best.count < LEAST || (second !== undefined && best.count < 3 * second.count))
    return null;
  const { start, end, candidates, form } = best.first;
  return {
    source: 'text',
    index: 0,
    start,
    end,
    candidates: candidates.filter(fits),
    national: false,
    form,
    leading: false,
  };
}

function ownKind(text: string): string | null {
  const counts = new Map<string, number>();
  for (const match of text.matchAll(OWN)) counts.set(match[1]!, (counts.get(match[1]!) ?? 0) + 1);
  const [best] = [...counts].sort((a, b) => b[1] - a[1]);
  return best === undefined || best[1] < 2 ? null : best[0];
}
