/** tiaowen add URL: fetches one page or file into the corpus folder and ingests it. */
import type { Command } from 'commander';
import type { Added } from '../../add-source.js';
import type { IngestedFile } from '../../ingest-report.js';
import { outJson, type Context } from '../context.js';
import { formatAdded, formatAddedDocuments } from '../format/added.js';
import { oneLine } from '../format/terminal-text.js';
import { flagsOf, INDEX_SETTINGS, jsonOption, settingOption, type SettingOptions } from '../options.js';
import { withProgress } from './ingest.js';

interface Options extends SettingOptions {
  readonly name?: string;
  readonly allowPrivate?: boolean;
  readonly ignoreRobots?: boolean;
  readonly json?: boolean;
}

export function addAdd(program: Command, context: Context): void {
  const command = program
    .command('add')
    .description('抓取一个网页或文件，原样存入语料目录，并收入索引')
    .argument('<网址>', 'http 或 https 网址')
    .addOption(settingOption('corpus'))
    .option('--name <文件名>', '存下的文件名（缺省取网站给出的文件名、标题或网址）')
    .option('--allow-private', '允许抓取本机和内网的地址')
    .option('--ignore-robots', '不看网站的 robots.txt（须已得到网站许可）')
    .addOption(jsonOption());
  for (const name of INDEX_SETTINGS) command.addOption(settingOption(name));
  command.action(async (url: string, options: Options) => {
    const config = context.config(flagsOf(options));
    const { name = null, allowPrivate = false, ignoreRobots = false } = options;
    const { added, report } = await withProgress(context, async ({ onProgress, signal }) => {
      const fetching = { name, allowPrivate, ignoreRobots, signal };
      const added = await context.services.addSource(config.corpus, url, fetching);
      // Before the ingest: what it ends with, the file is there and the next one takes it in.
      context.terminal.err(formatAdded(added));
      return { added, report: await context.services.runIngest(config, { onProgress, signal }) };
    });
    const file = report.files.find(({ path }) => path === added.path) ?? null;
    if (options.json) outJson(context, { ...added, file });
    else if (file !== null) context.terminal.out(formatAddedDocuments(file));
    context.exitCode = outcomeOf(context, added, file);
  });
}

function outcomeOf({ terminal }: Context, added: Added, file: IngestedFile | null): number {
  if (file?.state === 'unreadable') {
    const { code, message } = file.diagnostics[0] ?? { code: 'parser-failed', message: '文件未能解析。' };
    terminal.err(`错误（${code}）：${oneLine(added.path)} 已存下，但未能读出：${oneLine(message)}\n`);
    return 2;
  }
  if (file !== null && file.documents.length > 0) return 0;
  terminal.err(
    '没有认出政策正文：正文可能由脚本载入，或在附件里。请用浏览器打开后另存网页，或给出附件的网址。\n',
  );
  return 1;
}
