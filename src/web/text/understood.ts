/** How the topics of a comparison were taken, and how else they could be asked. */
import type { Comparison, Intent, Understood } from '../../model/answer.js';

const FIELD_WORDS: Readonly<Record<string, string>> = {
  kind: '文种',
  year: '年份',
  title: '标题',
  heading: '章节',
  issuer: '机关',
  number: '文号',
};

const INTENT_WORDS: Readonly<Record<Intent, string>> = {
  figure: '含数字的条款优先',
  unit: '写明责任单位的条款优先',
  deadline: '写明时限的条款优先',
};

/** In one sentence; empty when they were taken as typed. */
export function understoodOf({ understood }: Comparison): string {
  const said = understood.map((one) => ({ topic: one.topic, conditions: conditionsOf(one) }));
  const several = understood.length > 1;
  return said
    .filter(({ conditions }) => conditions.length > 0)
    .map(({ topic, conditions }) => `${several ? `“${topic}”` : ''}${conditions.join('，')}`)
    .join('；');
}

function conditionsOf({ places, intents, phrases, excluded, together, fields }: Understood): string[] {
  const quoted = (words: readonly string[]) => words.map((word) => `“${word}”`).join('');
  const meant = places.flatMap(({ divisions }) => divisions.map(({ name }) => name));
  return [
    // A name that several divisions have means all of them, and says so.
    ...(meant.length > 0 ? [`只查${meant.join('、')}`] : []),
    ...intents.map((intent) => INTENT_WORDS[intent]),
    ...phrases.map((phrase) => `须有${quoted([phrase])}`),
    ...excluded.map((word) => `不含${quoted([word])}`),
    ...together.map(({ scope, words }) => `${quoted(words)}须在同一${scope === 'sentence' ? '句' : '段'}`),
    ...fields.map(({ field, value }) => `${FIELD_WORDS[field] ?? field}含${quoted([value])}`),
  ];
}

/** A question in everyday words, and what else to ask. */
interface OtherWords {
  readonly query: string;
  /** `topics`: those of the comparison, with this one in place of the question. */
  readonly offers: readonly {
    readonly topic: string;
    readonly saying: string;
    readonly topics: readonly string[];
  }[];
}

/** Places of the question stay; its operators were about its own words. */
export function meaningsOf({ topics, understood }: Pick<Comparison, 'topics' | 'understood'>): OtherWords[] {
  return understood
    .map(({ query, places, meanings }, at) => ({
      query,
      offers: meanings.map(({ topic, saying }) => {
        const asked = [...places.map(({ name }) => name), topic].join(' ');
        return { topic, saying, topics: [...new Set(topics.with(at, asked))] };
      }),
    }))
    .filter(({ offers }) => offers.length > 0);
}
