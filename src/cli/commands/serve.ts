/** tiaowen serve: the HTTP server and the page. */
import { join } from 'node:path';
import type { Command } from 'commander';
import { pino } from 'pino';
import { PACKAGE_ROOT, type Config } from '../../config.js';
import { buildApp } from '../../server/app.js';
import { checkExposure } from '../../server/guard.js';
import { listen } from '../../server/listen.js';
import { stopOnSignals } from '../../server/shutdown.js';
import type { Context } from '../context.js';
import { flagsOf, INDEX_SETTINGS, settingOption, type SettingOptions } from '../options.js';

export function addServe(program: Command, context: Context): void {
  const command = program.command('serve').description('启动网页和 HTTP 接口');
  for (const name of [...INDEX_SETTINGS, 'host', 'port'] as const) command.addOption(settingOption(name));
  command.action(async (options: SettingOptions) => serve(context, context.config(flagsOf(options))));
}

/** Returns once the server was stopped by a signal. */
export async function serve(context: Context, config: Config): Promise<void> {
  const { host, port, token } = config;
  // Before the model is loaded: a refusal should not take seconds.
  checkExposure(host, token);
  const logger = pino({ level: 'info', base: null }, pino.destination({ dest: 2, sync: true }));
  const knowledgeBase = await context.services.openKnowledgeBase(config);
  try {
    const webFolder = join(PACKAGE_ROOT, 'dist', 'web');
    const app = await buildApp({ knowledgeBase, webFolder, logger, host, token });
    const address = await listen(app, { host, port });
    const stopped = stopOnSignals(app, {
      onStopping: () => context.terminal.err('正在停止：等待已接受的请求完成……\n'),
    });
    context.terminal.out(`条文已就绪：${address}\n`);
    context.terminal.err('按 Ctrl-C 停止。\n');
    await stopped;
  } finally {
    await knowledgeBase.close();
  }
}
