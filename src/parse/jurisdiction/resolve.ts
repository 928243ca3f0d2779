/** Where a document applies: read from its title, its issuers, its number and its text, in this order of trust. */
import type { Jurisdiction } from '../../model/jurisdiction.js';
import { GENERIC_DISTRICT } from './common-words.js';
import { choose, contextOf, isBorneOut, type Context } from './context.js';
import { COUNTRY, liesIn, type Division } from './division.js';
import { clueOfNumber, clueOfOrgan, cluesOfTitle, type Clue, type PlaceEvidence } from './evidence.js';
import { placeOfText } from './text-place.js';

export type { PlaceEvidence } from './evidence.js';

export interface Doubt {
  readonly code:
    'jurisdiction-ambiguous' | 'jurisdiction-by-context' | 'jurisdiction-conflict' | 'jurisdiction-weak';
  readonly severity: 'info' | 'warning';
  readonly message: string;
}

export interface Resolution {
  readonly jurisdiction: Jurisdiction | null;
  /** What it was read from; null when nothing names a place. */
  readonly clue: Clue | null;
  readonly doubts: readonly Doubt[];
}

/**
 * The place of a document, or null when nothing names one or several places of one name remain possible. Nothing is chosen
 * between homonyms but by the other places that the document names, and then it is said in a doubt.
 */
export function resolveJurisdiction(evidence: PlaceEvidence): Resolution {
  let made: Context | null = null;
  const context = (): Context => (made ??= contextOf(evidence));
  const title = [
    ...cluesOfTitle(evidence.title, 'title'),
    ...cluesOfTitle(evidence.noticeTitle ?? '', 'notice-title'),
  ];
  const issuer = firstClue(evidence.issuers, 'issuer');
  const leading = title.find((clue) => clue.leading && clue.form !== 'short' && !clue.national) ?? null;
  if (issuer !== null && leading !== null && !issuer.national) return both(leading, issuer, context);

  const national = title.find((clue) => clue.national) ?? null;
  const strong = leading ?? national ?? issuer;
  if (strong !== null) return settle(strong, context, []);

  const named = title.filter((clue) => clue.form === 'full' && clue.source === 'title');
  const stated = firstClue(evidence.stated, 'stated');
  // 关于加快潍坊市教育发展的意见, issued by nobody that is named: the place in the title, if it is one place only.
  if (named.length > 0 && innermost(named) !== null) return settle(innermost(named)!, context, []);
  if (stated !== null) return settle(stated, context, []);

  const short = title.find((clue) => clue.form !== 'full' && confirmed(clue, evidence, context())) ?? null;
  if (short !== null) return settle(short, context, []);
  const number = evidence.documentNumber === null ? null : clueOfNumber(evidence.documentNumber);
  const text = placeOfText(evidence.text, context());
  if (number !== null && (text === null || !compatible(text.candidates, number.candidates))) {
    return settle(number, context, [
      doubt('jurisdiction-weak', 'info', `适用地域仅据发文字号“${evidence.documentNumber}”推断。`),
    ]);
  }
  if (text !== null)
    return settle(text, context, [
      doubt('jurisdiction-weak', 'info', '标题和署名未写地域，适用地域据正文推断。'),
    ]);
  return { jurisdiction: null, clue: null, doubts: [] };
}

function firstClue(names: readonly string[], source: 'issuer' | 'stated'): Clue | null {
  const clues = names.map((name, index) => clueOfOrgan(name, source, index)).filter((clue) => clue !== null);
  return clues.find((clue) => !clue.national) ?? clues[0] ?? null;
}

/** Title and issuer both name a place: the narrower one when one lies in the other, else the issuer's. */
function both(title: Clue, issuer: Clue, context: () => Context): Resolution {
  const inTitle = title.candidates.filter((one) => issuer.candidates.some((other) => liesIn(one, other)));
  if (inTitle.length > 0) return settle({ ...title, candidates: inTitle }, context, []);
  const inIssuer = issuer.candidates.filter((one) => title.candidates.some((other) => liesIn(one, other)));
  // 长寿区教委 puts its name under a 重庆市…细则: it applies where the organ that signs it has a say.
  if (inIssuer.length > 0) return settle({ ...issuer, candidates: inIssuer }, context, []);
  const message = `标题所写地域（${names(title.candidates)}）与发文机关（${names(issuer.candidates)}）不一致，按发文机关认定。`;
  return settle(issuer, context, [doubt('jurisdiction-conflict', 'warning', message)]);
}

function settle(clue: Clue, context: () => Context, doubts: readonly Doubt[]): Resolution {
  if (clue.national) return { jurisdiction: COUNTRY, clue, doubts };
  const [only] = clue.candidates;
  if (only !== undefined && clue.candidates.length === 1) {
    // 老城区改造: no place, and no doubt about one.
    if (isGeneric(clue, only) && !isBorneOut(only, context()))
      return { jurisdiction: null, clue: null, doubts };
    return { jurisdiction: only.jurisdiction, clue, doubts };
  }
  const city = cityOf(clue.candidates);
  if (city !== null) return { jurisdiction: city.jurisdiction, clue, doubts };
  const chosen = choose(clue.candidates, context());
  if (chosen === null) {
    const message = `地名有重名，无法确定是哪一个：${names(clue.candidates)}。`;
    return {
      jurisdiction: null,
      clue,
      doubts: [...doubts, doubt('jurisdiction-ambiguous', 'warning', message)],
    };
  }
  const others = names(clue.candidates.filter((candidate) => candidate !== chosen));
  const message = `地名有重名，据文中其他地名认定为${chosen.jurisdiction.name}（另有${others}）。`;
  return {
    jurisdiction: chosen.jurisdiction,
    clue,
    doubts: [...doubts, doubt('jurisdiction-by-context', 'info', message)],
  };
}

/** 老城区 alone in a title: a place only when the text bears it out. */
function isGeneric({ source, start, end }: Clue, { name }: Division): boolean {
  return source !== 'issuer' && end - start === name.length && GENERIC_DISTRICT.test(name);
}

/** 东营 is 东营市 and its 东营区, 长沙 is 长沙市 and its 长沙县: alone it means the city. */
function cityOf(candidates: readonly Division[]): Division | null {
  return candidates.find((outer) => candidates.every((inner) => liesIn(inner, outer))) ?? null;
}

/** The clue whose places lie in those of all the others; null when two places stand side by side. */
function innermost(clues: readonly Clue[]): Clue | null {
  return (
    clues.find((clue) =>
      clues.every((other) => compatible(clue.candidates, other.candidates) && !deeper(other, clue)),
    ) ?? null
  );
}

function deeper(inner: Clue, outer: Clue): boolean {
  return inner.candidates.some((one) =>
    outer.candidates.some((other) => one !== other && liesIn(one, other)),
  );
}

function compatible(some: readonly Division[], others: readonly Division[]): boolean {
  return some.some((one) => others.some((other) => liesIn(one, other) || liesIn(other, one)));
}

/** A short name counts when the text bears it out: its full name stands there, or an organ's name goes on from it. */
function confirmed(clue: Clue, evidence: PlaceEvidence, { text }: Context): boolean {
  const title = clue.source === 'title' ? evidence.title : (evidence.noticeTitle ?? '');
  if (/^(?:教育|市|区|县)?(?:[委局厅]|教委|教育局|人民政府|政府)/.test(title.slice(clue.end))) return true;
  const full = text.some(
    (mention) => mention.form === 'full' && mention.candidates.some((one) => clue.candidates.includes(one)),
  );
  if (full) return true;
  const kinds = new Set(clue.candidates.map((candidate) => candidate.jurisdiction.level));
  const own = kinds.has('province')
    ? /[我全]省|[我全]市|自治区/
    : kinds.has('city')
      ? /[我全本]市|[我全]州/
      : /[我全本][区县市旗]/;
  return clue.leading && own.test(evidence.text.slice(0, 20_000));
}

function names(divisions: readonly Division[]): string {
  return divisions
    .slice(0, 6)
    .map((one) => one.jurisdiction.name)
    .join('、');
}

function doubt(code: Doubt['code'], severity: Doubt['severity'], message: string): Doubt {
  return { code, severity, message };
}
