/** tiaowen compare TEXT...: what each district says on each topic. */
import type { Command } from 'commander';
import { outJson, withKnowledgeBase, type Context } from '../context.js';
import { formatComparison } from '../format/hit.js';
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
  readonly perCell?: number;
  readonly templates?: boolean;
  readonly literal?: boolean;
  readonly full?: boolean;
  readonly json?: boolean;
}

export function addCompare(program: Command, context: Context): void {
  const command = program
    .command('compare')
    .description('逐地比较：每个主题，各地有何规定')
    .argument('<主题...>', '一个或多个主题，以空格分开')
    .addOption(integerOption('--per-cell <条数>', '每地每个主题最多几条，1 至 100（缺省 3）'))
    .option('--templates', '范本也各列一行');
  for (const option of filterOptions()) command.addOption(option);
  command.addOption(literalOption()).option('--full', '长条款也引全文').addOption(jsonOption());
  for (const name of SEARCH_SETTINGS) command.addOption(settingOption(name));
  command.action(async (topics: string[], options: Options) => {
    const { perCell, templates, literal, full = false, json = false } = options;
    const comparison = await withKnowledgeBase(context, flagsOf(options), (knowledgeBase) =>
      knowledgeBase.compare(topics, {
        ...filterOf(options),
        ...(literal !== undefined && { literal }),
        ...(perCell !== undefined && { perCell }),
        ...(templates !== undefined && { templates }),
      }),
    );
    const found = comparison.rows.some(({ cells }) => cells.some(({ outcome }) => outcome === 'found'));
    if (!found) {
      context.exitCode = 1;
      context.terminal.err('各地均未见规定。\n');
    }
    if (json) outJson(context, comparison);
    else context.terminal.out(formatComparison(comparison, { full }));
  });
}
