/** The program: its commands and what they have in common. */
import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { ChineseCommand } from './chinese-help.js';
import { addAdd } from './commands/add.js';
import { addBackup } from './commands/backup.js';
import { addCheck } from './commands/check.js';
import { addCite } from './commands/cite.js';
import { addCompare } from './commands/compare.js';
import { addDocuments } from './commands/documents.js';
import { addIngest } from './commands/ingest.js';
import { addParse } from './commands/parse.js';
import { addSearch } from './commands/search.js';
import { addServe } from './commands/serve.js';
import { addStart } from './commands/start.js';
import type { Context } from './context.js';

const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  version: string;
};

export function buildProgram(context: Context): Command {
  const { terminal } = context;
  const program = new ChineseCommand('tiaowen')
    .description('条文：中国政策文件的条款级知识库。逐地比较，逐字引用，全程离线。')
    .version(version, '-V, --version', '显示版本')
    .helpOption('-h, --help', '显示帮助')
    .helpCommand(false)
    .addHelpText(
      'after',
      '\n退出码：0 有答案，1 未见规定或没有结果，2 出错。数据写到标准输出，进度和消息写到标准错误。',
    )
    // Errors are thrown to run.ts, which says them in Chinese.
    .exitOverride()
    .configureOutput({ writeOut: terminal.out, writeErr: terminal.err, outputError: () => undefined });
  for (const add of [
    addStart,
    addIngest,
    addAdd,
    addSearch,
    addCompare,
    addCite,
    addDocuments,
    addParse,
    addServe,
    addCheck,
    addBackup,
  ]) {
    add(program, context);
  }
  return program;
}
