/** What an ingest did, as a table: one line per document, and one per file that has none. */
import type { IngestedFile, IngestReport } from '../../ingest-report.js';
import { placeName } from './place-name.js';
import { oneLine, table, type Column } from './terminal-text.js';

const COLUMNS: readonly Column[] = [
  { title: '状态' },
  { title: '源文件', most: 36 },
  { title: '文件', most: 44 },
  { title: '地区' },
  { title: '日期' },
  { title: '条款', align: 'right' },
  { title: '疑点', align: 'right' },
];

const STATES = {
  added: '新增',
  updated: '更新',
  unchanged: '未变',
  removed: '移除',
  unreadable: '未读出',
} as const;

export function formatIngest(report: IngestReport): string {
  const { files, clauses, passages, elapsedMs } = report;
  const unreadable = files.filter(({ state }) => state === 'unreadable');
  const problems = unreadable.flatMap(({ path, diagnostics }) =>
    diagnostics.map(({ message }) => `未读出 ${oneLine(path)}：${oneLine(message)}\n`),
  );
  const seconds = (elapsedMs / 1000).toFixed(1);
  const total = `共 ${files.length - countOf(files, 'removed')} 个源文件、${clauses} 条条款、${passages} 个检索段落，用时 ${seconds} 秒。\n`;
  return [
    files.length > 0 ? table(COLUMNS, files.flatMap(rowsOf)) : '',
    ...problems,
    total,
    leftOutAndDoubted(files),
  ].join('');
}

/** What was left out and doubted in all files, and where to see each piece. */
function leftOutAndDoubted(files: readonly IngestedFile[]): string {
  const sum = (of: (file: IngestedFile) => number) => files.reduce((total, file) => total + of(file), 0);
  const pieces = sum(({ noise }) => noise.pieces);
  const characters = sum(({ noise }) => noise.characters);
  const doubts = sum(doubtsOf);
  if (pieces + doubts === 0) return '';
  return `剔除非正文内容 ${pieces} 处（${characters} 字），解析疑点 ${doubts} 处；逐处查看：tiaowen parse 文件 --diagnostics。\n`;
}

function doubtsOf({ documents, diagnostics }: IngestedFile): number {
  return diagnostics.length + documents.reduce((total, { warnings }) => total + warnings, 0);
}

function rowsOf(file: IngestedFile): string[][] {
  const state = STATES[file.state];
  if (file.documents.length === 0) {
    return [[state, file.path, '—', '—', '—', '0', String(file.diagnostics.length)]];
  }
  return file.documents.map((document) => [
    state,
    file.path,
    document.title,
    placeName(document.jurisdiction, document.template),
    document.date ?? '—',
    String(document.clauses),
    String(document.warnings),
  ]);
}

function countOf(files: readonly IngestedFile[], state: IngestedFile['state']): number {
  return files.filter((file) => file.state === state).length;
}
