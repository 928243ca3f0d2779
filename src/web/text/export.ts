/** A comparison as Markdown and CSV. Quotes stay whole. */
import type { Cell, Comparison, ComparisonRow, Hit } from '../../model/answer.js';
import { documentDate, placeWord, OUTCOME_WORDS } from './words.js';

/** A quote with its source, as it is put into a paper. */
export function quotation(text: string, citation: string): string {
  return `“${text}”\n——${citation}`;
}

export function rowName({ jurisdiction, documents }: ComparisonRow): string {
  const [only] = documents;
  if (jurisdiction || !only) return jurisdiction?.name ?? '';
  return `${placeWord(only)}：${only.title}`;
}

export function toMarkdown({ topics, rows }: Comparison): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [
    line(['地区', ...topics.map(markdownText)]),
    line(['---', ...topics.map(() => '---')]),
    ...rows.map((row) => line([markdownText(rowName(row)), ...row.cells.map(markdownCell)])),
    '',
  ].join('\n');
}

function markdownCell(cell: Cell): string {
  if (cell.hits.length === 0) return outcomeWithSearched(cell);
  return cell.hits
    .map((hit) => `${markdownText(hit.text)}<br>——${markdownText(hit.citation)}`)
    .join('<br><br>');
}

function outcomeWithSearched({ outcome, searched }: Cell): string {
  const word = OUTCOME_WORDS[outcome];
  return outcome === 'no-provision'
    ? `${word}（已检索 ${searched.documents} 份文件、${searched.clauses} 条）`
    : word;
}

function markdownText(text: string): string {
  return text.replace(/[\\|<>*_`[\]&~]/g, '\\$&').replace(/\s*\n\s*/g, '<br>');
}

const COLUMNS = [
  '地区',
  '主题',
  '结果',
  '条款原文',
  '匹配句',
  '章节路径',
  '位置',
  '引注',
  '文件',
  '日期',
  '条款编号',
  '源文件',
];

/** One line per clause, so that it can be sorted and filtered; with a byte order mark, without which Excel reads GBK. */
export function toCsv({ rows }: Comparison): string {
  const lines = rows.flatMap((row) =>
    row.cells.flatMap((cell) => {
      const head = [rowName(row), cell.topic, outcomeWithSearched(cell)];
      return cell.hits.length === 0 ? [head] : cell.hits.map((hit) => [...head, ...hitFields(hit)]);
    }),
  );
  return `\uFEFF${[COLUMNS, ...lines].map((fields) => fields.map(csvField).join(',')).join('\r\n')}\r\n`;
}

function hitFields(hit: Hit): string[] {
  const { text, passage, headingPath, locator, citation, document, clauseId, source } = hit;
  const path = headingPath.join(' › ');
  return [
    text,
    passage.text,
    path,
    locator,
    citation,
    document.title,
    documentDate(document),
    clauseId,
    source.file,
  ];
}

/**
 * What makes a formula of a field: also behind blanks, which some programs drop, and in full width, which those of East Asia take for the same.
 */
const FORMULA = /^[\s\p{Cf}]*[=+\-@＝＋－＠]|^[\t\r\n]/u;

/** A text that a spreadsheet would run as a formula gets an apostrophe before it. */
function csvField(text: string): string {
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return `"${safe.replaceAll('"', '""')}"`;
}
