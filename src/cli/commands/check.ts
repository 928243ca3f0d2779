/** tiaowen check: whether the index is sound. */
import type { Command } from 'commander';
import { outJson, type Context } from '../context.js';
import { oneLine } from '../format/terminal-text.js';
import { flagsOf, INDEX_SETTINGS, jsonOption, settingOption, type SettingOptions } from '../options.js';

interface Options extends SettingOptions {
  readonly json?: boolean;
}

export function addCheck(program: Command, context: Context): void {
  const command = program
    .command('check')
    .description('检查索引是否完好')
    .addOption(settingOption('corpus'))
    .addOption(jsonOption());
  for (const name of INDEX_SETTINGS) command.addOption(settingOption(name));
  command.action(async (options: Options) => {
    const report = await context.services.checkIndex(context.config(flagsOf(options)));
    const { findings, status } = report;
    if (findings.length > 0) context.exitCode = 2;
    if (options.json) {
      outJson(context, report);
      return;
    }
    for (const { code, message, subject } of findings) {
      context.terminal.out(`问题（${code}）：${oneLine(message)}　${oneLine(subject)}\n`);
    }
    const { files, documents, clauses, passages, generation, model } = status;
    const held = `${files} 个源文件、${documents} 份文件、${clauses} 条条款、${passages} 个检索段落，第 ${generation} 代，模型 ${model?.name ?? '无'}`;
    context.terminal.out(
      `${findings.length > 0 ? `发现 ${findings.length} 处问题` : '索引完好'}：${held}。\n`,
    );
  });
}
