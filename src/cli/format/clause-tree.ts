/** A parsed file as text: its metadata with where it was read, headings and clauses as a tree, what was dropped or doubted. */
import type { Clause, Heading } from '../../model/clause.js';
import type { Diagnostic } from '../../model/diagnostic.js';
import type { Metadata, Noise, ParsedFile, PolicyDocument } from '../../model/document.js';
import type { Span } from '../../model/span.js';
import { oneLine, shorten } from './terminal-text.js';

const PREVIEW = 60;

const FIELDS: readonly (readonly [keyof Metadata, string])[] = [
  ['title', '标题'],
  ['kind', '文种'],
  ['issuers', '发文机关'],
  ['documentNumber', '发文字号'],
  ['writtenOn', '成文日期'],
  ['publishedOn', '发布日期'],
  ['effectiveOn', '施行日期'],
  ['status', '时效性'],
  ['period', '规划期'],
  ['addressees', '主送机关'],
  ['jurisdiction', '适用地域'],
  ['template', '范本'],
];

/** `source`: the decoded source file that noise and provenance refer to. */
export function formatParsed(parsed: ParsedFile, source: string): string {
  const { path, state, encoding, bytes } = parsed.file;
  const head =
    state === 'read'
      ? `${oneLine(path)}　${encoding ?? ''}　${bytes} 字节　${parsed.documents.length} 份文件\n`
      : `${oneLine(path)}　未读出\n`;
  const lines = lineCounter(source);
  return head + parsed.documents.map((document) => `\n${formatDocument(document, lines)}`).join('');
}

function formatDocument(document: PolicyDocument, lineAt: (offset: number) => number): string {
  const out = [`■ ${oneLine(document.id)}`];
  for (const [name, label] of FIELDS) {
    const value = fieldText(document.metadata[name]);
    const span = document.provenance[name];
    const read = span ? `　← 源文件第 ${lineAt(span.start)} 行 [${span.start}, ${span.end})` : '';
    if (value !== null) out.push(`  ${label}：${oneLine(value)}${read}`);
  }
  out.push('', ...treeLines(document));
  return out.map((line) => `${line}\n`).join('');
}

function fieldText(value: Metadata[keyof Metadata]): string | null {
  if (value === null || value === false) return null;
  if (value === true) return '是';
  if (typeof value === 'string') return value;
  if ('from' in value) return `${value.from}–${value.to}`;
  if ('code' in value) return `${value.name}（${value.code}）`;
  return value.length > 0 ? value.join('、') : null;
}

/** Headings and clauses in the order of the text, each one step deeper than the heading it stands under. */
function treeLines({ headings, clauses }: PolicyDocument): string[] {
  const depths = new Map(headings.map(({ id, depth }) => [id, depth]));
  const nodes: { start: number; line: string }[] = [
    ...headings.map((heading) => ({ start: heading.span.start, line: headingLine(heading) })),
    ...clauses.map((clause) => {
      const above = depths.get(clause.headingIds.at(-1) ?? '');
      return { start: clause.span.start, line: clauseLine(clause, above === undefined ? 0 : above + 1) };
    }),
  ];
  return nodes.sort((a, b) => a.start - b.start).map(({ line }) => line);
}

function headingLine({ depth, text }: Heading): string {
  return `${'  '.repeat(depth)}▸ ${oneLine(text)}`;
}

function clauseLine({ label, text, parts }: Clause, depth: number): string {
  const counted = parts.length > 0 ? `，含 ${parts.length} 款项目` : '';
  return `${'  '.repeat(depth)}· ${oneLine(label)}（${text.length} 字${counted}）${shorten(oneLine(text), PREVIEW)}`;
}

/** What was dropped (with the text, so that a wrong loss is seen) and what was doubted. */
export function formatDiagnostics({ file, documents }: ParsedFile, source: string): string {
  const lineAt = lineCounter(source);
  const place = (span: Span | null) => (span ? `第 ${lineAt(span.start)} 行` : '全文');
  const noise = ({ reason, span }: Noise) =>
    `  ${place(span)} [${reason}] ${shorten(oneLine(source.slice(span.start, span.end)), 100)}\n`;
  const doubt = ({ severity, code, message, span }: Diagnostic) =>
    `  ${SEVERITIES[severity]} ${place(span)} [${code}] ${oneLine(message)}\n`;
  const doubts = [...file.diagnostics, ...documents.flatMap(({ diagnostics }) => diagnostics)];
  return [
    `\n略去 ${file.noise.length} 处\n`,
    ...file.noise.map(noise),
    `\n疑点 ${doubts.length} 处\n`,
    ...doubts.map(doubt),
  ].join('');
}

const SEVERITIES = { info: '说明', warning: '注意', error: '错误' } as const;

/** 1-based line of an offset. */
function lineCounter(source: string): (offset: number) => number {
  const starts = [0];
  for (let i = source.indexOf('\n'); i >= 0; i = source.indexOf('\n', i + 1)) starts.push(i + 1);
  return (offset) => {
    let low = 0;
    let high = starts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (starts[middle]! <= offset) low = middle + 1;
      else high = middle;
    }
    return low;
  };
}
