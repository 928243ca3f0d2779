/** Arguments → exit code. The one place where the CLI turns errors into messages. */
import { CommanderError } from 'commander';
import { readConfig, wantsStacks } from '../config.js';
import { TiaowenError } from '../model/errors.js';
import type { Context, Services, Terminal } from './context.js';
import { usageProblem } from './chinese-help.js';
import { safe } from './format/terminal-text.js';
import { buildProgram } from './program.js';

/** Never throws. 0 answered · 1 no provision, nothing found · 2 error · 130 interrupted. */
export async function run(args: readonly string[], services: Services, terminal: Terminal): Promise<number> {
  const context: Context = { terminal, services, config: (flags = {}) => readConfig(flags), exitCode: 0 };
  try {
    await buildProgram(context).parseAsync([...args], { from: 'user' });
    return context.exitCode;
  } catch (error) {
    return report(error, terminal);
  }
}

function report(error: unknown, terminal: Terminal): number {
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return 0;
    // Called without a command: the help was shown on stderr.
    if (error.code !== 'commander.help')
      terminal.err(`错误（parameter-invalid）：${safe(usageProblem(error))}\n`);
    return 2;
  }
  if ((error as Error | null)?.name === 'AbortError') {
    terminal.err('已中断：索引完好，再次运行即可继续。\n');
    return 130;
  }
  if (error instanceof TiaowenError) terminal.err(`错误（${error.code}）：${safe(error.message)}\n`);
  else {
    const message = error instanceof Error ? error.message : String(error);
    terminal.err(`错误（internal）：程序内部出错：${safe(message)}。设置 TIAOWEN_DEBUG=1 可查看详情。\n`);
  }
  if (wantsStacks() && error instanceof Error) terminal.err(`${error.stack ?? ''}\n`);
  return 2;
}
