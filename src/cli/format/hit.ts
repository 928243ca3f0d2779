/** Answers as text: hits, and districts one under another. */
import type { Cell, Comparison, ComparisonRow, Hit, SearchAnswer, Understood } from '../../model/answer.js';
import { placeName } from './place-name.js';
import { indent, oneLine, safe } from './terminal-text.js';

/** Clauses up to this many characters are quoted whole, longer ones by their matching sentence, unless all is asked for. */
const WHOLE_CLAUSE = 160;

export interface QuoteOptions {
  /** Quote every clause whole. */
  readonly full: boolean;
}

/** Verbatim in quotation marks; marks of omission stand outside of them. */
export function quoteOf(hit: Hit, { full }: QuoteOptions): string {
  if (full || hit.text.length <= WHOLE_CLAUSE) return `“${safe(hit.text)}”`;
  const before = hit.passage.start > hit.span.start ? '……' : '';
  const after = hit.passage.end < hit.span.end ? '……' : '';
  return `${before}“${safe(hit.passage.text)}”${after}`;
}

/** Where it stands, what it says, how to cite it, its page if it was printed, how to name it. */
export function hitLines(hit: Hit, options: QuoteOptions): string {
  const path = [...hit.headingPath, hit.label].map(oneLine).join(' › ');
  const template = hit.document.template ? '［范本］' : '';
  return [
    `${template}${path}`,
    quoteOf(hit, options),
    `引注：${oneLine(hit.citation)}`,
    ...(hit.source.page === null ? [] : [`原件：${oneLine(hit.source.file)}，第 ${hit.source.page} 页`]),
    `编号：${oneLine(hit.clauseId)}`,
  ].join('\n');
}

export function formatSearch({ understood, hits }: SearchAnswer, options: QuoteOptions): string {
  const clauses = hits
    .map((hit, i) => {
      const place = placeName(hit.document.jurisdiction?.name, hit.document.template);
      const head = `${i + 1}. ${oneLine(place)}　《${oneLine(hit.document.title)}》`;
      return `${head}\n${indent(hitLines(hit, options), '   ')}\n   理由：${whyOf(hit)}\n`;
    })
    .join('\n');
  return meaningsLine(understood) + clauses;
}

/** What else to ask, where a question in everyday words was understood by its likeness to others. */
function meaningsLine({ meanings }: Understood): string {
  if (meanings.length === 0) return '';
  return `按日常说法理解，可改问：${meanings.map(({ topic }) => oneLine(topic)).join('、')}\n\n`;
}

function whyOf({ why, score }: Hit): string {
  const parts = [`相关度 ${score.toFixed(3)}`, `语义 ${why.cosine.toFixed(3)}`];
  if (why.terms.length > 0) parts.push(`词语 ${oneLine(why.terms.join('、'))}`);
  if (why.reranked !== null)
    parts.unshift(`重排 ${why.reranked.score.toFixed(3)}（${oneLine(why.reranked.model)}）`);
  if (why.synonyms.length > 0) parts.push(`同义 ${oneLine(why.synonyms.join('、'))}`);
  return parts.join('；');
}

const OUTCOMES = {
  found: '有规定',
  'no-provision': '未见规定',
  'not-covered': '未收录该地文件',
  unreadable: '文件未能解析',
} as const;

/** One block per topic, in it one per jurisdiction. */
export function formatComparison({ topics, understood, rows }: Comparison, options: QuoteOptions): string {
  return topics
    .map((topic, i) => {
      const head = `主题：${oneLine(topic)}\n${'─'.repeat(40)}\n${meaningsLine(understood[i]!)}`;
      return head + rows.map((row) => formatCell(row, row.cells[i]!, options)).join('\n');
    })
    .join('\n');
}

function formatCell(row: ComparisonRow, cell: Cell, options: QuoteOptions): string {
  const name = oneLine(nameOf(row));
  const { documents, clauses } = cell.searched;
  const searched = cell.outcome === 'no-provision' ? `（已查 ${documents} 份文件、${clauses} 条）` : '';
  const blocks = cell.hits.map((hit) => indent(hitLines(hit, options), '  '));
  if (cell.nearest) {
    blocks.push(`  最接近的条款（供参看，不作为规定）：\n${indent(hitLines(cell.nearest, options), '    ')}`);
  }
  return `${[`【${name}】${OUTCOMES[cell.outcome]}${searched}`, ...blocks].join('\n')}\n`;
}

function nameOf({ jurisdiction, documents }: ComparisonRow): string {
  const [only] = documents;
  if (jurisdiction || !only) return jurisdiction?.name ?? '';
  return `${placeName(null, only.template)}《${only.title}》`;
}
