/** tiaowen ingest: brings the index in step with the corpus folder. */
import type { Command } from 'commander';
import type { Config } from '../../config.js';
import type { IngestReport } from '../../ingest-report.js';
import type { RunOptions } from '../../open.js';
import { SAME_SIGNAL_MS } from '../../server/shutdown.js';
import { outJson, type Context } from '../context.js';
import { formatIngest } from '../format/ingest-table.js';
import { progressView } from '../format/progress.js';
import { flagsOf, INDEX_SETTINGS, jsonOption, settingOption, type SettingOptions } from '../options.js';

interface Options extends SettingOptions {
  readonly json?: boolean;
}

export function addIngest(program: Command, context: Context): void {
  const command = program
    .command('ingest')
    .description('读入语料目录中新增和改动的文件，更新索引')
    .addOption(settingOption('corpus'))
    .addOption(jsonOption());
  for (const name of INDEX_SETTINGS) command.addOption(settingOption(name));
  command.action(async (options: Options) => {
    const report = await ingestWithProgress(context, context.config(flagsOf(options)));
    if (options.json) outJson(context, report);
    else context.terminal.out(formatIngest(report));
    warnOfUnreadable(context, report);
  });
}

/** Runs an ingest that Ctrl-C interrupts: what was stored by then stays, and the next one goes on from there. */
export function ingestWithProgress(context: Context, config: Config): Promise<IngestReport> {
  return withProgress(context, (options) => context.services.runIngest(config, options));
}

/** Runs what takes long, with its progress on stderr, until it ends or Ctrl-C interrupts it. */
export async function withProgress<T>(
  { terminal }: Context,
  work: (options: Required<RunOptions>) => Promise<T>,
): Promise<T> {
  const view = progressView(terminal);
  const interruption = new AbortController();
  let interrupted: number | null = null;
  const interrupt = () => {
    // A second Ctrl-C ends at once.
    if (interrupted !== null && performance.now() - interrupted > SAME_SIGNAL_MS) process.exit(130);
    interrupted ??= performance.now();
    interruption.abort();
  };
  process.on('SIGINT', interrupt).on('SIGTERM', interrupt);
  try {
    return await work({
      onProgress: (progress) => view.update(progress),
      signal: interruption.signal,
    });
  } finally {
    process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
    view.stop();
  }
}

export function warnOfUnreadable({ terminal }: Context, { files }: IngestReport): void {
  const unreadable = files.filter(({ state }) => state === 'unreadable').length;
  if (unreadable > 0) terminal.err(`注意：有 ${unreadable} 个源文件未能读出，其余均已收录。\n`);
}
