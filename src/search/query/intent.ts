/** Tells what kind of answer a question asks for, and whether a clause holds one. */
import type { Intent } from '../../model/answer.js';

/** The interrogatives of each kind: closed classes of the language, no topic words. */
const ASKED: Readonly<Record<Intent, RegExp>> = {
  figure: /多少|几(?:个|天|年|岁|条|种|项|所|名|次|元|倍|成)|比例|标准是|上限|下限|多大|多高|百分之几/,
  unit: /谁来?(?:负责|管|组织|牵头)|哪(?:个|些)(?:部门|单位|机构)|由谁|归谁|什么部门|牵头|主管部门/,
  deadline: /什么时候|何时|期限|多久|多长时间|哪年|几年|几天|几日|截止|时限|多少[天日年]/,
};

/** How the answer looks in a clause. */
const ANSWERED: Readonly<Record<Intent, RegExp>> = {
  figure:
    /[0-9０-９%％]|百分之|[一二三四五六七八九十百千万两](?:个|日|天|年|月|元|万|人|倍|小时|周岁|岁|平方|米|名|次|以上|以下)/,
  unit: /(?:牵头|责任)(?:单位|部门)|主管部门|负责|(?:局|厅|委员会|部门|政府)应当/,
  deadline: /[0-9０-９一二三四五六七八九十]+个?(?:日|工作日|年|月|天|小时)|年底|月底|期限/,
};

export const INTENTS = Object.keys(ASKED) as readonly Intent[];

/** All kinds that a question asks for; none for a keyword. */
export function intentsOf(text: string): Intent[] {
  return INTENTS.filter((intent) => ASKED[intent].test(text));
}

export function answers(intent: Intent, clause: string): boolean {
  return ANSWERED[intent].test(clause);
}
