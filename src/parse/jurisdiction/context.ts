/** Which of several divisions of one name a document means: told by the other places that it names. */
import { liesIn, type Division } from './division.js';
import { clueOfNumber, clueOfOrgan, cluesOfTitle, placesOfHint, type PlaceEvidence } from './evidence.js';
import { mentions, type Mention } from './mentions.js';

/** How much of a text is read for its place: enough for the longest plan, and bounded for a million characters. */
const READ = 60_000;
/** One place cannot outvote all others by being repeated. */
const MOST = 20;

export interface Context {
  /** Weight of each place that is named without doubt. */
  readonly weights: ReadonlyMap<Division, number>;
  /** Mentions of the text, for those who look for more. */
  readonly text: readonly Mention[];
}

/** Reads all evidence once. Titles and issuers weigh ten mentions in the text; a number's letters three. */
export function contextOf(evidence: PlaceEvidence): Context {
  const weights = new Map<Division, number>();
  const add = (candidates: readonly Division[], weight: number): void => {
    const [only] = candidates;
    if (only !== undefined && candidates.length === 1) weights.set(only, (weights.get(only) ?? 0) + weight);
  };
  for (const clue of cluesOfTitle(evidence.title, 'title')) add(clue.candidates, 10);
  for (const clue of cluesOfTitle(evidence.noticeTitle ?? '', 'notice-title')) add(clue.candidates, 10);
  evidence.issuers.forEach((name, index) => add(clueOfOrgan(name, 'issuer', index)?.candidates ?? [], 10));
  evidence.stated.forEach((name, index) => add(clueOfOrgan(name, 'stated', index)?.candidates ?? [], 10));
  for (const hint of evidence.hints) add(placesOfHint(hint), 10);
  if (evidence.documentNumber !== null) add(clueOfNumber(evidence.documentNumber)?.candidates ?? [], 5);
  const read = evidence.text.slice(0, READ);
  const text = [...mentions(read), ...mentions(evidence.text, Math.max(READ, evidence.text.length - 3_000))];
  const counts = new Map<Division, number>();
  for (const mention of text) {
    const [only] = mention.candidates;
    if (only === undefined || mention.candidates.length > 1) continue;
    // A short name in running text is often part of another name (长安街, 东方红).
    counts.set(only, (counts.get(only) ?? 0) + (mention.form === 'full' ? 1 : 0.25));
  }
  for (const [division, count] of counts) add([division], Math.min(count, MOST));
  for (const match of read.matchAll(/[（(]([\u4e00-\u9fff]{2,10})[〔[［(（]20[0-9]{2}/g))
    add(clueOfNumber(`${match[1]!}〔`)?.candidates ?? [], 1);
  return { weights, text };
}

/**
 * The one candidate that the context speaks for: it or the places above it are named, and at least twice as much as those of
 * any other. Null when that is open. 朝阳 is 朝阳市 before the 朝阳县 in it.
 */
export function choose(candidates: readonly Division[], { weights }: Context): Division | null {
  const scored = candidates
    .filter((candidate) => !candidates.some((other) => other !== candidate && liesIn(candidate, other)))
    .map((candidate) => ({ candidate, score: support(candidate, weights) }))
    .sort((a, b) => b.score - a.score);
  const [best, second] = scored;
  if (best === undefined || best.score <= 0) return null;
  return second === undefined || best.score >= 2 * second.score ? best.candidate : null;
}

/** Whether the context names a place above this one. */
export function isBorneOut({ parent }: Division, { weights }: Context): boolean {
  for (let above = parent; above !== null; above = above.parent) if (weights.has(above)) return true;
  return false;
}

function support(candidate: Division, weights: ReadonlyMap<Division, number>): number {
  let score = 0;
  for (const [division, weight] of weights) {
    for (let above: Division | null = candidate; above !== null; above = above.parent)
      if (above === division) score += weight;
    // Neighbours: 玄武区 and 秦淮区 beside 鼓楼区.
    if (
      division !== candidate &&
      division.parent === candidate.parent &&
      division.jurisdiction.level === 'district'
    )
      score += weight / 4;
  }
  return score;
}
