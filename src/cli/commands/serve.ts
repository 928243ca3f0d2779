/** tiaowen serve: the HTTP server and the page. */
import type { Command } from 'commander';
import type { Config } from '../../config.js';
import { checkExposure } from '../../server/guard.js';
import type { Context } from '../context.js';
import { flagsOf, SERVER_SETTINGS, settingOption, type SettingOptions } from '../options.js';

export function addServe(program: Command, context: Context): void {
  const command = program.command('serve').description('启动网页和 HTTP 接口');
  for (const name of SERVER_SETTINGS) command.addOption(settingOption(name));
  command.action(async (options: SettingOptions) => serve(context, context.config(flagsOf(options))));
}

export async function serve(context: Context, config: Config): Promise<void> {
  // Before the model is loaded: a refusal should not take seconds.
  checkExposure(config.host, config.token);
  const { serveUntilStopped } = await import('../serve-until-stopped.js');
  await serveUntilStopped(context, config);
}
