/** tiaowen search TEXT: clauses for a query. */
import type { Command } from 'commander';
import { outJson, withKnowledgeBase, type Context } from '../context.js';
import { formatSearch } from '../format/hit.js';
import {
  filterOf,
  filterOptions,
  flagsOf,
  SEARCH_SETTINGS,
  integerOption,
  jsonOption,
  literalOption,
  settingOption,
  type FilterValues,
  type SettingOptions,
} from '../options.js';

interface Options extends SettingOptions, FilterValues {
  readonly limit?: number;
  readonly literal?: boolean;
  readonly full?: boolean;
  readonly json?: boolean;
}

export function addSearch(program: Command, context: Context): void {
  const command = program
    .command('search')
    .description('检索条款')
    .argument('<检索词...>', '要查找的主题或问题')
    .addOption(integerOption('--limit <条数>', '最多几条，1 至 100（缺省 10）'));
  for (const option of filterOptions()) command.addOption(option);
  command.addOption(literalOption()).option('--full', '长条款也引全文').addOption(jsonOption());
  for (const name of SEARCH_SETTINGS) command.addOption(settingOption(name));
  command.action(async (words: string[], options: Options) => {
    const { limit, literal, full = false, json = false } = options;
    const answer = await withKnowledgeBase(context, flagsOf(options), (knowledgeBase) =>
      knowledgeBase.search(words.join(' '), {
        ...filterOf(options),
        ...(literal !== undefined && { literal }),
        ...(limit !== undefined && { limit }),
      }),
    );
    if (answer.hits.length === 0) {
      context.exitCode = 1;
      context.terminal.err('没有找到相关条款。\n');
    }
    if (json) outJson(context, answer);
    else context.terminal.out(formatSearch(answer, { full }));
  });
}
