/** A query as typed → what is searched for, where, and what must or must not stand there. */
import { analyze, wordStarts } from '../../analysis/analyze.js';
import { normalize } from '../../analysis/normalize.js';
import { toSimplified } from '../../analysis/simplify.js';
import type { Intent } from '../../model/answer.js';
import { TiaowenError } from '../../model/errors.js';
import type { Jurisdiction } from '../../model/jurisdiction.js';
import { divisionsOf, type FindDivision } from '../filter.js';
import { withoutFrame } from './frame.js';
import { intentsOf } from './intent.js';
import { readOperators, type Operators } from './operators.js';
import { takePlaces, type FindPlaces, type Placed } from './places.js';

/** The longest query that is taken, in UTF-16 units. */
export const MAX_QUERY_LENGTH = 500;

export interface Query {
  /** As typed, outer white space removed. */
  readonly typed: string;
  /** The topic: without operators, the places that became filters and the frame of a question. */
  readonly text: string;
  /** Distinct index terms of the topic, without function words. */
  readonly words: readonly string[];
  readonly bigrams: readonly string[];
  readonly places: Placed['places'];
  readonly intents: readonly Intent[];
  readonly operators: Omit<Operators, 'rest'>;
}

/** How places are told. */
export interface PlaceSense {
  readonly findDivision: FindDivision;
  /** Null: place names are words like any other; only 地区:… is a place. */
  readonly findPlaces: FindPlaces | null;
  /** Whether a document of this division, or of one within it, is held. */
  readonly held: (division: Jurisdiction) => boolean;
}

/**
 * Function words and the frame of a question: they say how something is asked, not what about. Closed classes of the language
 * (pronouns, particles, interrogatives), no topic words.
 */
const FUNCTION_WORDS = new Set(
  (
    '的 了 和 与 及 或 在 是 有 对 对于 关于 为 为了 被 把 将 由 从 到 向 就 都 也 还 而 且 并 等 之 其 于 以 所 着 过 吗 呢 吧 啊 呀 么 ' +
    '我 我们 你 你们 他 她 它 他们 这 那 这个 那个 哪 哪些 哪个 哪里 谁 什么 怎么 怎样 如何 怎么办 为什么 多少 几 是否 能否 可否 能 能不能 可以 ' +
    '要 要求 规定 有没有 有何 何 各 各地 各个 各区 各市 一 一个 个 不 没 没有 请问 关于 方面 情况'
  ).split(' '),
);

/** Without `sense` no places are looked for. Throws TiaowenError query-empty, query-too-long or jurisdiction-unknown. */
export function parseQuery(typed: string, sense: PlaceSense | null = null): Query {
  const whole = typed.trim();
  if (whole.length > MAX_QUERY_LENGTH) {
    throw new TiaowenError(
      'query-too-long',
      `检索词长 ${whole.length} 个字符，超过上限 ${MAX_QUERY_LENGTH}。请缩短后重试。`,
    );
  }
  // Places, fields and frames of questions are known by their simplified names.
  const { rest, fields, ...operators } = readOperators(toSimplified(whole));
  const placed = placesOf(rest, sense);
  const stated = fields.filter(({ field }) => sense !== null && field === 'jurisdiction');
  const places = [
    ...placed.places,
    ...stated.map(({ value }) => ({ name: value, divisions: divisionsOf([value], sense!.findDivision) })),
  ];
  // 文号:津政办发〔2021〕5号 alone asks for what stands there.
  const asked = placed.topic || fields.map(({ value }) => value).join(' ');
  const text = withoutFrame(asked);
  const { words, bigrams } = analyze(text);
  if (words.length === 0)
    throw new TiaowenError('query-empty', '检索词为空。请输入要查找的主题，例如“教师轮岗交流”。');
  const content = words.filter((word) => !FUNCTION_WORDS.has(word));
  return {
    typed: whole,
    text,
    words: [...new Set(content.length > 0 ? content : words)],
    bigrams: [...new Set(bigrams.filter((bigram) => !FUNCTION_WORDS.has(bigram)))],
    places,
    intents: intentsOf(asked),
    operators: { ...operators, fields: fields.filter((field) => !stated.includes(field)) },
  };
}

function placesOf(text: string, sense: PlaceSense | null): Placed {
  if (!sense?.findPlaces) return { topic: text, places: [] };
  const { findPlaces, held } = sense;
  const ends = text.length === normalize(text).length ? wordStarts(normalize(text)) : null;
  return takePlaces(text, findPlaces, held, (offset) => ends?.has(offset) ?? false);
}
