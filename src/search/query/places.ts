/** Place names that open a query ("武清区教师轮岗") or stand alone in it: the researcher asks about these places only. */
import type { Jurisdiction } from '../../model/jurisdiction.js';

/** A name of a division in a text: [start, end), and all divisions that it can mean. */
export interface PlaceMention {
  readonly start: number;
  readonly end: number;
  readonly divisions: readonly Jurisdiction[];
  /** Written with its kind: 武清区, not 武清. */
  readonly full: boolean;
}

/** All names of divisions in a text, from left to right. */
export type FindPlaces = (text: string) => readonly PlaceMention[];

export interface Placed {
  /** The text without the names that were taken as places. */
  readonly topic: string;
  /** The names as typed, with what they can mean. */
  readonly places: readonly { readonly name: string; readonly divisions: readonly Jurisdiction[] }[];
}

/** What may stand before the first place. */
const OPENING = /^(?:请问|比较|对比|查|看看)?\s*(?:在)?$/;
/** What joins two places, or a place and its topic. */
const JOINT = /^(?:\s*[、，,和与及跟]\s*|\s+)$/;
const LINK = /^\s*(?:(?:这|那)?(?:两|三|四|几)(?:地|区|市|县|省)|各区县?|各地)?\s*(?:对于?|关于|有关|的)?\s*/;

/**
 * Only a place that opens the query, or stands between blanks, is one: 对口支援新疆 asks about the support, not about Xinjiang. A short name
 * must be of a place that is `held`, and end where a word ends (`isWordEnd`): 北京师范大学 is no place.
 */
export function takePlaces(
  text: string,
  find: FindPlaces,
  held: (division: Jurisdiction) => boolean,
  isWordEnd: (offset: number) => boolean,
): Placed {
  const taken: PlaceMention[] = [];
  for (const mention of find(text)) {
    const isHeld = mention.divisions.some(held);
    const named = mention.full || (isHeld && isWordEnd(mention.end));
    if (!named || !stands(text, mention, taken.at(-1), isHeld)) continue;
    taken.push(mention);
  }
  if (taken.length === 0) return { topic: text, places: [] };
  let topic = text;
  for (const { start, end } of [...taken].reverse()) {
    // 武清区对集团化办学 …, but 武清区对口支援: the link is a word of its own.
    const link = LINK.exec(text.slice(end))![0].length;
    topic = `${topic.slice(0, start)} ${topic.slice(end + (isWordEnd(end + link) ? link : 0))}`;
  }
  // What stood before the first place (请问, 在) goes with it; what joined two of them is left over.
  const opening = OPENING.exec(text.slice(0, taken[0]!.start))?.[0].length ?? 0;
  topic = topic
    .slice(opening)
    .replace(/^[\s、，,和与及跟]*\s/, '')
    .replace(/\s+/g, ' ')
    .trim();
  // A query that is nothing but places asks about the words themselves.
  if (topic === '') return { topic: text, places: [] };
  return {
    topic,
    places: taken.map(({ start, end, divisions }) => ({ name: text.slice(start, end), divisions })),
  };
}

function stands(
  text: string,
  { start, end }: PlaceMention,
  last: PlaceMention | undefined,
  isHeld: boolean,
): boolean {
  if (OPENING.test(text.slice(0, start))) return true;
  if (last !== undefined && JOINT.test(text.slice(last.end, start))) return true;
  return isHeld && /\s$/.test(text.slice(0, start)) && /^(?:\s|$)/.test(text.slice(end));
}
