/** tiaowen backup: the index as one file, while it is served or written. */
import type { Command } from 'commander';
import type { Context } from '../context.js';
import { oneLine } from '../format/terminal-text.js';
import { flagsOf, settingOption, type SettingOptions } from '../options.js';

export function addBackup(program: Command, context: Context): void {
  program
    .command('backup')
    .description('把索引备份为一个文件，可在服务或更新期间进行')
    .argument('<文件>', '备份文件；恢复时命名为 tiaowen.sqlite，放入索引目录')
    .addOption(settingOption('index'))
    .action(async (file: string, options: SettingOptions) => {
      await context.services.backupIndex(context.config(flagsOf(options)), file);
      context.terminal.out(`已备份到 ${oneLine(file)}。\n`);
    });
}
