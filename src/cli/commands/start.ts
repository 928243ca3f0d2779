/** tiaowen start, which is `npm start`: takes in what is new in the corpus, then serves. */
import type { Command } from 'commander';
import { TiaowenError } from '../../model/errors.js';
import type { Config } from '../../config.js';
import { checkExposure } from '../../server/guard.js';
import type { Context } from '../context.js';
import { formatIngest } from '../format/ingest-table.js';
import { flagsOf, SERVER_SETTINGS, settingOption, type SettingOptions } from '../options.js';
import { ingestWithProgress, warnOfUnreadable } from './ingest.js';
import { serve } from './serve.js';

export function addStart(program: Command, context: Context): void {
  const command = program.command('start').description('读入新增和改动的文件，然后启动网页和 HTTP 接口');
  for (const name of SERVER_SETTINGS) command.addOption(settingOption(name));
  command.action(async (options: SettingOptions) => {
    const config = context.config(flagsOf(options));
    checkExposure(config.host, config.token);
    const missing = await ingestNews(context, config);
    try {
      await serve(context, config);
    } catch (error) {
      // Without an index the way out is a corpus, so that is what is said.
      throw missing && error instanceof TiaowenError && error.code === 'index-missing' ? missing : error;
    }
  });
}

/** An index outlives its corpus folder: without one, what is held is served, with a warning. The error is given back. */
async function ingestNews(context: Context, config: Config): Promise<TiaowenError | null> {
  try {
    const report = await ingestWithProgress(context, config);
    const changed = report.files.filter(({ state }) => state !== 'unchanged');
    if (changed.length > 0) context.terminal.err(formatIngest(report));
    warnOfUnreadable(context, report);
    return null;
  } catch (error) {
    if (!(error instanceof TiaowenError) || !['corpus-missing', 'corpus-empty'].includes(error.code))
      throw error;
    context.terminal.err(`注意：${error.message}沿用已有的索引。\n`);
    return error;
  }
}
