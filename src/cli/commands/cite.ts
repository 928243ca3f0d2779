/** tiaowen cite CLAUSE_ID: the citation of a clause. */
import { Option, type Command } from 'commander';
import { CITATION_STYLES, type CitationStyle } from '../../model/citation.js';
import { TiaowenError } from '../../model/errors.js';
import { outJson, withKnowledgeBase, type Context } from '../context.js';
import { flagsOf, INDEX_SETTINGS, jsonOption, settingOption, type SettingOptions } from '../options.js';

interface Options extends SettingOptions {
  readonly style: CitationStyle;
  readonly json?: boolean;
}

export function addCite(program: Command, context: Context): void {
  const style = new Option('--style <格式>', `引注格式：${CITATION_STYLES.join('、')}`)
    .default('gbt7714')
    .argParser(checkedStyle);
  const command = program
    .command('cite')
    .description('给出一条条款的引注')
    .argument('<条款编号>', '检索结果中的“编号”')
    .addOption(style)
    .addOption(jsonOption());
  for (const name of INDEX_SETTINGS) command.addOption(settingOption(name));
  command.action(async (clauseId: string, options: Options) => {
    const citation = await withKnowledgeBase(context, flagsOf(options), (knowledgeBase) =>
      knowledgeBase.citation(clauseId, options.style),
    );
    if (options.json) outJson(context, { clauseId, style: options.style, citation });
    else context.terminal.out(citation.endsWith('\n') ? citation : `${citation}\n`);
  });
}

function checkedStyle(value: string): CitationStyle {
  const style = CITATION_STYLES.find((each) => each === value);
  if (style) return style;
  throw new TiaowenError(
    'style-unknown',
    `没有引注格式“${value.slice(0, 40)}”。可用的有：${CITATION_STYLES.join('、')}。`,
  );
}
