/** tiaowen check: whether the index is sound; --repair makes it so. */
import type { Command } from 'commander';
import type { RunOptions } from '../../open.js';
import { outJson, type Context, type Terminal } from '../context.js';
import { progressView } from '../format/progress.js';
import { oneLine } from '../format/terminal-text.js';
import { flagsOf, INDEX_SETTINGS, jsonOption, settingOption, type SettingOptions } from '../options.js';

interface Options extends SettingOptions {
  readonly json?: boolean;
  readonly repair?: boolean;
}

export function addCheck(program: Command, context: Context): void {
  const command = program
    .command('check')
    .description('检查索引是否完好，源文件是否改动')
    .option('--repair', '修复：重建派生的内容，重新读入损坏的文件')
    .addOption(settingOption('corpus'))
    .addOption(jsonOption());
  for (const name of INDEX_SETTINGS) command.addOption(settingOption(name));
  command.action(async (options: Options) => {
    const config = context.config(flagsOf(options));
    const { services, terminal } = context;
    const repaired = options.repair
      ? await inView(terminal, (given) => services.repairIndex(config, given))
      : null;
    const report = repaired ?? (await inView(terminal, (given) => services.checkIndex(config, given)));
    const { findings, status } = report;
    if (findings.length > 0) context.exitCode = 2;
    if (options.json) {
      outJson(context, report);
      return;
    }
    if (repaired !== null) {
      for (const { code, message, subject } of repaired.found)
        terminal.out(`修复前（${code}）：${oneLine(message)}　${oneLine(subject)}\n`);
      if (repaired.setAside !== null)
        terminal.out(`原数据库无法修复，已移到 ${oneLine(repaired.setAside)}，索引由语料重新建立。\n`);
    }
    for (const { code, message, subject } of findings) {
      terminal.out(`问题（${code}）：${oneLine(message)}　${oneLine(subject)}\n`);
    }
    const { files, documents, clauses, passages, generation, model } = status;
    const held = `${files} 个源文件、${documents} 份文件、${clauses} 条条款、${passages} 个检索段落，第 ${generation} 代，模型 ${model?.name ?? '无'}`;
    terminal.out(`${findings.length > 0 ? `发现 ${findings.length} 处问题` : '索引完好'}：${held}。\n`);
  });
}

/**
 * Ctrl-C ends it at once, as the system does it: a check writes nothing and is at one table of a large index for many seconds, in which nobody would
 * hear a signal; a repair writes in transactions, as an ingest does, and is taken up by the next one.
 */
async function inView<T>(terminal: Terminal, work: (options: RunOptions) => Promise<T>): Promise<T> {
  const view = progressView(terminal);
  try {
    return await work({ onProgress: (progress) => view.update(progress) });
  } finally {
    view.stop();
  }
}
