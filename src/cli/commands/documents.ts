/** tiaowen documents: what is held, and what could not be read. */
import type { Command } from 'commander';
import type { DocumentSummary } from '../../knowledge-base.js';
import type { SourceFile } from '../../model/document.js';
import { outJson, withKnowledgeBase, type Context } from '../context.js';
import { placeName } from '../format/place-name.js';
import { oneLine, table } from '../format/terminal-text.js';
import {
  filterOf,
  filterOptions,
  flagsOf,
  INDEX_SETTINGS,
  jsonOption,
  settingOption,
  type FilterValues,
  type SettingOptions,
} from '../options.js';

interface Options extends SettingOptions, FilterValues {
  readonly json?: boolean;
}

export function addDocuments(program: Command, context: Context): void {
  const command = program.command('documents').description('列出已收录的文件');
  for (const option of filterOptions()) command.addOption(option);
  command.addOption(jsonOption());
  for (const name of INDEX_SETTINGS) command.addOption(settingOption(name));
  command.action(async (options: Options) => {
    const { documents, files } = await withKnowledgeBase(context, flagsOf(options), (knowledgeBase) => ({
      documents: knowledgeBase.documents(filterOf(options)),
      files: knowledgeBase.files(),
    }));
    if (documents.length === 0) context.exitCode = 1;
    if (options.json) outJson(context, { documents, files });
    else context.terminal.out(formatDocuments(documents, files));
  });
}

export function formatDocuments(documents: readonly DocumentSummary[], files: readonly SourceFile[]): string {
  const rows = documents.map((document) => [
    placeName(document.jurisdiction?.name, document.template),
    document.title,
    document.documentNumber ?? '—',
    document.writtenOn ?? document.publishedOn ?? document.effectiveOn ?? '—',
    String(document.clauses),
    document.id,
  ]);
  const unreadable = files.filter(({ state }) => state === 'unreadable');
  return [
    table(
      [
        { title: '地区' },
        { title: '文件', most: 50 },
        { title: '文号' },
        { title: '日期' },
        { title: '条款', align: 'right' },
        { title: '编号' },
      ],
      rows,
    ),
    ...unreadable.map(
      ({ path, diagnostics }) =>
        `未读出 ${oneLine(path)}：${oneLine(diagnostics[0]?.message ?? '原因不明')}\n`,
    ),
  ].join('');
}
