/** tiaowen parse FILE: how a file is understood, without an index. */
import { readFile } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import type { Command } from 'commander';
import { TiaowenError } from '../../model/errors.js';
import { outJson, type Context } from '../context.js';
import { formatDiagnostics, formatParsed } from '../format/clause-tree.js';
import { oneLine } from '../format/terminal-text.js';
import { jsonOption } from '../options.js';

interface Options {
  readonly diagnostics?: boolean;
  readonly json?: boolean;
}

export function addParse(program: Command, context: Context): void {
  program
    .command('parse')
    .description('显示一个源文件的解析结果：元数据、标题和条款')
    .argument('<源文件>', '源文件的路径')
    .option('--diagnostics', '另列出略去的部分和疑点')
    .addOption(jsonOption())
    .action(async (path: string, options: Options) => {
      const bytes = await readFile(path).catch((error: unknown) => {
        const code = (error as NodeJS.ErrnoException).code ?? '';
        throw new TiaowenError('file-unknown', `无法读取源文件 ${path}（${code}）。请检查路径和权限。`, {
          cause: error,
        });
      });
      const parsed = await context.services.parseFile(bytes, basename(path), dirname(path));
      const { source } = parsed;
      const { state, diagnostics } = parsed.file;
      if (options.json) outJson(context, parsed);
      else {
        context.terminal.out(formatParsed(parsed, source));
        if (options.diagnostics) context.terminal.out(formatDiagnostics(parsed, source));
      }
      if (state === 'unreadable') {
        context.exitCode = 2;
        const [first] = diagnostics;
        context.terminal.err(
          `错误（${first?.code ?? 'file-unreadable'}）：${oneLine(first?.message ?? '文件未能解析。')}\n`,
        );
      } else if (parsed.documents.length === 0) context.exitCode = 1;
    });
}
